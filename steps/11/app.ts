import { mkdirSync, openAsBlob } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express, { type ErrorRequestHandler } from "express";
import createError from "http-errors";
import { z } from "zod";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = Number(process.env.PORT || 5001);
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();
app.use(express.json());

// --- database ---

const FILE = join(import.meta.dirname, "instance", "chat.db");
mkdirSync(dirname(FILE), { recursive: true });
const db = new Database(FILE);
// With a write-ahead log, readers and the writer do not wait for each other.
db.pragma("journal_mode = WAL");

db.exec(`
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    nickname TEXT NOT NULL UNIQUE
  ) STRICT
`);

const NewUser = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  nickname: z.string().trim().min(1).max(50),
});
type NewUser = z.infer<typeof NewUser>;
type User = NewUser & { id: number };

const insertUser = db.prepare<NewUser, User>(`
  INSERT INTO users (name, email, nickname) VALUES (@name, @email, @nickname) RETURNING *
`);
const listUsers = db.prepare<[], User>("SELECT * FROM users ORDER BY id");
const selectUser = db.prepare<[number], User>("SELECT * FROM users WHERE id = ?");

const findUser = (id: string | number): User => {
  const user = selectUser.get(Number(id));
  // Number() reads "0x1" and " 1" as 1 too, but only "1" is the id of user 1.
  if (!user || String(user.id) !== String(id)) throw createError(404, `No user has the id ${id}`);
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

// `http … author_id=1` sends the text "1", a script the number 1.
const Digits = z
  .string()
  .regex(/^[1-9]\d*$/)
  .transform(Number);
const Id = z.union([z.int(), Digits], "expected the id of a user").pipe(z.int().positive());
const NewMessage = z.object({
  author_id: Id,
  recipient_id: Id,
  content: z.string().trim().min(1).max(2000),
});
type NewMessage = z.infer<typeof NewMessage>;
type Message = NewMessage & { id: number; date: string };

const insertMessage = db.prepare<NewMessage, Message>(`
  INSERT INTO messages (author_id, recipient_id, content)
  VALUES (@author_id, @recipient_id, @content) RETURNING *
`);
const listMessages = db.prepare<[], Message>("SELECT * FROM messages ORDER BY id");

type MessageDetails = Pick<Message, "id" | "content" | "date"> & { author: User; recipient: User };
// author_name, author_email, … recipient_nickname
type UserColumns = Record<`${"author" | "recipient"}_${keyof NewUser}`, string>;

const listMessagesWith = db.prepare<{ user_id: number }, Message & UserColumns>(`
  SELECT messages.*,
    author.name AS author_name, author.email AS author_email, author.nickname AS author_nickname,
    recipient.name AS recipient_name, recipient.email AS recipient_email,
    recipient.nickname AS recipient_nickname
  FROM messages
  JOIN users AS author ON author.id = author_id
  JOIN users AS recipient ON recipient.id = recipient_id
  WHERE author_id = @user_id OR recipient_id = @user_id
  ORDER BY messages.id
`);

// A row is flat, the answer is not.
const toDetails = (row: Message & UserColumns): MessageDetails => ({
  id: row.id,
  content: row.content,
  date: row.date,
  author: {
    id: row.author_id,
    name: row.author_name,
    email: row.author_email,
    nickname: row.author_nickname,
  },
  recipient: {
    id: row.recipient_id,
    name: row.recipient_name,
    email: row.recipient_email,
    nickname: row.recipient_nickname,
  },
});

// --- api ---

app.get("/db/alive", async (_req, res) => {
  try {
    // SQLite could still answer from its memory, so the file itself is looked at, too.
    const head = await (await openAsBlob(FILE)).slice(0, 15).text();
    if (head !== "SQLite format 3") throw new Error(`${FILE} is no SQLite database`);
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
  const user = insertUser.get(NewUser.parse(req.body ?? {}));
  res.status(201).json(user);
});

app.get("/api/users", (_req, res) => {
  res.json(listUsers.all());
});

app.get("/api/users/:user_id", (req, res) => {
  res.json(findUser(req.params.user_id));
});

app.post("/api/messages", (req, res) => {
  const input = NewMessage.parse(req.body ?? {});
  findUser(input.author_id);
  findUser(input.recipient_id);
  res.status(201).json(insertMessage.get(input));
});

app.get("/api/messages", (_req, res) => {
  res.json(listMessages.all());
});

app.get("/api/messages/with/:user_id", (req, res) => {
  const user = findUser(req.params.user_id);
  res.json(listMessagesWith.all({ user_id: user.id }).map(toDetails));
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

// --- errors ---

app.use((req) => {
  throw createError(404, `No route for ${req.method} ${req.originalUrl}`);
});

const toHttpError = (error: Error) => {
  if (error instanceof z.ZodError) {
    const fields = error.issues.map((issue) => `${issue.path.join() || "body"}: ${issue.message}`);
    return createError(422, fields.join("; "));
  }
  if (error instanceof Database.SqliteError && error.code === "SQLITE_CONSTRAINT_UNIQUE") {
    return createError(409, "nickname: already taken");
  }
  return createError(error);
};

const answerError: ErrorRequestHandler = (error, req, res, _next) => {
  const { status, expose, message } = toHttpError(error);
  // What was not written for clients, such as SQL, stays on our console.
  if (!expose) console.error(`${req.method} ${req.path}`, error);
  const answer = { error: expose ? message : "Internal server error" };
  res.status(status).json(answer);
};
app.use(answerError);

// --- listen ---

const server = app.listen(PORT, HOST);
server.on("listening", () => {
  console.log(`step ${VERSION} listens on http://${HOST}:${PORT}`);
});
server.on("error", (error) => {
  console.error(`Cannot listen (${error.message}): stop the program on port ${PORT}, or set PORT.`);
  process.exit(1);
});
