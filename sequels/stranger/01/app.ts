import { once } from "node:events";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

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

// --- api ---

app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
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

app.get("/", (_req, res) => {
  res.render("index");
});

app.get("/chat", (_req, res) => {
  res.render("chat");
});

app.get("/login", (_req, res) => {
  res.render("login");
});

// --- live ---

type ClientEvents = { join: (...values: unknown[]) => void };
type ServerEvents = { waiting: (waiting: { ahead: number }) => void };

/** Somebody in the chat, by the id of the connection. */
type Member = { id: string };

/** Who waits. */
class Lobby {
  /** In the order in which they came. */
  readonly #queue = new Set<Member>();

  /** Lets somebody wait. Returns how many were there before. */
  join(member: Member): number {
    if (this.#queue.has(member)) throw createError(409, "already waiting");
    this.#queue.add(member);
    return this.#queue.size - 1;
  }

  /** Forgets somebody. */
  lose(member: Member) {
    this.#queue.delete(member);
  }
}

const lobby = new Lobby();

type Acknowledge = (answer: { state?: string; error?: string }) => void;

/** Does what an event asks for, and acknowledges it. Returns undefined where it is refused. */
const accept = <T>(values: unknown[], state: string, act: (input: unknown) => T) => {
  // The types end at the network: a client can send anything, and need not want an answer.
  const wantsAnswer = typeof values.at(-1) === "function";
  const acknowledge = wantsAnswer ? (values.pop() as Acknowledge) : () => {};
  try {
    const done = act(values[0]);
    acknowledge({ state });
    return done;
  } catch (error) {
    // What a route throws, Express catches. What is thrown here would end the process.
    acknowledge({ error: toAnswer(error as Error).error });
  }
};

io.on("connection", (socket) => {
  const member: Member = { id: socket.id };
  socket.on("join", (...values) => {
    const ahead = accept(values, "waiting", () => lobby.join(member));
    if (ahead === undefined) return;
    socket.emit("waiting", { ahead });
  });
  socket.on("disconnect", () => {
    lobby.lose(member);
  });
});

// --- errors ---

app.use((req) => {
  throw createError(404, `No page for ${req.method} ${req.originalUrl}`);
});

const toAnswer = (error: Error) => {
  const { status, expose, message } = createError(error);
  // What was not written for clients stays on our console.
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
