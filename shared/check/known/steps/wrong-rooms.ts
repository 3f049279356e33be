// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { wrongEvents } from "./wrong-events.ts";
import { wrongNicknames } from "./wrong-nicknames.ts";
import { wrongSockets } from "./wrong-sockets.ts";

const UNKNOWN = 'if (!user) throw createError(404, "No user has this nickname");';
const JOIN = "socket.join(roomOf(user));";
const ROOM = "`user:${user.id}`";
const PARSE = "const input = NewMessage.parse({ ...req.body });";
const FIND = "const author = findUser(input.author_id);";
const EMIT = 'io.to([roomOf(author), roomOf(recipient)]).emit("message", message);';
const SEND = 'emit("message", message)';
const TOLD = "const { status, error } = toAnswer(thrown);";
const CONNECTED = 'io.on("connection", (socket) => {';
const joinBy = (key: string, add: string) =>
  app(JOIN, `(subscribers[user.${key}] ??= ${add}(socket);`);
const sendBy = (key: string) =>
  app(
    EMIT,
    `for (const it of new Set([author.${key}, recipient.${key}])) for (const socket of subscribers[it] ?? []) socket.emit("message", message);`,
  );
const SOCKET = 'import("socket.io").Socket';
const subscribers = (each: string) =>
  app(CONNECTED, `const subscribers: Record<string, ${each}> = {};\n${CONNECTED}`);
/** 16 to 18: sockets connect, say who they are, and get messages. */
export const wrongRooms = [
  ...wrongSockets,
  ...wrongNicknames,
  ...wrongEvents,
  ...faults("18", [
    ["to all sockets", "it reaches nobody else", app(EMIT, 'io.emit("message", message);')],
    [
      "to the recipient alone",
      "its recipient and its author",
      app(EMIT, 'io.to(roomOf(recipient)).emit("message", message);'),
    ],
    [
      "to the author alone",
      "its recipient and its author",
      app(EMIT, 'io.to(roomOf(author)).emit("message", message);'),
    ],
    [
      "once as author, once as recipient",
      "each of a user's sockets gets it once",
      app(
        EMIT,
        'io.to(roomOf(author)).emit("message", message);\nio.to(roomOf(recipient)).emit("message", message);',
      ),
    ],
    ["twice", "it arrives as POST answers it", app(EMIT, `${EMIT}\n${EMIT}`)],
    ["another event", "its recipient and its author", app(SEND, 'emit("new-message", message)')],
    [
      "an event named after the recipient, to everybody",
      "its recipient and its author",
      app(EMIT, "io.emit(recipient.nickname as never, message as never);"),
    ],
    [
      "an event named after the recipient, too",
      "it arrives as POST answers it",
      app(EMIT, `io.emit(recipient.nickname as never, message as never);\n${EMIT}`),
    ],
    [
      "for the first users alone",
      "whatever its users are called",
      app(JOIN, `if (user.id <= 3) ${JOIN}`),
    ],
    [
      "who is silent hears everything",
      "no socket that did not say who it is",
      app(CONNECTED, `${CONNECTED}\nsocket.join(listUsers.all().map(roomOf));`),
    ],
    [
      "strangers hear everything",
      "hears of nothing",
      app(UNKNOWN, `if (!user) socket.join(listUsers.all().map(roomOf));\n${UNKNOWN}`),
    ],
    [
      "strangers hear what Alice hears",
      "hears of nothing",
      app(UNKNOWN, `if (!user) socket.join("user:1");\n${UNKNOWN}`),
    ],
    [
      "who says it twice hears twice",
      "also when one says twice who it is",
      subscribers(`${SOCKET}[]`),
      joinBy("id", "[]).push"),
      sendBy("id"),
    ],
    [
      "subscribers of ids as they are sent",
      "it arrives as POST answers it",
      app(CONNECTED, `const subscribers = new Map<unknown, ${SOCKET}[]>();\n${CONNECTED}`),
      app(JOIN, "subscribers.set(user.id, [...(subscribers.get(user.id) ?? []), socket]);"),
      app(
        EMIT,
        'for (const it of new Set([req.body.author_id, req.body.recipient_id])) for (const socket of new Set(subscribers.get(it) ?? [])) socket.emit("message", message);',
      ),
    ],
    [
      "a user called __proto__ ends it",
      "a user called __proto__",
      subscribers(`Set<${SOCKET}>`),
      joinBy("nickname", "new Set()).add"),
      sendBy("nickname"),
    ],
    [
      "the newest tab alone",
      "each of a user's sockets",
      app(JOIN, `io.in(roomOf(user)).socketsLeave(roomOf(user));\n${JOIN}`),
    ],
    [
      "the first tab alone",
      "each of a user's sockets",
      app(JOIN, `if (!io.sockets.adapter.rooms.has(roomOf(user))) ${JOIN}`),
    ],
    [
      "four tabs at most",
      "all of a user's tabs",
      app(JOIN, `if ((io.sockets.adapter.rooms.get(roomOf(user))?.size ?? 0) < 4) ${JOIN}`),
    ],
    [
      "a tab that is closed takes the others with it",
      "tabs that are still open",
      app(
        JOIN,
        `${JOIN}\nsocket.on("disconnect", () => io.in(roomOf(user)).socketsLeave(roomOf(user)));`,
      ),
    ],
    [
      "each after a while of its own",
      "it arrives as POST answers it",
      app(EMIT, `setTimeout(() => {\n${EMIT}\n}, 40 * (id % 3));`),
    ],
    [
      "refused messages, too",
      "a refused message reaches nobody",
      app(
        PARSE,
        `if (!NewMessage.safeParse({ ...req.body }).success) io.to("user:1").emit("message", req.body);\n${PARSE}`,
      ),
    ],
    [
      "before the users are looked for",
      "it arrives as POST answers it",
      app(FIND, `io.to(\`user:\${input.author_id}\`).emit("message", input as never);\n${FIND}`),
    ],
    [
      "the recipient is looked for too late",
      "a refused message reaches nobody",
      app(
        "const recipient = findUser(input.recipient_id);",
        'const recipient = selectUser.get(input.recipient_id) as User;\nif (!recipient) io.to(roomOf(author)).emit("message", input as never);\nfindUser(input.recipient_id);',
      ),
    ],
    [
      "errors go to everybody",
      "a refused message reaches nobody",
      app(TOLD, `${TOLD}\n  io.emit("message", { error } as never);`),
    ],
    [
      "errors go to everybody under a name of their own",
      "a refused message reaches nobody",
      app(TOLD, `${TOLD}\n  io.emit("problem" as never, { error } as never);`),
    ],
    ["rooms by the nickname", "called like the id of a socket", app(ROOM, "user.nickname")],
    ["rooms by the name", "only looks like its recipient", app(ROOM, "`user:${user.name}`")],
    ["rooms by the address", "only looks like its recipient", app(ROOM, "`user:${user.email}`")],
    [
      "rooms by the nickname without case",
      "only looks like its recipient",
      app(ROOM, "`user:${user.nickname.toLowerCase()}`"),
    ],
    [
      "rooms by the composed nickname",
      "only looks like its recipient",
      app(ROOM, '`user:${user.nickname.normalize("NFC")}`'),
    ],
    [
      "rooms by the beginning of the nickname",
      "only looks like its recipient",
      app(ROOM, "`user:${user.nickname.slice(0, 8)}`"),
    ],
    [
      "rooms of ids and of nicknames",
      "only looks like its recipient",
      app(JOIN, `${JOIN}\nsocket.join(user.nickname);`),
    ],
    [
      "rooms by the last letter",
      "it reaches nobody else",
      app(ROOM, "`user:${user.email.at(-1)}`"),
    ],
    [
      "rooms by the last digit",
      "only looks like its recipient",
      app(ROOM, "`user:${user.id % 10}`"),
    ],
    [
      "rooms by the first digit",
      "only looks like its recipient",
      app(ROOM, "`user:${String(user.id)[0]}`"),
    ],
  ]),
];
