// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { passwords, sessions, users, view } from "./edits.ts";

const OLD_SID = "req.session.regenerate((error) => {";
const IS_RIGHT = "if (await isPassword(password, user?.password_hash)) res.locals.account = user;";

/** 10b: login and logout. */
export const wrongLogin = [
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
];
