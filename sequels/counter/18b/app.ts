import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";
import { z } from "zod";
import { makeBucket } from "./lib/bucket.ts";
import { isCommon, isPersonal } from "./lib/milestones.ts";
import { countSession, endSession, listSessions, nameSession } from "./lib/sessions.ts";
import {
  type Click,
  type Event,
  Name,
  NewClick,
  NewEvent,
  openStore,
  type Stats,
} from "./lib/store.ts";
import { dayStart, hourStart, now } from "./lib/time.ts";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// In an image, the folder has another name than the step.
const VERSION = process.env.APP_VERSION || basename(import.meta.dirname);
// Whoever runs the app for others sets this; without it, the app is being written.
const IS_PRODUCTION = process.env.NODE_ENV === "production";

const app = express();
// Behind a proxy, who asks stands in the header X-Forwarded-For: whose word is taken for that.
app.set("trust proxy", process.env.TRUST_PROXY || "loopback");
app.use((req, _res, next) => {
  if (IS_PRODUCTION) console.log(`${req.ip} ${req.method} ${req.originalUrl}`);
  next();
});
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

const { storeClick, listClicks, storeEvent, listEvents, listUsers, listHours, currentStats } =
  openStore(db);

let isStopping = false;

// --- api ---

app.get("/healthz", (_req, res) => {
  if (isStopping) throw createError(503, "The server is stopping");
  currentStats();
  res.json({ status: "healthy" });
});

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

app.get("/api/latest_events", (req, res) => {
  res.json(listEvents.all(dayStart(now()), limitOf(req)));
});

app.get("/api/users", (req, res) => {
  res.json(listUsers.all(limitOf(req)));
});

app.get("/api/online_users", (req, res) => {
  res.json(listSessions(limitOf(req)));
});

app.get("/api/latest_hours", (_req, res) => {
  // Today and the six days before it.
  res.json(listHours.all(dayStart(now()) - 6 * 86_400));
});

app.get("/api/current_stats", (_req, res) => {
  res.json(currentStats());
});

// --- front ---

// In production, the server in front sends the pages.
if (!IS_PRODUCTION) app.use(express.static(join(import.meta.dirname, "public")));
// The charts' library comes from our own server, as Socket.IO's client does: no other one is asked.
app.use("/api/uplot", express.static(dirname(fileURLToPath(import.meta.resolve("uplot")))));

// --- live ---

type ClientEvents = {
  auth: (...values: unknown[]) => void;
  click: (...values: unknown[]) => void;
  event: (...values: unknown[]) => void;
};
type ServerEvents = {
  click: (click: Click) => void;
  event: (event: Event) => void;
  message: (message: Message) => void;
  stats: (stats: Stats) => void;
  status: (status: { user_count: number }) => void;
};

type Message = { text: string; style: string | null; type: "toast" | "popup" };

/** Checks and stores what an event brings, and acknowledges it. Returns undefined where it is refused. */
const accept = <T>(
  values: unknown[],
  isAllowed: () => boolean,
  check: (input: unknown) => T,
): T | undefined => {
  // The types end at the network: a client can send anything, and need not want an answer.
  const last = values.at(-1);
  const acknowledge = typeof last === "function" ? last : () => {};
  try {
    if (!isAllowed()) throw createError(429, "too fast");
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

let statsTimer: NodeJS.Timeout | undefined;
/** Tells all how many are here, whether they have a name or not. */
const tellStatus = () => {
  io.emit("status", { user_count: io.of("/").sockets.size });
  // When a class of 200 arrives at once, 200 times 200 would be too much: all wait for one timer.
  if (statsTimer) return;
  statsTimer = setTimeout(() => {
    statsTimer = undefined;
    tellStats(io);
  }, 250);
};

/** A sentence for all. */
const say = (text: string, type: Message["type"] = "toast") =>
  io.emit("message", { text, style: null, type });

/** Names a connection, and tells all if that is news. */
const rename = (id: string, name: string) => nameSession(id, name, say);

io.on("connection", (socket) => {
  tellStats(socket);
  tellStatus();
  // For each connection its own: whoever is too fast stops nobody else.
  const isAllowed = makeBucket(20);
  socket.on("auth", (...values) => {
    const name = accept(values, isAllowed, (input) => Name.parse(input));
    if (name) rename(socket.id, name);
  });
  socket.on("disconnect", () => {
    const name = endSession(socket.id);
    // At the end all leave: nobody is left to hear of it.
    if (name && !isStopping) say(`${name} left`);
    if (!isStopping) tellStatus();
  });
  socket.on("click", (...values) => {
    const stored = accept(values, isAllowed, (input) => storeClick(NewClick.parse(input)));
    if (!stored) return;
    const { click, total } = stored;
    rename(socket.id, click.user);
    const own = countSession(socket.id, "click_count");
    // To all, the sender included: the count of every page rises by the same event.
    io.emit("click", click);
    // Said here and once: if each page counted for itself, two of them would say it twice.
    if (isPersonal(own)) say(`${click.user} has pressed ${own} times`);
    if (isCommon(total)) say(`Press number ${total.toLocaleString("en")}!`, "popup");
  });
  socket.on("event", (...values) => {
    const event = accept(values, isAllowed, (input) => storeEvent(NewEvent.parse(input)));
    if (!event) return;
    rename(socket.id, event.user);
    io.emit("event", event);
    // What is not stored is counted nowhere, and worth no sentence.
    if (event.id === null) return;
    countSession(socket.id, "event_count");
    say(`${event.user} sends ${event.name}`);
  });
});

// Looked at once a second, not slept until it is over: laptops sleep, and clocks are set.
let hour = hourStart(now());
const hourTimer = setInterval(() => {
  if (hourStart(now()) === hour) return;
  hour = hourStart(now());
  tellStats(io);
}, 1000);

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

// --- stop ---

/** Ends in order: nothing new comes in, what came in is answered, the database is closed. */
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  tellStatus();
  clearTimeout(statsTimer);
  clearInterval(hourTimer);
  // Ends the sockets, and takes no new connection; requests that run are answered.
  const closed = io.close();
  server.closeIdleConnections();
  // Whoever reads an answer too slowly is not waited for.
  setTimeout(() => server.closeAllConnections(), 2000).unref();
  await closed;
  db.close();
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
