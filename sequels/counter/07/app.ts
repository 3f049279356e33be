import { once } from "node:events";
import { mkdirSync } from "node:fs";
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

/** Whole seconds since 1970 began, in UTC. */
const now = () => Math.floor(Date.now() / 1000);
/** When the day of a time began: days have 86,400 seconds, and begin at 00:00 UTC. */
const dayStart = (time: number) => time - (time % 86_400);
/** When the hour of a time began. */
const hourStart = (time: number) => time - (time % 3600);

db.exec(`
  CREATE TABLE IF NOT EXISTS clicks (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 15),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 75),
    style TEXT,
    timestamp INTEGER NOT NULL
  ) STRICT
`);
// Without it, SQLite reads all clicks ever made to find those of today.
db.exec("CREATE INDEX IF NOT EXISTS clicks_timestamp ON clicks (timestamp)");

type Click = NewClick & { id: number; timestamp: number };
const insertClick = db.prepare<NewClick & { timestamp: number }, Click>(`
  INSERT INTO clicks (user, comment, style, timestamp)
  VALUES (@user, @comment, @style, @timestamp) RETURNING *
`);
// A transaction: all of its statements are kept, or none.
const storeClick = db.transaction((input: NewClick): Click => {
  const [click] = insertClick.all({ ...input, timestamp: now() }) as [Click];
  countUser.run(click.user);
  countHour.run(hourStart(click.timestamp));
  return click;
});
const listClicks = db.prepare<[number, number], Click>(
  "SELECT * FROM clicks WHERE timestamp >= ? ORDER BY timestamp DESC, id DESC LIMIT ?",
);

db.exec(`
  CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY,
    clicks INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0
  ) STRICT
`);

type User = { name: string; click_count: number; event_count: number };
const countUser = db.prepare<[string]>(`
  INSERT INTO users (name, clicks) VALUES (?, 1)
  ON CONFLICT (name) DO UPDATE SET clicks = clicks + 1
`);
const listUsers = db.prepare<[number], User>(`
  SELECT name, clicks AS click_count, events AS event_count
  FROM users ORDER BY clicks DESC, name LIMIT ?
`);

db.exec(`
  CREATE TABLE IF NOT EXISTS hours (
    timestamp INTEGER PRIMARY KEY CHECK (timestamp % 3600 = 0),
    clicks INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0
  ) STRICT
`);

type Hour = { timestamp: number; click_count: number; event_count: number };
const listHours = db.prepare<[number], Hour>(`
  SELECT timestamp, clicks AS click_count, events AS event_count
  FROM hours WHERE timestamp >= ? ORDER BY timestamp
`);
const countHour = db.prepare<[number]>(`
  INSERT INTO hours (timestamp, clicks) VALUES (?, 1)
  ON CONFLICT (timestamp) DO UPDATE SET clicks = clicks + 1
`);

type Stats = {
  click_count_total: number;
  click_count_today: number;
  click_count_hour: number;
  event_count_total: number;
  event_count_today: number;
  event_count_hour: number;
};
// From the hours, not from the clicks: a year has 8,760 rows, however many clicks there are.
const sumHours = db.prepare<{ day: number; hour: number }, Stats>(`
  SELECT
    ifnull(sum(clicks), 0) AS click_count_total,
    ifnull(sum(clicks) FILTER (WHERE timestamp >= @day), 0) AS click_count_today,
    ifnull(sum(clicks) FILTER (WHERE timestamp >= @hour), 0) AS click_count_hour,
    ifnull(sum(events), 0) AS event_count_total,
    ifnull(sum(events) FILTER (WHERE timestamp >= @day), 0) AS event_count_today,
    ifnull(sum(events) FILTER (WHERE timestamp >= @hour), 0) AS event_count_hour
  FROM hours
`);
const currentStats = (): Stats => {
  const time = now();
  return sumHours.get({ day: dayStart(time), hour: hourStart(time) }) as Stats;
};

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

const text = (most: number) =>
  z
    .string("must be text")
    .trim()
    .regex(/^\P{Cc}*$/u, "must not have control characters")
    // Characters as people count them: the length of "🙂" is 2, of [..."🙂"] it is 1.
    .refine((it) => [...it].length <= most, `at most ${most} characters`);
const NewClick = z.object({
  user: text(15).min(1, "must not be empty"),
  // null, undefined and empty mean the same: no comment.
  comment: text(75)
    .nullish()
    .transform((it) => it || null),
  style: z.null("must be null: there are no styles yet").default(null),
});
type NewClick = z.infer<typeof NewClick>;

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
