// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";
import { chat, errors, users, view } from "./edits.ts";

const NAME_PATTERN = "/^[a-z0-9_]{3,20}$/";
const IS_TAKEN = '  if (!user) throw createError(409, "username: is taken");\n';

/** 08b, 09 and 09c: accounts, and names that look alike. */
export const wrongNames = [
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
];
