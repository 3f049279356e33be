// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Edit, faults, script } from "../table.ts";

const chat = (from: string, to: string): Edit => ["lib/chat.ts", from, to];
const errors = (from: string, to: string): Edit => ["lib/errors.ts", from, to];
const limits = (from: string, to: string): Edit => ["lib/limits.ts", from, to];
const lobby = (from: string, to: string): Edit => ["lib/lobby.ts", from, to];
const passwords = (from: string, to: string): Edit => ["lib/passwords.ts", from, to];
const sessions = (from: string, to: string): Edit => ["lib/sessions.ts", from, to];
const store = (from: string, to: string): Edit => ["lib/store.ts", from, to];
const users = (from: string, to: string): Edit => ["lib/users.ts", from, to];
const view = (name: string, from: string, to: string): Edit => [`views/${name}.ejs`, from, to];

const NAME_PATTERN = "/^[a-z0-9_]{3,20}$/";
const COUNTED = "[...it].length >= 8 && [...it].length <= 128";
const HASH = "  const salt = randomBytes(16);\n  return toText(";
const IS_TAKEN = '  if (!user) throw createError(409, "username: is taken");\n';
const OLD_SID = "req.session.regenerate((error) => {";
const IS_RIGHT = "if (await isPassword(password, user?.password_hash)) res.locals.account = user;";
const SITE = '  if (site) return site !== "same-origin" && site !== "none";\n';
const CLEAN =
  "  try {\n    store.clean();\n  } catch (error) {\n    // A database that is busy is no reason to end: in a minute it is tried again.\n    console.error(error);\n  }\n";

/** 08b to 09d: accounts, their passwords, their names, and the queue before them. */
const wrongAccounts = [
  ...faults("08b", [
    [
      "what went wrong inside is told to all",
      "such as a path of ours, is not",
      errors('expose ? message : "Internal server error"', "message"),
    ],
    [
      "what went wrong inside is told to nobody",
      "such as a path of ours, is not",
      errors("  if (status >= 500) console.error(error);\n", ""),
    ],
    [
      "a fault of the input is one of the server",
      "turned into an answer without a server",
      errors("createError(422, faults", "createError(500, faults"),
    ],
    [
      "the chat asks for no session",
      "the app is there as before",
      chat("  io.engine.use(useSession);\n", ""),
    ],
  ]),
  ...faults("09", [
    [
      "an id is given again",
      "no id is given twice",
      users("PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY"),
    ],
    [
      "ids that are nothing",
      "no id is given twice",
      users("id INTEGER PRIMARY KEY AUTOINCREMENT", "id INTEGER UNIQUE"),
    ],
    ["a table of any types", "the table users is STRICT", users(") STRICT", ")")],
    [
      "to the database, Ada and ada are two",
      "large and small letters are the same",
      users(" COLLATE NOCASE", ""),
    ],
    [
      "a name that is taken is an error of the server",
      "refused with status 409",
      users("ON CONFLICT (username) DO NOTHING RETURNING", "RETURNING"),
    ],
    [
      "who comes second has the account",
      "stays whose it was",
      users("DO NOTHING", "DO UPDATE SET created_at = excluded.created_at"),
    ],
    [
      "first it looks, then it waits, then it inserts",
      "of several who want one name at the same moment",
      app("readForm, (req, res) => {", "readForm, async (req, res) => {"),
      app(
        "  const [user] = insertUser.all(",
        '  if (db.prepare("SELECT 1 FROM users WHERE username = ?").get(username))\n    throw createError(409, "username: is taken");\n  await new Promise((done) => setTimeout(done, 20));\n  insertUser.all(',
      ),
      app(IS_TAKEN, ""),
    ],
    [
      "forms of any length",
      "what is no form, too long",
      app('limit: "10kb"', 'limit: "50mb", parameterLimit: 1_000_000'),
    ],
    ["the pattern has no end", "a name has 3 to 20", users(NAME_PATTERN, "/^[a-z0-9_]{3,20}/")],
    [
      "one line of many has to fit",
      "a name has 3 to 20",
      users(NAME_PATTERN, "/^[a-z0-9_]{3,20}$/m"),
    ],
    ["capitals are others", "a name has 3 to 20", users(NAME_PATTERN, "/^[a-z0-9_]{3,20}$/i")],
    ["two letters will do", "a name has 3 to 20", users("{3,20}", "{2,20}")],
    [
      "sent on with status 302",
      "led on with status 303",
      app('res.redirect(303, "/login")', 'res.redirect("/login")'),
    ],
    ["a time of one place", "is kept", app("new Date().toISOString()", "new Date().toString()")],
    [
      "what is wrong is HTML",
      "stands in the answer as text",
      users(
        '"must be 3 to 20 of a to z, 0 to 9, _"',
        "{ error: ({ input }) => `${input} is not of a to z, 0 to 9, _` }",
      ),
      view("login", "<%= error %>", "<%- error %>"),
    ],
    [
      "a name that is missing is an error of the server",
      "never an error of the server",
      app("NewUser.parse({ ...req.body })", "NewUser.parse(req.body)"),
      users(
        'field.regex(/^[a-z0-9_]{3,20}$/, "must be 3 to 20 of a to z, 0 to 9, _")',
        "z.any().transform((it) => it.trim()).pipe(z.string().regex(/^[a-z0-9_]{3,20}$/))",
      ),
    ],
    [
      "all begin anew with each start",
      "there after a restart",
      users(
        "CREATE TABLE IF NOT EXISTS users",
        "DROP TABLE IF EXISTS users;\n    CREATE TABLE users",
      ),
    ],
    [
      "the form is gone where it is wrong",
      "a name that is taken",
      app('isOfForm ? "login" : "error"', '"error"'),
    ],
    [
      "a page that is not there shows the form",
      "no page /register to read",
      app('req.method === "POST" && req.path', "req.path"),
    ],
  ]),
  ...faults("09b", [
    [
      "the password itself is kept",
      "by argon2id",
      passwords(
        "return toText(salt, await derive(password, salt, MEMORY, PASSES));",
        "return password;",
      ),
    ],
    [
      "a quick hash",
      "by argon2id",
      passwords("import { argon2, randomBytes }", "import { argon2, createHash, randomBytes }"),
      passwords(
        "await derive(password, salt, MEMORY, PASSES)",
        'createHash("sha256").update(salt).update(password).digest()',
      ),
    ],
    ["another kind of argon2", "by argon2id", passwords('"argon2id", {', '"argon2d", {')],
    [
      "one salt for all",
      "two equal passwords do not look equal",
      passwords(
        `export const hashPassword = async (password: string): Promise<string> => {\n${HASH}`,
        "const salt = randomBytes(16);\nexport const hashPassword = async (password: string): Promise<string> => {\n  return toText(",
      ),
    ],
    [
      "a salt of the password",
      "two equal passwords do not look equal",
      passwords("import { argon2, randomBytes }", "import { argon2, createHash }"),
      passwords("randomBytes(16)", 'createHash("md5").update(password).digest()'),
    ],
    [
      "HASH_MEMORY says nothing",
      "by argon2id, with its parameters",
      passwords("Number(process.env.HASH_MEMORY || 19_456)", "19_456"),
    ],
    [
      "as little memory as in checks",
      "without HASH_MEMORY a hash takes 19 MiB",
      passwords("Number(process.env.HASH_MEMORY || 19_456)", "64"),
    ],
    [
      "less memory is cheaper",
      "without HASH_MEMORY a hash takes 19 MiB",
      passwords("19_456", "1024"),
    ],
    ["one pass", "by argon2id, with its parameters", passwords("PASSES = 2", "PASSES = 1")],
    [
      "a length in halves of characters",
      "as people count them",
      users(COUNTED, "it.length >= 8 && it.length <= 128"),
    ],
    ["seven will do", "8 to 128 characters", users("length >= 8", "length >= 7")],
    ["without an end", "8 to 128 characters", users(" && [...it].length <= 128", "")],
    [
      "spaces are thrown away",
      "any characters will do",
      users("password: field.refine(", "password: field.trim().refine("),
    ],
    [
      "the end is cut off",
      "none is cut off",
      passwords("message: password,", "message: password.slice(0, 72),"),
    ],
    [
      "printed, to look for a fault",
      "not in what the app prints",
      app("  const password_hash =", "  console.log(req.body);\n  const password_hash ="),
    ],
    [
      "the other field is not looked at",
      "not repeated is refused",
      users("=> password === confirmation,", "=> password.length >= 0 || confirmation,"),
    ],
  ]),
  ...faults(
    "09b",
    [
      [
        "first it looks, then it hashes, then it inserts",
        "of several who want one name at the same moment",
        app(
          "  const password_hash =",
          '  if (db.prepare("SELECT 1 FROM users WHERE username = ?").get(username))\n    throw createError(409, "username: is taken");\n  const password_hash =',
        ),
        app(IS_TAKEN, ""),
      ],
    ],
    "09",
  ),
  ...faults("09c", [
    [
      "looked at before it is made one",
      "is kept for them, however it is written",
      users(
        '      .refine((it) => !/^user\\d+$/.test(it), "is kept for visitors without an account"),\n',
        ",\n",
      ),
      users(
        "username: field\n",
        'username: field\n      .refine((it) => !/^user\\d+$/.test(it), "is kept for visitors without an account")\n',
      ),
    ],
    [
      "only as it is given",
      "is kept for them, however it is written",
      users("/^user\\d+$/", "/^User\\d+$/"),
    ],
    ["only as long as given", "is kept for them", users("/^user\\d+$/", "/^user\\d{6}$/")],
    ["reserved without an end", "what only resembles", users("/^user\\d+$/", "/^user\\d+/")],
    ["reserved without a beginning", "what only resembles", users("/^user\\d+$/", "/user\\d+$/")],
    [
      "wide letters are others",
      "names that look alike are one name",
      users('text.normalize("NFKC").trim()', "text.trim()"),
    ],
    [
      "only accents are put together",
      "names that look alike are one name",
      users('text.normalize("NFKC").trim()', 'text.normalize("NFC").trim()'),
    ],
    [
      "capitals are kept",
      "kept in small letters",
      users(".trim().toLowerCase()", ".trim()"),
      users(NAME_PATTERN, "/^[a-z0-9_]{3,20}$/i"),
      users("/^user\\d+$/", "/^user\\d+$/i"),
    ],
    [
      "each keyboard has its password",
      "typed on two keyboards",
      users(
        'toPassword = (text: string) => text.normalize("NFKC")',
        "toPassword = (text: string) => text",
      ),
    ],
    [
      "only accents of a password are put together",
      "so is one in wide letters",
      users('=> text.normalize("NFKC");', '=> text.normalize("NFC");'),
    ],
    [
      "capitals of a password are no matter",
      "of a password are not the same",
      users('=> text.normalize("NFKC");', '=> text.normalize("NFKC").toLowerCase();'),
    ],
    [
      "a password without its spaces",
      "of a password are not the same",
      users('=> text.normalize("NFKC");', '=> text.normalize("NFKC").trim();'),
    ],
    [
      "counted before it is made one",
      "counted in the form that is hashed",
      users("    password: field\n      .transform(toPassword)\n", "    password: field\n"),
      users(
        '        "must have 8 to 128 characters",\n      )',
        '        "must have 8 to 128 characters",\n      )\n      .transform(toPassword)',
      ),
    ],
  ]),
  ...faults("09d", [
    ["all at once", "of 60 who come at once", passwords("AT_ONCE = 2", "AT_ONCE = 1000")],
    [
      "a queue without an end",
      "of 60 who come at once",
      passwords("MOST_WAITING = 20", "MOST_WAITING = Number.MAX_SAFE_INTEGER"),
    ],
    [
      "nobody may wait",
      "of 60 who come at once",
      passwords("MOST_WAITING = 20", "MOST_WAITING = 0"),
    ],
    [
      "hashes that hold up the whole server",
      "of 60 who come at once",
      passwords("import { argon2, randomBytes }", "import { argon2Sync, randomBytes }"),
      passwords(
        'promisify(argon2)("argon2id", {',
        'promisify((done: (error: null, hash: Buffer) => void) => done(null, argon2Sync("argon2id", {',
      ),
      passwords("      tagLength: 32,\n    }),\n", "      tagLength: 32,\n    })))(),\n"),
    ],
    [
      "a place is not handed over",
      "of 60 who come at once",
      passwords(
        "    const goOn = waiting.shift();\n    if (goOn) goOn();\n    else running -= 1;\n",
        "    running -= 1;\n",
      ),
    ],
    [
      "a place is never given back",
      "when the crowd is gone, it is as before",
      passwords("    else running -= 1;\n", ""),
    ],
    [
      "with each one who waited there is a place more",
      "when the crowd is gone, it is as before",
      passwords(
        "    if (goOn) goOn();\n    else running -= 1;\n",
        "    if (goOn) goOn();\n    running -= 1;\n",
      ),
    ],
    [
      "it does not say when to come again",
      "of 60 who come at once",
      passwords('try again in 5 seconds", { headers });', 'try again in 5 seconds");'),
    ],
    [
      "when to come again is not sent",
      "of 60 who come at once",
      app("  res.status(answer.status).set(answer.headers);\n", "  res.status(answer.status);\n"),
    ],
    [
      "who is too many is an error of the server",
      "of 60 who come at once",
      passwords("createError(429,", "createError(500,"),
    ],
    [
      "hashed before it is looked at",
      "a form that is refused takes nobody's place",
      app(
        "  const { username, password } = NewUser.parse({ ...req.body });\n  const password_hash = await hashPassword(password);",
        "  const password_hash = await hashPassword(String(req.body?.password));\n  const { username } = NewUser.parse({ ...req.body });",
      ),
    ],
  ]),
];

/** 10 to 11c: messages, login and logout, sessions on the disk, the end. */
const wrongSessions = [
  ...faults("10", [
    [
      "shown on each page",
      "so is who has been in the chat before",
      sessions("  delete session.flashes;\n", ""),
    ],
    [
      "the last one wins",
      "two that wait are two",
      sessions("[...(session.flashes ?? []), sentence]", "[sentence]"),
    ],
    [
      "one list for all visitors",
      "nobody else sees it",
      sessions(
        "export const flash = (session: Partial<SessionData>, sentence: string) => {\n  session.flashes = [...(session.flashes ?? []), sentence];",
        "const all: string[] = [];\nexport const flash = (_: Partial<SessionData>, sentence: string) => {\n  all.push(sentence);",
      ),
      sessions(
        "  const { flashes = [] } = session;\n  delete session.flashes;\n  return flashes;",
        "  return session ? all.splice(0) : [];",
      ),
    ],
    [
      "a look at the head is a look",
      "to ask for the head of",
      app('req.method === "GET" ? takeFlashes(req.session) : []', "takeFlashes(req.session)"),
    ],
    [
      "the api takes it away",
      "nor does what is no page",
      app(
        'app.get("/api/me", useSession, (req, res) => {\n',
        'app.get("/api/me", useSession, (req, res) => {\n  takeFlashes(req.session);\n',
      ),
    ],
    [
      "taken on all pages, shown on one",
      "the message stands on the next page, also if that is",
      view(
        "top",
        "of locals.takeFlashes?.() ?? []",
        'of [locals.takeFlashes?.() ?? []].flatMap((all) => (path === "/" ? all : []))',
      ),
    ],
    [
      "a button for all of them",
      "takes away this one message",
      view(
        "top",
        "this.parentElement.remove()",
        "document.querySelectorAll('.flash').forEach((it) => it.remove())",
      ),
    ],
    [
      "said before it is done",
      "a form that is refused",
      app(
        'app.post("/register", readForm, async',
        'app.post("/register", readForm, useSession, (req, _res, next) => {\n  flash(req.session, "Your account is made.");\n  next();\n});\napp.post("/register", async',
      ),
      app('  flash(req.session, "Your account is made.");\n  res.redirect', "  res.redirect"),
    ],
    [
      "a button that loads the page again",
      "takes away this one message",
      view("top", "this.parentElement.remove()", "location.reload()"),
    ],
  ]),
  ...faults("10b", [
    [
      "a login under the old id",
      "brings a new session id",
      app("  await renew(req);\n  req.session.user =", "  req.session.user ="),
    ],
    [
      "a logout that keeps the session",
      "brings a new session id",
      app(
        '  await renew(req);\n  flash(req.session, "You are logged out.");',
        '  delete req.session.user;\n  flash(req.session, "You are logged out.");',
      ),
    ],
    [
      "a new id, and the old one as well",
      "the old one is dead",
      sessions(OLD_SID, "req.sessionStore.generate(req);\n    setImmediate((error?: Error) => {"),
    ],
    [
      "logout ends nothing",
      "logout ends that",
      sessions(
        "const { visitorId, anonName, flashes } = req.session;",
        "const { visitorId, anonName, flashes, user } = req.session;",
      ),
      sessions("{ visitorId, anonName, flashes });", "{ visitorId, anonName, flashes, user });"),
    ],
    [
      "who logs in is somebody else afterwards",
      "before and after the name of chance",
      sessions("{ visitorId, anonName, flashes });", "{ flashes });"),
    ],
    [
      "a logout for all",
      "logout ends this session alone",
      app(
        '  await renew(req);\n  flash(req.session, "You are logged out.");',
        '  await new Promise<void>((done) => req.sessionStore.clear?.(() => done()));\n  await renew(req);\n  flash(req.session, "You are logged out.");',
      ),
    ],
    [
      "it says that nobody is called so",
      "the answer to a name that nobody has is the same",
      app(
        '  flash(req.session, "Wrong username or password.");\n',
        '  flash(req.session, "Wrong username or password.");\n  if (!selectUser.get(req.body.username)) flash(req.session, "User not found.");\n',
      ),
    ],
    [
      "an unknown name is answered 404",
      "the answer to a name that nobody has is the same",
      app(
        "  const user = selectUser.get(username);\n",
        '  const user = selectUser.get(username);\n  if (!user) throw createError(404, "username: not found");\n',
      ),
    ],
    [
      "no hash where nobody is called so",
      "it takes as long, too",
      app(
        IS_RIGHT,
        "if (user && (await isPassword(password, user.password_hash))) res.locals.account = user;",
      ),
    ],
    [
      "a cheap hash where nobody is called so",
      "it takes as long, too",
      passwords(
        "stored = UNKNOWN): Promise<boolean> => {",
        'stored = UNKNOWN.replace(/\\d+/g, (it, at) => (at === 9 ? "64" : it))): Promise<boolean> => {',
      ),
    ],
    [
      "a wrong password is an error of the server",
      "a wrong password leads back to the login",
      app(IS_RIGHT, `${IS_RIGHT}\n  else throw new Error("wrong password");`),
    ],
    [
      "any password will do",
      "a wrong password leads back to the login",
      passwords(
        'return timingSafeEqual(derived, Buffer.from(hash, "base64"));',
        "return derived.length === 32;",
      ),
    ],
    [
      "all are logged in",
      "logout ends that",
      app("loggedIn: user !== undefined", "loggedIn: user !== null"),
    ],
    [
      "a page of an error knows nobody",
      "the navigation of each page",
      app("  res.locals.user = req.session?.user;\n", ""),
    ],
    [
      "the navigation is the same for all",
      "the navigation of each page",
      view("top", "<% if (locals.user) { %>", '<% if (locals.user && path === "/") { %>'),
    ],
    ["a link logs out", "a link to the logout", app('app.post("/logout"', 'app.all("/logout"')],
    [
      "a link logs in",
      "a link to the logout does not log out, nor one to the login in",
      app(
        'app.post("/login", readForm, async (req, res, next) => {\n  const { username, password } = Login.parse({ ...req.body });',
        'app.all("/login", readForm, async (req, res, next) => {\n  if (req.method !== "POST" && !req.query.username) return next("router");\n  const { username, password } = Login.parse({ ...req.query, ...req.body });',
      ),
      app('app.post("/login", useSession', 'app.all("/login", useSession'),
    ],
    [
      "compared by what is usual now",
      "with the memory and passes that it was made with",
      passwords(
        "derive(password, bytes, Number(memory), Number(passes))",
        "derive(password, bytes, MEMORY, PASSES)",
      ),
      passwords("[, memory, passes, salt", "[, , , salt"),
    ],
    [
      "the end of a password counts for nothing",
      "each one counts, to the last",
      passwords("message: password,", "message: password.slice(0, 72),"),
    ],
    [
      "a login takes the letters as they come",
      "however a keyboard puts its accents together",
      users("  password: field.transform(toPassword),\n});", "  password: field,\n});"),
    ],
    [
      "a login takes the name as it comes",
      "the name may be written in capitals",
      users(
        "export const Login = z.object({\n  username: field.transform(toName)",
        "export const Login = z.object({\n  username: field",
      ),
    ],
    [
      "a message is HTML",
      "markup in a name stays text",
      view("top", "<%= flash %>", "<%- flash %>"),
    ],
    [
      "a name is HTML",
      "markup in a name stays text",
      view("top", "<%= user.username %>", "<%- user.username %>"),
    ],
    [
      "what is typed is printed",
      "no password stands in a file",
      app(
        "Login.parse({ ...req.body });",
        "Login.parse({ ...req.body });\n  console.log(`login of ${username} with ${password}`);",
      ),
    ],
  ]),
  ...faults(
    "10b",
    [
      [
        "a login takes away what waits",
        "two that wait are two",
        sessions("{ visitorId, anonName, flashes });", "{ visitorId, anonName });"),
      ],
    ],
    "10",
  ),
  ...faults("11", [
    [
      "the table stays empty",
      "after a restart all are who they were",
      app("  store,\n  secret,", "  secret,"),
    ],
    [
      "ids as they are",
      "the id in a cookie stands in no file",
      store('createHash("sha256").update(sid).digest("base64url")', "sid"),
      store('import { createHash } from "node:crypto";\n', ""),
    ],
    [
      "what has expired is let in",
      "a session that has expired is none",
      store("AND expires_at > ?", "AND ? > 0"),
    ],
    [
      "a session of 30 days",
      "expires after seven days",
      store("(session.cookie.originalMaxAge ?? 0)", "30 * 86_400_000"),
    ],
    [
      "what is destroyed stays",
      "who has logged out is not logged in",
      store("      this.#delete.run(hashOf(sid));\n", ""),
    ],
    [
      "written once, and never again",
      "a message that waits is shown after the restart, and once",
      store("DO UPDATE SET data = @data, expires_at = @expires_at", "DO NOTHING"),
    ],
    [
      "no index",
      "with an index on that time",
      store("      CREATE INDEX IF NOT EXISTS sessions_expires_at ON sessions (expires_at);\n", ""),
    ],
    ["a table of any types", "the table sessions", store(") STRICT;", ");")],
    [
      "what goes wrong is nothing",
      "answers 503",
      store("    return done?.(error);\n", "    console.error(error);\n    return done?.(null);\n"),
    ],
    [
      "what goes wrong ends the process",
      "and ends nothing",
      store("    return done?.(error);\n", "    throw error;\n"),
    ],
    [
      "all wait for another program",
      "while another program writes into the database",
      app(", { timeout: 1000 }", ""),
    ],
    [
      "a row for each look",
      "who only looks around makes no row",
      app("saveUninitialized: false", "saveUninitialized: true"),
    ],
  ]),
  ...faults("11b", [
    [
      "what is deleted can be read",
      "nothing of visitors and of what they said",
      store('    db.pragma("secure_delete = ON");\n', ""),
    ],
    [
      "the log is not emptied",
      "nothing of visitors and of what they said",
      store('    this.#db.pragma("wal_checkpoint(TRUNCATE)");\n', ""),
    ],
    [
      "the log is read, and stays",
      "nothing of visitors and of what they said",
      store("wal_checkpoint(TRUNCATE)", "wal_checkpoint(PASSIVE)"),
    ],
    [
      "what has expired stays",
      "nothing of visitors and of what they said",
      store("    this.#deleteExpired.run(Date.now());\n", ""),
    ],
    [
      "cleaned at the start alone",
      "nothing of visitors and of what they said",
      app("setInterval(clean, 1000);\n", ""),
    ],
    [
      "all are thrown out",
      "who came later stays",
      store("DELETE FROM sessions WHERE expires_at <= ?", "DELETE FROM sessions WHERE ? > 0"),
    ],
    [
      "a clock that only goes on",
      "where the clock was before",
      app("Math.abs(Date.now() - cleaned) < 60_000", "Date.now() - cleaned < 60_000"),
    ],
    ["a database that is busy ends the process", "ends nothing", app(CLEAN, "  store.clean();\n")],
    [
      "a database that is busy ends the cleaning",
      "a minute later it is tried again",
      app("setInterval(clean, 1000);", "const timer = setInterval(clean, 1000);"),
      app(
        "    console.error(error);\n  }\n};\nclean();",
        "    clearInterval(timer);\n  }\n};\nclean();",
      ),
    ],
    [
      "where a visitor comes from is kept",
      "no address of a visitor",
      app(
        "  greet(req.session,",
        "  Object.assign(req.session, { address: req.ip });\n  greet(req.session,",
      ),
    ],
    [
      "where a visitor comes from is printed",
      "no address of a visitor",
      app(
        "  res.locals.path = req.path;\n",
        "  res.locals.path = req.path;\n  console.log(req.method, req.path, req.ip);\n",
      ),
    ],
    ["as many as come", "at most 100,000 sessions", store("      this.#deleteOldest.run();\n", "")],
    [
      "the newest go",
      "at most 100,000 sessions",
      store(
        "SELECT sid_hash FROM sessions ORDER BY expires_at\n",
        "SELECT sid_hash FROM sessions ORDER BY expires_at DESC\n",
      ),
    ],
  ]),
  ...faults(
    "11b",
    [
      [
        "names by a counter",
        "200 visitors have 200 names",
        sessions(
          "  do session.anonName = `User${randomInt(100_000, 1_000_000)}`;\n  while (isTaken(session.anonName));\n",
          "  session.anonName = `User${100_000 + ++counted}`;\n",
        ),
        sessions(
          "/** Makes a visitor of whoever is none yet",
          "let counted = 0;\n/** Makes a visitor of whoever is none yet",
        ),
      ],
      [
        "names by chance, whoever has them",
        "a name of chance that is in somebody's session",
        sessions("while (isTaken(session.anonName));", 'while (isTaken(""));'),
      ],
    ],
    "11",
  ),
  ...faults("11c", [
    [
      "nobody is told",
      "it tells all who are connected",
      app(
        '  io.emit("system", { text: "The server stops, and all chats end. Come back in a minute." });\n',
        "",
      ),
    ],
    [
      "only those who talk are told",
      "it tells all who are connected",
      app('io.emit("system"', 'io.to("talking").emit("system"'),
    ],
    [
      "SIGTERM is not heard",
      "it tells all who are connected",
      app('["SIGINT", "SIGTERM"]', '["SIGINT"]'),
    ],
    [
      "it ends with 1",
      "it tells all who are connected",
      app("  db.close();\n};", "  db.close();\n  process.exit(1);\n};"),
    ],
    ["it never ends", "does not end within", app("  clearInterval(cleanTimer);\n", "")],
    [
      "the second signal kills",
      "twice in a row",
      app("process.on(signal, stop)", "process.once(signal, stop)"),
    ],
    [
      "it waits for who never ends",
      "twice in a row",
      app("  setTimeout(() => server.closeAllConnections(), 2000).unref();\n", ""),
    ],
    [
      "who asks is cut off",
      "a request that has begun is answered",
      app("server.closeIdleConnections();", "server.closeAllConnections();"),
    ],
    [
      "the database is closed first",
      "who has sent a form gets an answer",
      app("  await closed;\n  db.close();\n", "  db.close();\n  await closed;\n"),
    ],
    [
      "the page says nothing",
      "a page says that the server stops",
      script('socket.on("system", ({ text }) => {\n  addLine(text);\n});\n', ""),
    ],
  ]),
];

/** 12 to 14: sockets and accounts, limits, forms of others, groups. */
const wrongChats = [
  ...faults("12", [
    [
      "an account has as many tabs as it has devices",
      "an account has three tabs in all",
      ["lib/chat.ts", "      if (user) rooms.push(roomOf(user.username));\n", ""],
    ],
    [
      "sockets stay",
      "closes all connections of the visitor",
      app('  if (visitorId) res.on("close", () => disconnect(io, visitorId));\n', ""),
    ],
    [
      "one tab is closed",
      "closes all connections of the visitor",
      chat(
        "  io.in(roomOf(visitorId)).disconnectSockets(true);",
        '  const [first = ""] = io.of("/").adapter.rooms.get(roomOf(visitorId)) ?? [];\n  io.in(first).disconnectSockets(true);',
      ),
    ],
    [
      "everybody is cut off",
      "those of nobody else",
      chat(
        "io.in(roomOf(visitorId)).disconnectSockets(true);",
        "io.disconnectSockets(Boolean(roomOf(visitorId)));",
      ),
    ],
    [
      "not at a logout",
      "to log out closes all connections",
      app(
        '  await begin(req, res);\n  flash(req.session, "You are logged out.");',
        '  await renew(req);\n  flash(req.session, "You are logged out.");',
      ),
    ],
    [
      "the session of the handshake holds",
      "whose handshake began before",
      chat(
        "socket.request.session.reload((error) => {",
        "((act: (error?: Error) => void) => act())((error) => {",
      ),
    ],
    [
      "the name of chance in the chat",
      "bears the name of the account in the chat",
      chat("const name = user?.username ?? anonName;", "const name = user ? anonName : anonName;"),
    ],
    [
      "the page shows the name of chance",
      "the page of the chat shows the name of the account",
      app(
        'name: user?.username ?? anonName });\n});\n\napp.get("/login"',
        'name: user ? anonName : anonName });\n});\n\napp.get("/login"',
      ),
    ],
    ["an account meets itself", "never meets themselves", lobby(" || one.name === two.name", "")],
    [
      "a logout is one for all devices",
      "to log in on one device closes nothing on the other",
      app("  const { visitorId } = req.session;\n", "  const { visitorId, user } = req.session;\n"),
      app(
        '  if (visitorId) res.on("close",',
        '  if (user) disconnect(io, user.username);\n  if (visitorId) res.on("close",',
      ),
    ],
    [
      "closed before the answer, and the page comes back at once",
      "a login in another tab shows",
      app('res.on("close", () => disconnect(io, visitorId));', "disconnect(io, visitorId);"),
      script("setTimeout(() => socket.connect(), 1000)", "setTimeout(() => socket.connect(), 0)"),
    ],
    [
      "the page does not come back",
      "a login in another tab shows",
      script(
        '  if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);\n',
        "",
      ),
    ],
    [
      "the page keeps the name",
      "a login in another tab shows",
      script("  if (response?.ok) you.textContent = (await response.json()).name;\n", ""),
    ],
  ]),
  ...faults("13", [
    [
      "by address alone",
      "another name is let in from the same address",
      limits("    [`both ${address} ${name}`, 10],\n", "    [`both ${address}`, 10],\n"),
    ],
    [
      "by name alone",
      "the address counts that the proxy tells",
      limits("    [`both ${address} ${name}`, 10],\n", "    [`both ${name}`, 10],\n"),
    ],
    ["no limit of an address", "until 50 have failed", limits("`, 50],", "`, 5_000_000],")],
    ["no limit of a name", "of one name 200 may fail", limits("`, 200],", "`, 2_000_000],")],
    [
      "names that nobody has are free",
      "until 50 have failed from one address, over all names",
      app(
        'countGuess(username, req.ip ?? "");',
        'user ? countGuess(username, req.ip ?? "") : () => {};',
      ),
    ],
    [
      "counted when it is known",
      "at the same moment",
      app(
        'countGuess(username, req.ip ?? "");\n',
        'countGuess(username, req.ip ?? "");\n  takeBack();\n',
      ),
      app(
        "    if (!isWrong) takeBack();\n",
        '    try {\n      if (isWrong) countGuess(username, req.ip ?? "");\n    } catch {}\n',
      ),
    ],
    ["right ones count", "does not undo them", app("    if (!isWrong) takeBack();\n", "")],
    [
      "a right one undoes all wrong ones",
      "does not undo them",
      limits("if (index >= 0) times.splice(index, 1);", "if (index >= 0) times.length = 0;"),
    ],
    [
      "never forgotten",
      "15 minutes after the first failures",
      limits("?? []).filter((at) => at > now - GUESSES_MS)", "?? []).slice(-GUESSES_MS)"),
    ],
    [
      "forgotten after five minutes",
      "15 minutes after the first failures",
      limits("GUESSES_MS = 15 * 60_000", "GUESSES_MS = 5 * 60_000"),
    ],
    [
      "always the same time to wait",
      "15 minutes after the first failures",
      limits('"Retry-After": String(seconds)', '"Retry-After": "900"'),
    ],
    [
      "it does not say when to come again",
      "with a reason and Retry-After",
      limits("seconds`, { headers });", "seconds`);\n    void headers;"),
    ],
    [
      "all are believed where they come from",
      "nobody is believed who says that they come from elsewhere",
      app(
        'if (TRUST_PROXY) app.set("trust proxy", TRUST_PROXY);',
        'app.set("trust proxy", TRUST_PROXY || true);',
      ),
    ],
    [
      "TRUST_PROXY=true is accepted",
      "with TRUST_PROXY=true",
      app(
        'app.set("trust proxy", TRUST_PROXY);',
        'app.set("trust proxy", TRUST_PROXY === "true" || TRUST_PROXY);',
      ),
    ],
    [
      "counted as it is written",
      "of one name 200 may fail",
      app("countGuess(username,", "countGuess(String(req.body.username),"),
    ],
  ]),
  ...faults("13b", [
    ["Origin alone", "whether a logout is of our own page", limits(SITE, "")],
    [
      "nothing said is nothing to fear",
      "whether a logout is of our own page",
      limits("  return cookie !== undefined;", "  return cookie === null;"),
    ],
    [
      "programs are refused, too",
      "whether a logout is of our own page",
      limits("  return cookie !== undefined;", '  return cookie !== "";'),
    ],
    [
      "neighbours are let in",
      "whether a logout is of our own page",
      limits('site !== "none";', 'site !== "none" && site !== "same-site";'),
    ],
    [
      "only what is called a cross-site is refused",
      "whether a logout is of our own page",
      limits(
        'site !== "same-origin" && site !== "none";',
        'site === "cross-site" || site === "same-site";',
      ),
    ],
    [
      "null is no origin",
      "whether a logout is of our own page",
      limits("if (origin)", 'if (origin && origin !== "null")'),
    ],
    [
      "an origin that ends as ours",
      "whether a logout is of our own page",
      limits('origin.split("//")[1] !== host', '!origin.endsWith(host ?? "")'),
    ],
    [
      "any port of our host",
      "whether a logout is of our own page",
      limits(
        'origin.split("//")[1] !== host',
        'origin.split("//")[1]?.split(":")[0] !== host?.split(":")[0]',
      ),
    ],
    [
      "the logout alone",
      "so is each case of /login",
      app("if (!isHarmless && isForeign", 'if (req.path === "/logout" && isForeign'),
      app('  const isHarmless = req.method === "GET" || req.method === "HEAD";\n', ""),
    ],
    [
      "first the account, then the look",
      "makes no account",
      app(
        "if (!isHarmless && isForeign(",
        'if (!isHarmless && req.path !== "/register" && isForeign(',
      ),
      app(
        'app.post("/register", useSession, async (req, res) => {\n',
        'app.post("/register", useSession, async (req, res) => {\n  if (isForeign(req.headers)) throw createError(403, "This form is of another site");\n',
      ),
    ],
    [
      "to ask for the head is refused",
      "to read a page is never refused",
      app(' || req.method === "HEAD"', ""),
    ],
    [
      "the refusal is of the server",
      "whether a logout is of our own page",
      app('createError(403, "This form', 'new Error("This form'),
    ],
  ]),
  ...faults("13c", [
    [
      "one limit for all",
      "are sent",
      chat("    const mayWrite = makeLimit(5, 3000);\n", ""),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const mayWrite = makeLimit(5, 3000);\n",
      ),
    ],
    [
      "one limit for all tabs of a visitor",
      "each connection has its own five",
      chat(
        "    const mayWrite = makeLimit(5, 3000);\n",
        "    const mayWrite = limits.get(visitorId) ?? makeLimit(5, 3000);\n    limits.set(visitorId, mayWrite);\n",
      ),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const limits = new Map<string, () => boolean>();\n",
      ),
    ],
    [
      "what is refused counts, too",
      "three seconds",
      limits(
        "    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n",
        "    return times.push(now) <= most;\n",
      ),
    ],
    [
      "refused, and heard all the same",
      "the partner does not hear it",
      chat(
        'if (!isAllowed()) throw createError(429, "too fast");',
        'if (!isAllowed()) acknowledge({ error: "too fast" });',
      ),
    ],
    ["one second", "in no three seconds", chat("makeLimit(5, 3000)", "makeLimit(5, 1000)")],
    [
      "each three seconds by the clock",
      "in no three seconds",
      limits(
        "    times = times.filter((at) => at > now - ms);\n",
        "    if (now - (times[0] ?? now) >= ms) times = [];\n",
      ),
    ],
    [
      "a bucket that fills up meanwhile",
      "in no three seconds",
      limits("  let times: number[] = [];\n", "  let [tokens, filled] = [most, clock()];\n"),
      limits(
        "    times = times.filter((at) => at > now - ms);\n    if (times.length >= most) return false;\n    times.push(now);\n    return true;\n",
        "    tokens = Math.min(most, tokens + ((now - filled) / ms) * most);\n    filled = now;\n    if (tokens < 1) return false;\n    tokens -= 1;\n    return true;\n",
      ),
    ],
    [
      "moves are free",
      "the 21st move is too fast",
      chat("makeLimit(20, 3000)", "makeLimit(2_000, 3000)"),
    ],
    [
      "one limit for the moves of all",
      "the 21st move is too fast",
      chat("    const mayMove = makeLimit(20, 3000);\n", ""),
      chat(
        "  const lobby = new Lobby();\n",
        "  const lobby = new Lobby();\n  const mayMove = makeLimit(20, 3000);\n",
      ),
    ],
    [
      "messages are moves",
      "of six messages at once five are sent",
      chat("const mayMove = makeLimit(20, 3000);", "const mayMove = mayWrite;"),
    ],
    [
      "who is too fast is cut off",
      "five are sent",
      chat(
        'if (!isAllowed()) throw createError(429, "too fast");',
        "if (!isAllowed()) return void io.disconnectSockets();",
      ),
    ],
    [
      "the page throws the text away",
      "keeps the text",
      script(
        '  else if (text.value === sent) text.value = "";',
        '  if (text.value === sent) text.value = "";',
      ),
    ],
  ]),
  ...faults("14", [
    [
      "sizes are mixed",
      "as many as were asked for meet",
      lobby(
        ".filter((member) => this.#queue.get(member)?.size === size)",
        ".filter(() => size > 0)",
      ),
    ],
    [
      "counted over all sizes",
      "counted apart",
      lobby("return this.waitingFor(size).length - 1;", "return this.#queue.size - 1;"),
    ],
    [
      "free places are filled again",
      "nobody is added",
      lobby(
        "    const rooms: Room[] = [];\n",
        "    for (const member of this.waitingFor(size)) {\n      const room = [...this.#rooms.values()].find((it) => it.slots === size && it.members.length < size);\n      if (!room) continue;\n      this.#queue.delete(member);\n      room.add(member);\n      this.#rooms.set(member, room);\n    }\n    const rooms: Room[] = [];\n",
      ),
    ],
    [
      "one alone has a room",
      "when one alone is left",
      lobby("    if (others.length === 1) this.#rooms.delete(others[0] as Member);\n", ""),
    ],
    [
      "when one goes, all go",
      "when one of three leaves",
      lobby(
        "    if (others.length === 1) this.#rooms.delete(others[0] as Member);\n",
        "    for (const other of others) this.#rooms.delete(other);\n",
      ),
    ],
    ["two are a group", "two never do", lobby("Math.min(size, 3)", "2")],
    [
      "as many as asked for, or nobody",
      "after five rounds",
      lobby("wanted >= Math.min(size, 3)", "wanted >= size"),
    ],
    ["at once with fewer", "after five rounds", lobby("PATIENT_ROUNDS = 5", "PATIENT_ROUNDS = 0")],
    [
      "who fits one fits all",
      "two tabs of one visitor are never in one group",
      lobby("fitting.slice(index + 1), size)", "later.slice(later.indexOf(other) + 1), size)"),
    ],
    [
      "the first who come, and no others",
      "nor is it missed because of one",
      lobby("      if (found) return found;\n", "      return found;\n"),
    ],
    [
      "smaller groups go first",
      "full groups go first",
      lobby(
        "for (let wanted = size; wanted >= Math.min(size, 3); wanted -= 1) {",
        "for (let wanted = Math.min(size, 3); wanted <= size; wanted += 1) {",
      ),
    ],
    [
      "any number is a size",
      "what is no size is refused",
      chat(
        'z.literal(SIZES, `must be one of ${SIZES.join(", ")}`)',
        'z.number(`must be one of ${SIZES.join(", ")}`)',
      ),
    ],
    [
      "a text is a size",
      "what is no size is refused",
      chat(
        "z.object({ size: Size.default(2) }",
        "z.object({ size: z.preprocess(Number, Size).default(2) }",
      ),
    ],
    [
      "next forgets the size",
      "a group of the same size",
      chat("lobby.join(member, size) };", "lobby.join(member) };"),
    ],
    [
      "a group of which one name is told",
      "hears the names of all others",
      chat("map((other) => other.name);", "map((other) => other.name).slice(0, 1);"),
    ],
    [
      "rounds for two alone",
      "as many as were asked for meet",
      chat(
        "SIZES.some((size) => lobby.waitingFor(size).length >= 2)",
        "lobby.waitingFor(2).length >= 2",
      ),
    ],
    [
      "a page takes any size for two",
      "the page of the chat takes a size",
      app(".pipe(Size).default(2)", ".pipe(Size).catch(2)"),
    ],
    [
      "the page does not say the size",
      "three pages meet",
      script("{ size: Number(messages.dataset.size) }", "{}"),
    ],
    [
      "the page goes when one goes",
      "three pages meet",
      script("  if (others.length === 0) show(", "  if (others.length >= 0) show("),
    ],
  ]),
];

/** 08b to 14: accounts, sessions, limits, groups. */
export const wrongLate = [...wrongAccounts, ...wrongSessions, ...wrongChats];
