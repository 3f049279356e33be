// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, messages, script, style } from "./table.ts";

const ACKNOWLEDGE = 'acknowledge(user ? {} : { error: "No user has this nickname" });';
const READ = 'selectUserByNickname.get(z.string().catch("").parse(nickname))';
const JOIN = "if (user) socket.join(roomOf(user));";
const EMIT = 'io.to([roomOf(author), roomOf(recipient)]).emit("message", message);';
const CONNECTED = 'io.on("connection", (socket) => {';
const SERVER = "new Server<ClientEvents, ServerEvents>()";
const joinBy = (key: string, add: string) =>
  app(JOIN, `if (user) {\n(subscribers[user.${key}] ??= ${add}(socket);\n}`);
const sendBy = (key: string) =>
  app(
    EMIT,
    `for (const it of new Set([author.${key}, recipient.${key}])) for (const socket of subscribers[it] ?? []) socket.emit("message", message);`,
  );
const subscribers = app(CONNECTED, `const subscribers: Record<string, any> = {};\n${CONNECTED}`);

/** 16 to 18: sockets connect, say who they are, and get messages. */
export const wrongRooms = [
  ...faults("16", [
    [
      "no server for sockets",
      "the server accepts a Socket.IO client",
      app("io.attach(server);", ""),
    ],
    [
      "another path for sockets",
      "the server accepts a Socket.IO client",
      app(SERVER, 'new Server<ClientEvents, ServerEvents>({ path: "/live" })'),
    ],
    [
      "all sites may read",
      "scripts of other sites",
      app(SERVER, 'new Server<ClientEvents, ServerEvents>({ cors: { origin: "*" } })'),
    ],
    [
      "any site may read",
      "scripts of other sites",
      app(SERVER, "new Server<ClientEvents, ServerEvents>({ cors: { origin: true } })"),
    ],
    [
      "an odd value ends the server",
      "unknown events and odd values",
      app(
        '"connect-ack", () => {',
        '"connect-ack", (...values: string[]) => {\nvalues[0]?.trim();',
      ),
    ],
    [
      "nothing is logged",
      "did not print connect-ack",
      app("console.log(`connect-ack from socket ${socket.id}`);", ""),
    ],
    [
      "the page says nothing",
      "the messages page connects",
      script('socket.emit("connect-ack");', ""),
    ],
    [
      "the page calls it otherwise",
      "the messages page connects",
      script('"connect-ack"', '"connect_ack"'),
    ],
    [
      "the page does not connect",
      "the messages page connects",
      script("io();", "io({ autoConnect: false });"),
    ],
    [
      "a client from elsewhere",
      "comes from our own server",
      script('"/socket.io/socket.io.esm.min.js"', '"https://cdn.example/socket.io.esm.min.js"'),
    ],
    [
      "fonts from elsewhere",
      "comes from our own server",
      style(":root {", '@import url("https://fonts.example/font.css");\n:root {'),
    ],
  ]),
  ...faults("17", [
    [
      "the page tells the id",
      "the page's socket says who it is",
      script("document.body.dataset.nickname", "document.body.dataset.userId"),
    ],
    [
      "the page tells the name",
      "the page's socket says who it is",
      messages('data-nickname="<%= user.nickname %>"', 'data-nickname="<%= user.name %>"'),
    ],
    [
      "the page leaves room for HTML",
      "full of HTML arrives as it is",
      messages("<%= user.nickname", "<%- user.nickname"),
    ],
    [
      "the log does not say who",
      "logs the nickname",
      app('user ? JSON.stringify(user.nickname) : "a stranger"', "socket.id"),
    ],
    ["everybody is known", "is acknowledged with an error", app(ACKNOWLEDGE, "acknowledge({});")],
    [
      "nobody is known",
      "a known nickname is acknowledged without",
      app(ACKNOWLEDGE, 'acknowledge({ error: "who?" });'),
    ],
    ["no acknowledgement", "does not acknowledge", app(ACKNOWLEDGE, "")],
    [
      "strangers get no acknowledgement",
      "does not acknowledge",
      app(ACKNOWLEDGE, "if (user) acknowledge({});"),
    ],
    [
      "SQL glued from a nickname",
      "full of HTML",
      app(READ, "db.prepare<[], User>(`SELECT * FROM users WHERE nickname = '${nickname}'`).get()"),
    ],
    ["a list is a nickname", '["alice"]', app(READ, "selectUserByNickname.get(String(nickname))")],
    [
      "a log that can be forged",
      "cannot forge a line",
      app("JSON.stringify(user.nickname)", "user.nickname"),
    ],
    [
      "an odd nickname ends the server",
      "as nickname is acknowledged",
      app('z.string().catch("").parse(nickname)', "nickname.trim()"),
    ],
    [
      "an error that is no text",
      "is acknowledged with an error",
      app('{ error: "No user has this nickname" }', "{ error: true as never }"),
    ],
  ]),
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
    ["twice", "each of a user's sockets gets it once", app(EMIT, `${EMIT}\n${EMIT}`)],
    [
      "another event",
      "its recipient and its author",
      app('.emit("message", message)', '.emit("new-message", message)'),
    ],
    [
      "without details",
      "with all details",
      app('.emit("message", message)', '.emit("message", { id, content, date })'),
    ],
    [
      "as text",
      "with all details",
      app('.emit("message", message)', '.emit("message", JSON.stringify(message))'),
    ],
    [
      "who is silent hears everything",
      "no socket that did not say who it is",
      app(CONNECTED, `${CONNECTED}\nsocket.join(listUsers.all().map(roomOf));`),
    ],
    [
      "strangers hear everything",
      "hears of nothing",
      app(JOIN, "socket.join(user ? roomOf(user) : listUsers.all().map(roomOf));"),
    ],
    [
      "strangers hear what Alice hears",
      "hears of nothing",
      app(JOIN, 'socket.join(user ? roomOf(user) : "user:1");'),
    ],
    [
      "who says it twice hears twice",
      "also when one says twice who it is",
      subscribers,
      joinBy("id", "[]).push"),
      sendBy("id"),
    ],
    [
      "a user called __proto__ ends it",
      "a user called __proto__",
      subscribers,
      joinBy("nickname", "new Set()).add"),
      sendBy("nickname"),
    ],
    [
      "the newest tab alone",
      "each of a user's sockets",
      app(
        JOIN,
        "if (user) {\nio.in(roomOf(user)).socketsLeave(roomOf(user));\nsocket.join(roomOf(user));\n}",
      ),
    ],
    [
      "refused messages, too",
      "a refused message reaches nobody",
      app(
        "const input = NewMessage.parse(req.body ?? {});",
        'io.to("user:1").emit("message", req.body);\nconst input = NewMessage.parse(req.body ?? {});',
      ),
    ],
    [
      "before the users are looked for",
      "each of a user's sockets gets it once",
      app(
        "const author = findUser(input.author_id);",
        'io.to(`user:${input.author_id}`).emit("message", input as never);\nconst author = findUser(input.author_id);',
      ),
    ],
    [
      "rooms by the first letter",
      "it reaches nobody else",
      app("`user:${user.id}`", "`user:${user.email.at(-1)}`"),
    ],
  ]),
];
