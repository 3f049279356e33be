import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import session from "express-session";
import createError from "http-errors";
import { Server } from "socket.io";
import { type ClientEvents, type ServerEvents, startChat } from "./lib/chat.ts";
import { toAnswer } from "./lib/errors.ts";
import { hashPassword } from "./lib/passwords.ts";
import { greet, readSecrets } from "./lib/sessions.ts";
import { NewUser, openUsers } from "./lib/users.ts";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

// Whoever runs the app for others sets this; without it, the app is being written.
const IS_PRODUCTION = process.env.NODE_ENV === "production";
const FOLDER = join(import.meta.dirname, "instance");

const app = express();
// One page has one address: /chat, and neither /chat/ nor /Chat.
app.enable("strict routing");
app.enable("case sensitive routing");
const server = createServer(app);
const io = new Server<ClientEvents, ServerEvents>(server, {
  // A connection that begins with polling can lose events unnoticed.
  transports: ["websocket"],
  // In bytes: none of our events is as long, and one of 100,000 values would end the server.
  maxHttpBufferSize: 20_000,
  // The browser says from which site a page comes: only our own pages may connect.
  allowRequest: ({ headers: { origin, host } }, answer) =>
    answer(null, !origin || origin.split("//")[1] === host),
});

// --- database ---

const FILE = join(FOLDER, "stranger.db");
mkdirSync(FOLDER, { recursive: true });
// Where another program holds the database, the whole server waits for it: 1 s at most.
const db = new Database(FILE, { timeout: 1000 });
try {
  // With a write-ahead log, readers and the writer do not wait for each other.
  db.pragma("journal_mode = WAL");
} catch (error) {
  console.error(`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`);
  process.exit(1);
}

const { insertUser } = openUsers(db);

let secret: string[];
try {
  secret = readSecrets(FOLDER, !IS_PRODUCTION);
} catch (error) {
  const make = `node -p "crypto.randomBytes(32).toString('hex')"`;
  console.error(`Cannot sign cookies (${error}): set SESSION_SECRET to what this prints: ${make}`);
  process.exit(1);
}
const useSession = session({
  name: "sid",
  secret,
  // No script reads it, no other site's form sends it along, and it is gone after a week.
  cookie: { httpOnly: true, sameSite: "lax", secure: "auto", maxAge: 7 * 86_400_000 },
  // Whoever only looks around gets no cookie, and what has not changed is not written.
  saveUninitialized: false,
  resave: false,
});

// --- api ---

app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
});

app.get("/api/me", useSession, (req, res) => {
  res.json({ name: req.session.anonName ?? null });
});

// --- front ---

app.set("view engine", "ejs");
app.set("views", join(import.meta.dirname, "views"));

app.use((req, res, next) => {
  // What is in `locals` can be read by the templates: the navigation marks the page that is shown.
  res.locals.path = req.path;
  next();
});

app.use(express.static(join(import.meta.dirname, "public")));

// The longest names and passwords fit, and nothing is read that is much longer.
const readForm = express.urlencoded({ extended: false, limit: "10kb" });

app.post("/register", readForm, async (req, res) => {
  const { username, password } = NewUser.parse({ ...req.body });
  const password_hash = await hashPassword(password);
  const created_at = new Date().toISOString();
  // Whether the name is free is asked and answered in one statement: two may come at once.
  const [user] = insertUser.all({ username, password_hash, created_at });
  if (!user) throw createError(409, "username: is taken");
  res.redirect(303, "/login");
});

app.use(useSession, (_req, res, next) => {
  // Pages are for one visitor, and of this moment: no memory keeps them.
  res.set("Cache-Control", "no-store");
  next();
});

app.get("/", (_req, res) => {
  res.render("index");
});

app.get("/chat", (req, res) => {
  greet(req.session);
  res.render("chat", { name: req.session.anonName });
});

app.get("/login", (_req, res) => {
  res.render("login");
});

// --- live ---

startChat(io, useSession);

// --- errors ---

app.use((req) => {
  throw createError(404, `No page for ${req.method} ${req.originalUrl}`);
});

app.use("/api", (thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const { status, headers, error } = toAnswer(thrown);
  res.status(status).set(headers).json({ error });
});

app.use((thrown: Error, req: Request, res: Response, _next: NextFunction) => {
  const answer = toAnswer(thrown);
  res.status(answer.status).set(answer.headers);
  // What is wrong with a form stands above the form.
  const isOfForm = req.method === "POST" && req.path === "/register";
  res.render(isOfForm ? "login" : "error", answer);
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
