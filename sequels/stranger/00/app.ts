import { once } from "node:events";
import { basename, join } from "node:path";
import express, { type NextFunction, type Request, type Response } from "express";
import createError from "http-errors";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();
// One page has one address: /chat, and neither /chat/ nor /Chat.
app.enable("strict routing");
app.enable("case sensitive routing");

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
  await once(app.listen(Number(PORT), HOST), "listening");
  console.log(`step ${VERSION} listens on ${ADDRESS}`);
} catch (error) {
  console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`);
  process.exit(1);
}
