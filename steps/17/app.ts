import { once } from "node:events";
import { mkdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";
import { z } from "zod";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();
app.use(express.json());
const server = createServer(app);
const io = new Server<ClientEvents, ServerEvents>(server, {
  // A connection that begins with polling can lose messages unnoticed.
  transports: ["websocket"],
  // In bytes: none of our events is as long, and one of 100,000 values would end the server.
  maxHttpBufferSize: 20_000,
  // The browser says from which site a page comes: only our own pages may connect.
  allowRequest: ({ headers: { origin, host } }, answer) =>
    answer(null, !origin || origin.split("//")[1] === host),
});

// --- database ---

const FILE = join(import.meta.dirname, "instance", "chat.db");
mkdirSync(dirname(FILE), { recursive: true });
// Where another program holds the database, the whole server waits for it: 1 s at most.
const db = new Database(FILE, { timeout: 1000 });
try {
  // With a write-ahead log, readers and the writer do not wait for each other.
  db.pragma("journal_mode = WAL");
} catch (error) {
  console.error(`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`);
  process.exit(1);
}

db.exec(`
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    nickname TEXT NOT NULL UNIQUE
  ) STRICT
`);

const filled = z.string("must be text").trim().min(1, "must not be empty");
const text = (most: number) => filled.refine((it) => it.length <= most, `at most ${most} letters`);
const line = (most: number) => text(most).regex(/^\P{Cc}*$/u, "must not have control characters");
const Email = text(254).pipe(z.email("must be an email address"));
const NewUser = z.object({ name: line(100), email: Email, nickname: line(50) });
type User = z.infer<typeof NewUser> & { id: number };
const insertUser = db.prepare<z.infer<typeof NewUser>, User>(`
  INSERT INTO users (name, email, nickname) VALUES (@name, @email, @nickname)
  ON CONFLICT (nickname) DO NOTHING RETURNING *
`);
const listUsers = db.prepare<[], User>("SELECT * FROM users ORDER BY id");
const selectUser = db.prepare<[number], User>("SELECT * FROM users WHERE id = ?");
const selectUserByNickname = db.prepare<[string], User>("SELECT * FROM users WHERE nickname = ?");

// An id is text in a path, and may be a number in JSON. Here it becomes a number.
const DIGITS = /^[1-9]\d{0,14}$/;
const Id = z.union([z.int().min(1), z.string().regex(DIGITS).transform(Number)], "must be an id");

const findUser = (id: string | number): User => {
  const { data } = Id.safeParse(id);
  const user = data && selectUser.get(data);
  if (!user) throw createError(404, `No user has the id ${id}`);
  return user;
};

// SQLite checks REFERENCES only on connections that ask for it.
db.pragma("foreign_keys = ON");
db.exec(`
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    recipient_id INTEGER NOT NULL REFERENCES users (id),
    date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  ) STRICT
`);

// Without them, SQLite reads the whole table to find one user's messages.
db.exec("CREATE INDEX IF NOT EXISTS messages_author_id ON messages (author_id)");
db.exec("CREATE INDEX IF NOT EXISTS messages_recipient_id ON messages (recipient_id)");

const NewMessage = z.object({ author_id: Id, recipient_id: Id, content: text(2000) });
type Message = z.infer<typeof NewMessage> & { id: number; date: string };
const insertMessage = db.prepare<z.infer<typeof NewMessage>, Message>(`
  INSERT INTO messages (author_id, recipient_id, content)
  VALUES (@author_id, @recipient_id, @content) RETURNING *
`);
const listMessages = db.prepare<[], Message>("SELECT * FROM messages ORDER BY id");

type MessageDetails = { id: number; content: string; date: string; author: User; recipient: User };

const listMessagesWith = db.prepare<{ user_id: number }, { json: string }>(`
  SELECT json_object('id', messages.id, 'content', content, 'date', date,
    'author', json_object('id', author.id, 'name', author.name,
      'email', author.email, 'nickname', author.nickname),
    'recipient', json_object('id', recipient.id, 'name', recipient.name,
      'email', recipient.email, 'nickname', recipient.nickname)) AS json
  FROM messages
  JOIN users AS author ON author.id = author_id
  JOIN users AS recipient ON recipient.id = recipient_id
  WHERE author_id = @user_id OR recipient_id = @user_id
  ORDER BY messages.id
`);
const messagesWith = (user_id: number): MessageDetails[] =>
  listMessagesWith.all({ user_id }).map((row) => JSON.parse(row.json));

// --- api ---

app.get("/db/alive", (_req, res) => {
  try {
    // Only looked at, not opened: closing it again would take SQLite's locks away.
    if (statSync(FILE).size === 0) throw new Error(`${FILE} is empty`);
    db.pragma("schema_version");
    res.json({ status: "healthy", message: "Database connection is alive" });
  } catch (error) {
    console.error(error);
    res.status(503).json({ status: "broken", message: "The database cannot be read" });
  }
});

app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
});

app.post("/api/users", (req, res) => {
  // Not get(): it stops at the first row, before the insert is committed.
  const [user] = insertUser.all(NewUser.parse({ ...req.body }));
  if (!user) throw createError(409, "nickname: already taken");
  res.status(201).json(user);
});

app.get("/api/users", (_req, res) => {
  res.json(listUsers.all());
});

app.get("/api/users/:user_id", (req, res) => {
  res.json(findUser(req.params.user_id));
});

app.post("/api/messages", (req, res) => {
  const input = NewMessage.parse({ ...req.body });
  const author = findUser(input.author_id);
  const recipient = findUser(input.recipient_id);
  const [{ id, content, date }] = insertMessage.all(input) as [Message];
  const message: MessageDetails = { id, content, date, author, recipient };
  res.status(201).json(message);
});

app.get("/api/messages", (_req, res) => {
  res.json(listMessages.all());
});

app.get("/api/messages/with/:user_id", (req, res) => {
  const user = findUser(req.params.user_id);
  res.json(messagesWith(user.id));
});

// --- front ---

app.set("view engine", "ejs");
app.set("views", join(import.meta.dirname, "views"));
app.use(express.static(join(import.meta.dirname, "public")));

app.get("/", (_req, res) => {
  res.redirect("/front/users");
});

app.get("/front/users", (_req, res) => {
  res.render("users", { users: listUsers.all() });
});

app.get("/front/messages/:user_id", (req, res) => {
  const user = findUser(req.params.user_id);
  // Whoever comes back should see the page as it is now.
  res.set("Cache-Control", "no-store").render("messages", {
    user,
    messages: messagesWith(user.id),
    recipients: listUsers.all().filter((other) => other.id !== user.id),
  });
});

// --- live ---

type Acknowledge = (answer: { error?: string }) => void;
type ClientEvents = { "connect-ack": (nickname: string, acknowledge: Acknowledge) => void };
type ServerEvents = Record<string, never>;

io.on("connection", (socket) => {
  socket.on("connect-ack", (nickname, acknowledge) => {
    // The types end at the network: a client can send anything.
    if (typeof acknowledge !== "function") return;
    try {
      const user = typeof nickname === "string" && selectUserByNickname.get(nickname);
      if (!user) throw createError(404, "No user has this nickname");
      console.log(`connect-ack from ${user.nickname}`);
      acknowledge({});
    } catch (error) {
      // What a route throws, Express catches. What is thrown here would end the process.
      acknowledge({ error: toAnswer(error as Error).error });
    }
  });
});

// --- errors ---

app.use((req) => {
  throw createError(404, `No route for ${req.method} ${req.originalUrl}`);
});

const toHttpError = (error: Error) => {
  if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
    return createError(503, "The database is busy: try again", { expose: true });
  }
  if (!(error instanceof z.ZodError)) return createError(error);
  const faults = error.issues.map(({ path, message }) => `${path.join()}: ${message}`);
  return createError(422, faults.join("; "));
};

const toAnswer = (error: Error) => {
  const { status, expose, message } = toHttpError(error);
  // What was not written for clients, such as SQL, stays on our console.
  if (status >= 500) console.error(error);
  return { status, error: expose ? message : "Internal server error" };
};

app.use("/api", (thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const { status, error } = toAnswer(thrown);
  res.status(status).json({ error });
});

app.use((thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const answer = toAnswer(thrown);
  res.status(answer.status).render("error", answer);
});

// --- listen ---

// In a URL, an IPv6 address stands in brackets.
const ADDRESS = `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
try {
  if (!Number(PORT)) throw new Error("a port is a number from 1 to 65535");
  await once(server.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
