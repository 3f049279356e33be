import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";
import { z } from "zod";
import { type Click, NewClick, openStore, type Stats } from "./lib/store.ts";
import { dayStart, now } from "./lib/time.ts";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();
const server = createServer(app);
const io = new Server<ClientEvents, ServerEvents>(server, {
  path: "/api/socket.io",
  // A connection that begins with polling can lose events unnoticed.
  transports: ["websocket"],
  // In bytes: none of our events is as long, and one of 100,000 values would end the server.
  maxHttpBufferSize: 20_000,
  // The browser says from which site a page comes: only our own pages may connect.
  allowRequest: ({ headers: { origin, host } }, answer) =>
    answer(null, !origin || origin.split("//")[1] === host),
});

// --- database ---

const FILE = join(import.meta.dirname, "instance", "counter.db");
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

const { storeClick, listClicks, listUsers, listHours, currentStats } = openStore(db);

// --- api ---

app.get("/api", (_req, res) => {
  res.json({ version: VERSION });
});

// What stands behind the ? of an address is text. No list is longer than this.
const Limit = z
  .string("must be given once")
  .regex(/^[1-9]\d{0,4}$/, "must be a number from 1 to 10000")
  .transform(Number)
  .refine((it) => it <= 10_000, "must be a number from 1 to 10000")
  .default(10_000);
const limitOf = (req: Request) => z.object({ limit: Limit }).parse(req.query).limit;

app.get("/api/latest_clicks", (req, res) => {
  res.json(listClicks.all(dayStart(now()), limitOf(req)));
});

app.get("/api/users", (req, res) => {
  res.json(listUsers.all(limitOf(req)));
});

app.get("/api/latest_hours", (_req, res) => {
  // Today and the six days before it.
  res.json(listHours.all(dayStart(now()) - 6 * 86_400));
});

// --- front ---

app.use(express.static(join(import.meta.dirname, "public")));

// --- live ---

type ClientEvents = { click: (...values: unknown[]) => void };
type ServerEvents = { click: (click: Click) => void; stats: (stats: Stats) => void };

/** Checks and stores what an event brings, and acknowledges it. Returns undefined where it is refused. */
const accept = <T>(values: unknown[], check: (input: unknown) => T): T | undefined => {
  // The types end at the network: a client can send anything, and need not want an answer.
  const last = values.at(-1);
  const acknowledge = typeof last === "function" ? last : () => {};
  try {
    const accepted = check(values[0]);
    acknowledge({});
    return accepted;
  } catch (error) {
    // What a route throws, Express catches. What is thrown here would end the process.
    acknowledge({ error: toAnswer(error as Error).error });
  }
};

/** Tells one client, or all, what is counted so far. */
const tellStats = (to: { emit: (event: "stats", stats: Stats) => unknown }) => {
  try {
    // Read and sent in one turn: whoever gets it hears of each click after it, and of none before.
    to.emit("stats", currentStats());
  } catch (error) {
    // A database that cannot be read is no reason to end.
    console.error(error);
  }
};

io.on("connection", (socket) => {
  tellStats(socket);
  socket.on("click", (...values) => {
    const click = accept(values, (input) => storeClick(NewClick.parse(input)));
    // To all, the sender included: the count of every page rises by the same event.
    if (click) io.emit("click", click);
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
  const faults = error.issues.map(({ path, message }) => [...path, message].join(": "));
  return createError(422, faults.join("; "));
};

const toAnswer = (error: Error) => {
  const { status, expose, message } = toHttpError(error);
  // What was not written for clients, such as SQL, stays on our console.
  if (status >= 500) console.error(error);
  return { status, error: expose ? message : "Internal server error" };
};

app.use((thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const { status, error } = toAnswer(thrown);
  res.status(status).json({ error });
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
