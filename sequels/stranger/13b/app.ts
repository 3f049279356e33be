import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import express, { type NextFunction, type Request, type Response } from "express";
import session from "express-session";
import createError from "http-errors";
import { Server } from "socket.io";
import { type ClientEvents, disconnect, type ServerEvents, startChat } from "./lib/chat.ts";
import { toAnswer } from "./lib/errors.ts";
import { countGuess, isForeign } from "./lib/limits.ts";
import { hashPassword, isPassword } from "./lib/passwords.ts";
import { flash, greet, readSecrets, renew, takeFlashes } from "./lib/sessions.ts";
import { SessionStore } from "./lib/store.ts";
import { Login, NewUser, openUsers, type User } from "./lib/users.ts";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || 5001;
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

// Whoever runs the app for others sets this; without it, the app is being written.
const IS_PRODUCTION = process.env.NODE_ENV === "production";
// The addresses of the proxies in front, such as "loopback": they say in a header who asks.
const TRUST_PROXY = process.env.TRUST_PROXY || "";
const FOLDER = join(import.meta.dirname, "instance");

const app = express();
// One page has one address: /chat, and neither /chat/ nor /Chat.
app.enable("strict routing");
app.enable("case sensitive routing");
try {
  if (TRUST_PROXY) app.set("trust proxy", TRUST_PROXY);
} catch (error) {
  console.error(`Cannot trust ${TRUST_PROXY} (${error}): TRUST_PROXY is loopback or addresses.`);
  process.exit(1);
}
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

const { insertUser, selectUser } = openUsers(db);
const store = new SessionStore(db);

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
  store,
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
  const { user, anonName = null } = req.session;
  res.json({ name: user?.username ?? anonName, loggedIn: user !== undefined });
});

// --- front ---

app.set("view engine", "ejs");
app.set("views", join(import.meta.dirname, "views"));

app.use((req, res, next) => {
  // What is in `locals` can be read by the templates: the navigation marks the page that is shown.
  res.locals.path = req.path;
  next();
});

app.use((req, _res, next) => {
  const isHarmless = req.method === "GET" || req.method === "HEAD";
  if (!isHarmless && isForeign(req.headers)) throw createError(403, "This form is of another site");
  next();
});

app.use(express.static(join(import.meta.dirname, "public")));

// The longest names and passwords fit, and nothing is read that is much longer.
const readForm = express.urlencoded({ extended: false, limit: "10kb" });

/** Gives the session a new id, and has the visitor's sockets begin anew once that was answered. */
const begin = async (req: Request, res: Response) => {
  const { visitorId } = req.session;
  await renew(req);
  if (visitorId) res.on("close", () => disconnect(io, visitorId));
};

/** Lets a user in, under a new session id. */
const logIn = async (req: Request, res: Response, { id, username }: User, sentence: string) => {
  await begin(req, res);
  req.session.user = { id, username };
  flash(req.session, sentence);
  res.redirect(303, "/");
};

// Hashing takes its time. Only then the session is read: the less comes between that and its change, the better.
app.post("/register", readForm, async (req, res, next) => {
  const { username, password } = NewUser.parse({ ...req.body });
  const password_hash = await hashPassword(password);
  const created_at = new Date().toISOString();
  // Whether the name is free is asked and answered in one statement: two may come at once.
  const [user] = insertUser.all({ username, password_hash, created_at });
  if (!user) throw createError(409, "username: is taken");
  res.locals.account = user;
  next();
});
app.post("/register", useSession, async (req, res) => {
  await logIn(req, res, res.locals.account, "You are logged in.");
});

app.post("/login", readForm, async (req, res, next) => {
  const { username, password } = Login.parse({ ...req.body });
  const user = selectUser.get(username);
  const takeBack = countGuess(username, req.ip ?? "");
  let isWrong = false;
  try {
    // Also where nobody has this name: the answer, and its time, do not tell which names there are.
    isWrong = !(await isPassword(password, user?.password_hash));
  } finally {
    if (!isWrong) takeBack();
  }
  if (!isWrong) res.locals.account = user;
  next();
});
app.post("/login", useSession, async (req, res) => {
  const { account } = res.locals;
  if (account) return logIn(req, res, account, `Welcome back ${account.username}!`);
  flash(req.session, "Wrong username or password.");
  res.redirect(303, "/login");
});

app.post("/logout", useSession, async (req, res) => {
  await begin(req, res);
  flash(req.session, "You are logged out.");
  res.redirect(303, "/");
});

app.use(useSession, (req, res, next) => {
  // Pages are for one visitor, and of this moment: no memory keeps them.
  res.set("Cache-Control", "no-store");
  res.locals.user = req.session.user;
  // Called by the page that shows them. Whoever asks for the head of a page alone does not see them.
  res.locals.takeFlashes = () => (req.method === "GET" ? takeFlashes(req.session) : []);
  next();
});

app.get("/", (_req, res) => {
  res.render("index");
});

app.get("/chat", (req, res) => {
  greet(req.session, (name) => store.hasName(name));
  const { user, anonName } = req.session;
  res.render("chat", { name: user?.username ?? anonName });
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

app.use((thrown: Error, _req: Request, res: Response, next: NextFunction) => {
  // A session is stored at the end of an answer. Where that fails, the answer is on its way.
  if (res.headersSent) console.error(thrown);
  else next(thrown);
});

app.use("/api", (thrown: Error, _req: Request, res: Response, _next: NextFunction) => {
  const { status, headers, error } = toAnswer(thrown);
  res.status(status).set(headers).json({ error });
});

// A page about an error shows who is logged in, too.
app.use((thrown: Error, req: Request, res: Response, next: NextFunction) =>
  useSession(req, res, () => next(thrown)),
);

app.use((thrown: Error, req: Request, res: Response, _next: NextFunction) => {
  const answer = toAnswer(thrown);
  res.locals.user = req.session?.user;
  res.status(answer.status).set(answer.headers);
  // What is wrong with a form stands above the form.
  const isOfForm = req.method === "POST" && ["/register", "/login"].includes(req.path);
  res.render(isOfForm ? "login" : "error", answer);
});

// --- clean ---

let cleaned = 0;
const clean = () => {
  // Looked at once a second, not slept until it is over: laptops sleep, and clocks are set.
  if (Math.abs(Date.now() - cleaned) < 60_000) return;
  cleaned = Date.now();
  try {
    store.clean();
  } catch (error) {
    // A database that is busy is no reason to end: in a minute it is tried again.
    console.error(error);
  }
};
clean();
const cleanTimer = setInterval(clean, 1000);

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

let isStopping = false;
/** Ends in order: all are told, nothing new comes in, what came in is answered, the database is closed. */
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  clearInterval(cleanTimer);
  io.emit("system", { text: "The server stops, and all chats end. Come back in a minute." });
  // Ends the sockets, and takes no new connection; requests that run are answered.
  const closed = io.close();
  server.closeIdleConnections();
  // Whoever reads an answer too slowly is not waited for.
  setTimeout(() => server.closeAllConnections(), 2000).unref();
  await closed;
  db.close();
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
