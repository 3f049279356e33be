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

type ClientEvents = { click: (...values: unknown[]) => void };
type ServerEvents = { click: (click: unknown) => void };

io.on("connection", (socket) => {
  socket.on("click", (click) => {
    // To all, the sender included: the count of every page rises by the same event.
    io.emit("click", click);
  });
});

// --- errors ---

app.use((req) => {
  throw createError(404, `No route for ${req.method} ${req.originalUrl}`);
});

const toAnswer = (error: Error) => {
  const { status, expose, message } = createError(error);
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
