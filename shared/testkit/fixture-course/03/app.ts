import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";
import { z } from "zod";
import { type Note, openNotes } from "./lib/notes.ts";
import { nameOf, openSession } from "./lib/sessions.ts";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5040;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);
const GREETING = process.env.GREETING;
if (!GREETING) {
  console.error("GREETING is not set: say how guests are greeted, such as GREETING=welcome");
  process.exit(1);
}

const app = express();
app.use(express.json());
const server = createServer(app);
const io = new Server<ClientEvents, ServerEvents>(server, {
  path: "/live",
  transports: ["websocket"],
  // The browser says from which site a page comes: only our own pages may connect.
  allowRequest: ({ headers: { origin, host } }, answer) =>
    answer(null, !origin || origin.split("//")[1] === host),
});

// --- database ---

const FILE = join(import.meta.dirname, "instance", "tiny.db");
mkdirSync(dirname(FILE), { recursive: true });
const db = new Database(FILE, { timeout: 1000 });
db.pragma("journal_mode = WAL");
const { insertNote, listNotes } = openNotes(db);

// --- api ---

const filled = z.string("must be text").trim().min(1, "must not be empty");

app.get("/about", (_req, res) => {
  res.json({ version: VERSION });
});

app.post("/sessions", (req, res) => {
  const { name } = z.object({ name: filled }).parse({ ...req.body });
  const token = openSession(name);
  res.cookie("session", token, { httpOnly: true, sameSite: "strict" });
  res.status(201).json({ name, token });
});

app.get("/notes", (_req, res) => {
  res.json(listNotes.all());
});

app.post("/notes", (req, res) => {
  const author = nameOf(req.headers.authorization);
  if (author === undefined) throw createError(401, "Say who you are: POST /sessions");
  const { text } = z.object({ text: filled }).parse({ ...req.body });
  const [note] = insertNote.all({ author, text });
  res.status(201).json(note);
  if (note) io.emit("note", note);
});

// --- front ---

app.set("view engine", "ejs");
app.set("views", join(import.meta.dirname, "views"));
app.use(express.static(join(import.meta.dirname, "public")));

app.get("/", (_req, res) => {
  res.type("text").send(`${GREETING}, guest (version ${VERSION})`);
});

app.get("/board", (_req, res) => {
  res.render("board", { notes: listNotes.all() });
});

// --- live ---

type Answer = { name: string } | { error: string };
type ClientEvents = { who: (acknowledge: (answer: Answer) => void) => void };
type ServerEvents = { note: (note: Note) => void };

io.on("connection", (socket) => {
  socket.on("who", (acknowledge) => {
    // The types end at the network: a client can send anything.
    if (typeof acknowledge !== "function") return;
    const [, token] = /(?:^|; )session=([^;]+)/.exec(socket.handshake.headers.cookie ?? "") ?? [];
    const name = nameOf(token);
    acknowledge(name === undefined ? { error: "Say who you are: POST /sessions" } : { name });
  });
});

// --- errors ---

app.use((thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const isInput = thrown instanceof z.ZodError;
  const text = isInput ? thrown.issues.map((it) => `${it.path.join()}: ${it.message}`).join() : "";
  const { status, message } = isInput ? createError(422, text) : createError(thrown);
  if (status >= 500) console.error(thrown);
  res.status(status).json({ error: status < 500 ? message : "Internal server error" });
});

// --- listen ---

const ADDRESS = `http://${HOST}:${PORT}`;
try {
  await once(server.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
