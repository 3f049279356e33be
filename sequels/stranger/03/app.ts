import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";
import { Server } from "socket.io";
import { z } from "zod";

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

type ClientEvents = {
  join: (...values: unknown[]) => void;
  leave: (...values: unknown[]) => void;
  message: (...values: unknown[]) => void;
};
type ServerEvents = {
  matched: (matched: { you: string; partners: string[] }) => void;
  message: (message: Message) => void;
  partner_left: (left: { partner: string; reason: "left" | "lost" }) => void;
  waiting: (waiting: { ahead: number }) => void;
};

const Text = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  // Characters as people count them: the length of "🙂" is 2, of [..."🙂"] it is 1.
  .refine((it) => [...it].length <= 1000, "at most 1000 characters");
const NewMessage = z.object({ text: Text }, "must be an object with text");
/** When, in UTC, and whether the one who reads it has written it. */
type Message = { from: string; text: string; at: string; mine: boolean };

/** Somebody in the chat: the id of the connection, and the name that others see. */
type Member = { id: string; name: string };

/** A place for a few people. */
class Room {
  readonly slots: number;
  readonly #members = new Set<Member>();

  constructor(slots = 2) {
    if (!Number.isInteger(slots) || slots < 2) throw new RangeError("a room has 2 slots or more");
    this.slots = slots;
  }

  get members(): Member[] {
    return [...this.#members];
  }

  add(member: Member) {
    if (this.#members.size === this.slots) throw new Error("the room is full");
    this.#members.add(member);
  }

  /** Does nothing where nobody is to be removed. */
  remove(member: Member) {
    this.#members.delete(member);
  }
}

/** Who waits, and who is in which room. */
class Lobby {
  /** In the order in which they came. */
  readonly #queue = new Set<Member>();
  readonly #rooms = new Map<Member, Room>();

  roomOf(member: Member): Room | undefined {
    return this.#rooms.get(member);
  }

  /** Lets somebody wait. Returns how many were there before. */
  join(member: Member): number {
    if (this.#queue.has(member)) throw createError(409, "already waiting");
    if (this.#rooms.has(member)) throw createError(409, "already paired");
    this.#queue.add(member);
    return this.#queue.size - 1;
  }

  /** Lets those who wait meet: who comes second meets who came first. Returns the new rooms. */
  round(): Room[] {
    const rooms: Room[] = [];
    const waiting = [...this.#queue];
    while (waiting.length >= 2) rooms.push(this.#seat(waiting.splice(0, 2)));
    return rooms;
  }

  #seat(members: Member[]): Room {
    const room = new Room();
    for (const member of members) {
      this.#queue.delete(member);
      room.add(member);
      this.#rooms.set(member, room);
    }
    return room;
  }

  /** Ends somebody's waiting or chat. Returns who stays behind. */
  leave(member: Member): Member[] {
    const isInChat = this.#queue.has(member) || this.#rooms.has(member);
    if (!isInChat) throw createError(409, "not in a chat");
    return this.lose(member);
  }

  /** Forgets somebody, wherever they are. Returns who stays behind. */
  lose(member: Member): Member[] {
    this.#queue.delete(member);
    const room = this.#rooms.get(member);
    room?.remove(member);
    this.#rooms.delete(member);
    const others = room?.members ?? [];
    // One alone has nobody to talk to: the room is closed, and nobody can come into it.
    for (const other of others) this.#rooms.delete(other);
    return others;
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

/** Tells those who stay behind that one is gone. */
const tellLeft = (member: Member, others: Member[], reason: "left" | "lost") => {
  for (const { id } of others) io.to(id).emit("partner_left", { partner: member.name, reason });
};

const startRound = () => {
  for (const { members } of lobby.round()) {
    for (const { id, name } of members) {
      const partners = members.filter((other) => other.id !== id).map((other) => other.name);
      io.to(id).emit("matched", { you: name, partners });
    }
  }
};

io.on("connection", (socket) => {
  // A counter would tell how many have come.
  const member: Member = { id: socket.id, name: `User${randomInt(100_000, 1_000_000)}` };
  socket.on("join", (...values) => {
    const ahead = accept(values, "waiting", () => lobby.join(member));
    if (ahead === undefined) return;
    socket.emit("waiting", { ahead });
    startRound();
  });
  socket.on("message", (...values) => {
    const sent = accept(values, "paired", (input) => {
      const room = lobby.roomOf(member);
      if (!room) throw createError(409, "not paired");
      return { room, text: NewMessage.parse(input).text };
    });
    if (!sent) return;
    const message = { from: member.name, text: sent.text, at: new Date().toISOString() };
    // To both, the sender included: the order on both pages is the server's.
    for (const { id } of sent.room.members)
      io.to(id).emit("message", { ...message, mine: id === member.id });
  });
  socket.on("leave", (...values) => {
    const others = accept(values, "idle", () => lobby.leave(member));
    if (others) tellLeft(member, others, "left");
  });
  socket.on("disconnect", () => {
    tellLeft(member, lobby.lose(member), "lost");
  });
});

// --- errors ---

app.use((req) => {
  throw createError(404, `No page for ${req.method} ${req.originalUrl}`);
});

const toHttpError = (error: Error) => {
  if (!(error instanceof z.ZodError)) return createError(error);
  const faults = error.issues.map(({ path, message }) => [...path, message].join(": "));
  return createError(422, faults.join("; "));
};

const toAnswer = (error: Error) => {
  const { status, expose, message } = toHttpError(error);
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
