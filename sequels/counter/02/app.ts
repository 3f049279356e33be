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

// --- api ---

app.get("/api", (_req, res) => {
  res.json({ version: VERSION });
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
type ServerEvents = { click: (click: NewClick) => void };

/** Checks what an event brings, and acknowledges it. Returns undefined where it is refused. */
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

io.on("connection", (socket) => {
  socket.on("click", (...values) => {
    const click = accept(values, (input) => NewClick.parse(input));
    // To all, the sender included: the count of every page rises by the same event.
    if (click) io.emit("click", click);
  });
});

// --- errors ---

app.use((req) => {
  throw createError(404, `No route for ${req.method} ${req.originalUrl}`);
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
