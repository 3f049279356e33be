// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, script } from "../table.ts";

const ATTACHED = "new Server<ClientEvents, ServerEvents>(server, {";
const TRANSPORTS = 'transports: ["websocket"],';
const OURS = '!origin || origin.split("//")[1] === host';
const ALLOW = `  allowRequest: ({ headers: { origin, host } }, answer) =>
    answer(null, ${OURS}),
`;
const CONNECTED = 'io.on("connection", (socket) => {';
const LISTEN = "// --- listen ---";
const PAGE = 'io({ transports: ["websocket"] })';
const ASKED = 'if (typeof acknowledge !== "function") return;';
const READ = 'typeof nickname === "string" && selectUserByNickname.get(nickname)';
const UNKNOWN = 'if (!user) throw createError(404, "No user has this nickname");';
const KNOWN = "acknowledge({});";
const FAILED = "acknowledge({ error: toAnswer(error as Error).error });";
const JOIN = "socket.join(roomOf(user));";
const ROOM = "`user:${user.id}`";
const STORE = "const [{ id, content, date }] = insertMessage.all(input) as [Message];";
const ANSWER = "res.status(201).json(message);";
const EMIT = 'io.to([roomOf(author), roomOf(recipient)]).emit("message", message);';

/** Sockets that are written differently. */
export const rightSockets = [
  ...right(
    "an Origin taken apart as a URL",
    "16 17 18 19",
    app(OURS, "!origin || URL.parse(origin)?.host === host"),
  ),
  ...right(
    "an Origin taken apart as a URL that may be none",
    "16",
    app(
      `answer(null, ${OURS}),`,
      `{
    try {
      answer(null, origin === undefined || new URL(origin).host === host);
    } catch {
      answer("not a URL", false);
    }
  },`,
    ),
  ),
  ...right(
    "http and https",
    "16 18",
    app(OURS, "!origin || [`http://${host}`, `https://${host}`].includes(origin)"),
  ),
  ...right("http alone", "16 19", app(OURS, "!origin || origin === `http://${host}`")),
  ...right(
    "an Origin looked at by a middleware of Engine.IO",
    "16 17 19",
    app("createServer }", "createServer, type IncomingMessage, type ServerResponse }"),
    app(ALLOW, ""),
    app(
      CONNECTED,
      `io.engine.use(({ headers: { origin, host } }: IncomingMessage, res: ServerResponse, next: () => void) => {
  if (${OURS}) return next();
  res.writeHead(403);
  res.end();
});
${CONNECTED}`,
    ),
  ),
  ...right(
    "an Origin looked at by a middleware of Socket.IO",
    "16 18",
    app(ALLOW, ""),
    app(
      CONNECTED,
      `io.use(({ handshake: { headers: { origin, host } } }, next) => {
  next(${OURS} ? undefined : new Error("only our own pages may connect"));
});
${CONNECTED}`,
    ),
  ),
  ...right(
    "attached when all is ready",
    "16 18",
    app(ATTACHED, "new Server<ClientEvents, ServerEvents>({"),
    app(LISTEN, `io.attach(server);\n\n${LISTEN}`),
  ),
  ...right(
    "CORS for our own address, too",
    "16",
    app(TRANSPORTS, `${TRANSPORTS}\n  cors: { origin: \`http://localhost:\${PORT}\` },`),
  ),
  ...right("larger messages", "16 17", app(TRANSPORTS, `${TRANSPORTS}\n  maxHttpBufferSize: 1e7,`)),
  ...right(
    "without upgrades, named twice",
    "16 19",
    app(TRANSPORTS, `${TRANSPORTS}\n  allowUpgrades: false,`),
    script(PAGE, 'io("/", { transports: ["websocket"], upgrade: false })'),
  ),
  ...right(
    "nicknames compared in JavaScript",
    "17 18",
    app(READ, "listUsers.all().find((it) => it.nickname === nickname)"),
  ),
  ...right(
    "nicknames looked at by a schema",
    "17 19",
    app(READ, "selectUserByNickname.get(z.string().parse(nickname))"),
  ),
  ...right(
    "a collation by bytes",
    "17",
    app("WHERE nickname = ?", "WHERE nickname = ? COLLATE BINARY LIMIT 1"),
  ),
  ...right(
    "sockets that do not ask are heard, too",
    "17 18 19",
    app(ASKED, 'if (typeof acknowledge !== "function") acknowledge = () => {};'),
  ),
  ...right(
    "more in an acknowledgement",
    "17 18",
    app(KNOWN, "acknowledge({ ok: true, nickname } as never);"),
    app(FAILED, `${FAILED.slice(0, -3)}, status: 404 } as never);`),
  ),
  ...right(
    "one sentence for all errors",
    "17 19",
    app(FAILED, 'console.error(error);\nacknowledge({ error: "That did not work" });'),
  ),
  ...right(
    "a database that fails keeps its own words",
    "17",
    app(
      READ,
      '(() => {\ntry {\nreturn selectUserByNickname.get(String(nickname));\n} catch {\nthrow createError(503, "Try again", { expose: true });\n}\n})()',
    ),
    app(UNKNOWN, `if (user?.nickname !== nickname) throw createError(404, "Who?");`),
  ),
  ...right(
    "an asynchronous handler",
    "17 18",
    app("(nickname, acknowledge) => {", "async (nickname, acknowledge) => {\nawait null;"),
  ),
  ...right(
    "the log says it with quotes and a date",
    "17",
    app(
      "console.log(`connect-ack from ${user.nickname}`);",
      "console.log(new Date().toISOString(), `connect-ack from '${user.nickname}' (${socket.id})`);",
    ),
  ),
  ...right("rooms by the nickname, told apart", "18 19", app(ROOM, "`nickname=${user.nickname}`")),
  ...right(
    "rooms that cannot be guessed",
    "18",
    app("const roomOf = ", "const SECRET = Math.random();\nconst roomOf = "),
    app(ROOM, "`${user.id}/${SECRET}`"),
  ),
  ...right(
    "sets of sockets instead of rooms",
    "18 19",
    app(
      CONNECTED,
      `const sockets = new Map<number, Set<import("socket.io").Socket>>();\n${CONNECTED}`,
    ),
    app(
      JOIN,
      `if (!sockets.has(user.id)) sockets.set(user.id, new Set());
      sockets.get(user.id)?.add(socket);
      socket.on("disconnect", () => sockets.get(user.id)?.delete(socket));`,
    ),
    app(
      EMIT,
      `for (const socket of new Set([author, recipient].flatMap(({ id }) => [...(sockets.get(id) ?? [])]))) socket.emit("message", message);`,
    ),
  ),
  ...right(
    "each socket is asked whose it is",
    "18",
    app(JOIN, "socket.data.user_id = user.id;"),
    app(
      EMIT,
      `for (const socket of io.sockets.sockets.values()) {
    if ([author.id, recipient.id].includes(socket.data.user_id)) socket.emit("message", message);
  }`,
    ),
  ),
  ...right(
    "one room, and the other without it",
    "18 19",
    app(
      EMIT,
      'io.to(roomOf(author)).emit("message", message);\n  io.to(roomOf(recipient)).except(roomOf(author)).emit("message", message);',
    ),
  ),
  ...right("told, then answered", "18 19", app(`${ANSWER}\n  ${EMIT}`, `${EMIT}\n  ${ANSWER}`)),
  ...right(
    "told once the answer is on its way",
    "18 19",
    app(EMIT, `res.once("finish", () => setImmediate(() => ${EMIT.slice(0, -1)}));`),
  ),
  ...right(
    "who says another nickname leaves",
    "18",
    app(
      JOIN,
      'for (const room of socket.rooms) if (room.startsWith("user:")) socket.leave(room);\n      socket.join(roomOf(user));',
    ),
  ),
  ...right(
    "stored in a transaction",
    "18 19",
    app(
      STORE,
      "const { id, content, date } = db.transaction(() => insertMessage.get(input) as Message)();",
    ),
  ),
  ...right(
    "told as it is read again",
    "18",
    app(
      EMIT,
      EMIT.replace(
        '"message", message',
        '"message", messagesWith(author.id).at(-1) as MessageDetails',
      ),
    ),
  ),
];
