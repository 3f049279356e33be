import { once } from "node:events";
import { mkdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { z } from "zod";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();
app.use(express.json());

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

// --- front ---

app.get("/", (_req, res) => {
  res.type("text").send(`hello, this is a chat app! (version ${VERSION})`);
});

// --- errors ---

const toHttpError = (error: Error) => {
  if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
    return createError(503, "The database is busy: try again", { expose: true });
  }
  if (!(error instanceof z.ZodError)) return createError(error);
  const faults = error.issues.map(({ path, message }) => `${path.join()}: ${message}`);
  return createError(422, faults.join("; "));
};

app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
  const { status, expose, message } = toHttpError(error);
  // What was not written for clients, such as SQL, stays on our console.
  if (status >= 500) console.error(error);
  res.status(status).json({ error: expose ? message : "Internal server error" });
});

// --- listen ---

// In a URL, an IPv6 address stands in brackets.
const ADDRESS = `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
try {
  if (!Number(PORT)) throw new Error("a port is a number from 1 to 65535");
  await once(app.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
