// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { sessions } from "./edits.ts";

const EACH_VISIT = "  if (session.visitorId) return;\n";

/** 07: cookies and their secret. */
export const wrongCookies = [
  ...faults("07", [
    [
      "a cookie that nobody has signed",
      "forged, cut or signed with another secret",
      app(
        "const useSession = session({",
        'const kept = new Map<string, object>();\nconst useSession = (req: any, res: any, next: () => void) => {\n  const [, sid = crypto.randomUUID()] = /sid=([^;]+)/.exec(req.headers.cookie ?? "") ?? [];\n  req.session = kept.get(sid) ?? {};\n  if (req.path === "/chat" && !kept.has(sid))\n    res.cookie("sid", sid, { httpOnly: true, sameSite: "lax", maxAge: 7 * 86_400_000 });\n  if (req.path === "/chat") kept.set(sid, req.session);\n  next();\n};\nsession({',
      ),
    ],
    [
      "the secret stands in the code",
      "signed with the secret of that file",
      app("  secret,\n", '  secret: "keyboard cat, keyboard cat, keyboard cat",\n'),
    ],
    ["scripts read the cookie", "HttpOnly", app("httpOnly: true", "httpOnly: false")],
    ["forms of other sites send it along", "SameSite", app('sameSite: "lax", ', "")],
    ["until the browser is closed", "seven days", app(", maxAge: 7 * 86_400_000 }", " }")],
    ["only behind TLS", "gives a cookie", app('secure: "auto"', "secure: true")],
    [
      "a cookie on every page",
      "who only looks around gets no cookie",
      app("saveUninitialized: false", "saveUninitialized: true"),
    ],
    [
      "a visitor on every page",
      "who only looks around gets no cookie",
      app(
        "app.use(useSession, (_req, res, next) => {\n",
        "app.use(useSession, (req, res, next) => {\n  greet(req.session);\n",
      ),
    ],
    [
      "whoever asks for a name is a visitor",
      "who only looks around gets no cookie",
      app(
        "  res.json({ name: req.session.anonName ?? null });",
        "  greet(req.session);\n  res.json({ name: req.session.anonName });",
      ),
    ],
    ["another name at each load", "and at each visit", sessions(EACH_VISIT, "")],
    [
      "a name for the page alone, which no cookie keeps",
      "and at each visit",
      app(
        "  greet(req.session);\n",
        "  const once = {};\n  greet(once);\n  if (!req.session.visitorId) greet(req.session);\n",
      ),
      app(
        "{ name: req.session.anonName });\n",
        "{ name: (once as { anonName: string }).anonName });\n",
      ),
    ],
    [
      "names are counted",
      "follows from the one before",
      sessions("`User${randomInt(100_000, 1_000_000)}`", "`User${100_000 + given.size}`"),
    ],
    [
      "everybody may read the secret",
      "may read the file of the secret",
      sessions(", { mode: 0o600 });", ");"),
    ],
    [
      "a secret for each start",
      "the next start takes the same secret",
      sessions(
        "process.env.SESSION_SECRET || kept.SESSION_SECRET",
        "process.env.SESSION_SECRET || (kept && undefined)",
      ),
    ],
    [
      "the file goes first",
      "SESSION_SECRET goes first",
      sessions(
        "process.env.SESSION_SECRET || kept.SESSION_SECRET",
        "kept.SESSION_SECRET || process.env.SESSION_SECRET",
      ),
    ],
    [
      "production makes its secret, too",
      "in production, without a secret",
      sessions('    if (!mayMake) throw new Error("SESSION_SECRET is not set");\n', ""),
    ],
    [
      "production ends without a word for humans",
      "in production, without a secret",
      app(
        "  console.error(`Cannot sign cookies (${error}): set SESSION_SECRET to what this prints: ${make}`);\n  process.exit(1);",
        "  throw new Error(make, { cause: error });",
      ),
    ],
    [
      "a short secret will do",
      "shorter than 32 characters is refused",
      sessions(
        '  if (secrets.some((it) => it.length < 32)) throw new Error("SESSION_SECRET is too short");\n',
        "",
      ),
    ],
    [
      "only the first secret is measured",
      "shorter than 32 characters is refused",
      sessions("if (secrets.some(", "if (secrets.slice(0, 1).some("),
    ],
    [
      "all secrets together are long enough",
      "shorter than 32 characters is refused",
      sessions("secrets.some((it) => it.length < 32)", "text.length < 32"),
    ],
    [
      "one secret for ever",
      "each is accepted",
      sessions("  return secrets;", "  return secrets.slice(0, 1);"),
    ],
    [
      "a list is one secret",
      "the first one signs",
      sessions('text.split(",").map((it) => it.trim())', "[text]"),
    ],
    [
      "the last secret signs",
      "the first one signs",
      sessions("  return secrets;", "  return secrets.reverse();"),
    ],
    [
      "the secret is printed",
      "without the secret",
      sessions("made a secret for cookies: ${file}", "made a secret for cookies: ${file}: ${text}"),
    ],
    [
      "pages are kept by whoever hands them on",
      "kept in no memory",
      app('  res.set("Cache-Control", "no-store");\n', ""),
    ],
    [
      "the page does not say the name",
      "the same on the page and in /api/me",
      ["views/chat.ejs", "<%= name %>", "a visitor"],
    ],
  ]),
];
