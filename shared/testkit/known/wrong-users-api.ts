// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults } from "./table.ts";

const INSERT = "insertUser.all(NewUser.parse({ ...req.body }))";
const ANSWER = "res.status(201).json(user)";
const NAME = "name: line(100)";
const NICKNAME = "nickname: line(50)";
const TAKEN = "\n  ON CONFLICT (nickname) DO NOTHING RETURNING *";
const ERROR = '{ error: expose ? message : "Internal server error" }';
const GLUED = `((it) => db.prepare(\`INSERT INTO users (name, email, nickname) VALUES ('\${it.name}', '\${it.email}', '\${it.nickname}') RETURNING *\`).all())(NewUser.parse({ ...req.body }))`;

/** The schema says in its own words what is no text, and in the library's what else is wrong. */
const OWN = app(
  'z.string("must be text")',
  'z.string({ error: (it) => (it.code === "invalid_type" ? "must be text" : undefined) })',
);

/** 02b: users are created. */
export const wrongUsersApi = [
  ...faults("02b", [
    ["status 200", "POST /api/users answers 201", app(ANSWER, "res.json(user)")],
    ["no id", "id included", app(ANSWER, "res.status(201).json({ ...user, id: undefined })")],
    [
      "the id as text",
      "id included",
      app(ANSWER, "res.status(201).json({ ...user, id: String(user?.id) })"),
    ],
    ["the user in an object", "id included", app(ANSWER, "res.status(201).json({ user })")],
    ["the user in a list", "id included", app(ANSWER, "res.status(201).json([user])")],
    ["an answer without a body", "id included", app(ANSWER, "res.status(201).end()")],
    [
      "nothing is stored",
      "POST /api/users answers 201",
      app(
        `const [user] = ${INSERT};`,
        `db.exec("BEGIN");\nconst [user] = ${INSERT};\ndb.exec("ROLLBACK");`,
      ),
    ],
    ["the name in small letters", "alice caroll", app(NAME, "name: line(100).toLowerCase()")],
    [
      "the table is dropped at the start",
      "and are gone",
      app("CREATE TABLE IF NOT EXISTS", "DROP TABLE IF EXISTS users; CREATE TABLE"),
    ],
    [
      "the client's id is answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...user, ...req.body })"),
    ],
    [
      "unknown fields are answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...req.body, ...user })"),
    ],
    ["SQL glued from what the client sends", "SQL in the field name", app(INSERT, GLUED)],
    [
      "quotes are taken away",
      "SQL in the field name",
      app(NAME, `name: line(100).transform((it) => it.replaceAll("'", ""))`),
    ],
    [
      "a taken nickname answers 400",
      "a nickname that is taken answers 409",
      app("createError(409", "createError(400"),
    ],
    [
      "a taken nickname answers 500",
      "a nickname that is taken answers 409",
      app(TAKEN, " RETURNING *"),
    ],
    [
      "a taken nickname is told in SQLite's words",
      "a nickname that is taken answers 409",
      app('"nickname: already taken"', '"UNIQUE constraint failed: users.nickname"'),
    ],
    [
      "a taken nickname, but which field?",
      "a nickname that is taken answers 409",
      app("nickname: already taken", "already taken"),
    ],
    [
      "a taken nickname is taken over",
      "a nickname that is taken answers 409",
      app("DO NOTHING", "DO UPDATE SET name = excluded.name, email = excluded.email"),
    ],
    ["bad input answers 400", "answers 422", app("createError(422", "createError(400")],
    [
      "bad input answers 500",
      "answers 422",
      app("error instanceof z.ZodError", "error instanceof RangeError"),
    ],
    [
      "bad input is stored, then refused",
      "POST /api/users answers 201",
      app(
        `const [user] = ${INSERT};`,
        `db.prepare("INSERT OR IGNORE INTO users (name, email, nickname) VALUES ('', '', ?)").run(String(Math.random()));\nconst [user] = ${INSERT};`,
      ),
    ],
    ["no field is named", "names the field", app("`${path.join()}: ${message}`", "message")],
    [
      "a name of spaces",
      "a name of spaces",
      app(NAME, 'name: z.string("must be text").min(1, "empty").max(100, "too long").trim()'),
    ],
    [
      "an empty name",
      "an empty name",
      app(NAME, 'name: z.string("must be text").trim().max(100, "too long")'),
    ],
    ["a name without end", "one letter more than the longest name", app(NAME, "name: line(1e9)")],
    [
      "a name that is a number",
      "a name that is a number",
      app(
        NAME,
        "name: z.preprocess((it) => (typeof it === 'number' ? String(it) : it), line(100))",
      ),
    ],
    ["a name is made up", "a missing name", app(NAME, `${NAME}.default("Anonymous")`)],
    [
      "null is no name",
      "a name that is null",
      app(NAME, `${NAME}.nullable().transform((it) => it ?? "?")`),
    ],
    [
      "an empty nickname",
      "an empty nickname",
      app(NICKNAME, 'nickname: z.string("must be text").trim().max(50, "too long")'),
    ],
    [
      "a nickname without end",
      "one letter more than the longest nickname",
      app(NICKNAME, "nickname: line(1e9)"),
    ],
    [
      "any text is an email",
      "an email that is no address",
      app('z.email("must be an email address")', "z.string()"),
    ],
    [
      "an email without end",
      "one letter more than the longest email",
      app("text(254)", "text(1e9)"),
    ],
    [
      "no body is a crash",
      "no body answers 422",
      app("NewUser.parse({ ...req.body })", "NewUser.parse({ ...req.body, name: req.body.name })"),
    ],
    [
      "malformed JSON answers 500",
      "malformed JSON",
      app(
        "return createError(error);",
        "return createError((error as { status?: number }).status === 400 ? 500 : error);",
      ),
    ],
    [
      "errors as Express writes them",
      "a nickname that is taken answers 409",
      app("app.use((error: Error, ", "void ((error: Error, "),
    ],
    [
      "errors with a stack",
      "a nickname that is taken answers 409",
      app("{ error: expose ? message", "{ error: expose ? error.stack"),
    ],
    [
      "errors with status 200",
      "a nickname that is taken answers 409",
      app(`res.status(status).json(${ERROR})`, `res.json(${ERROR})`),
    ],
    [
      "errors as text",
      "a nickname that is taken answers 409",
      app(`json(${ERROR})`, `send((${ERROR}).error)`),
    ],
    [
      "errors under another key",
      "a nickname that is taken answers 409",
      app("{ error: expose", "{ message: expose"),
    ],
    [
      "a body of any length",
      "a body of 1 MB answers 413",
      app("express.json()", 'express.json({ limit: "9mb" })'),
    ],
    [
      "an error of SQLite in the answer",
      "tells nothing of its SQL",
      app('expose ? message : "Internal server error"', "message"),
    ],
    [
      "an error of SQLite in a header",
      "tells nothing of its SQL",
      app("res.status(status).json", 'res.set("X-Reason", encodeURI(message)).status(status).json'),
    ],
    [
      "SQL in a header of each answer",
      "the headers",
      app(
        "res.status(status).json",
        'res.set("X-Statement", insertUser.source.trim().split("\\n")[0]).status(status).json',
      ),
    ],
    [
      "an error ends the app",
      "goes on",
      app(
        "if (status >= 500) console.error(error);",
        "if (status === 500) setTimeout(() => process.exit(1), 10);",
      ),
    ],
    [
      "an error ends the app at once",
      "did it end?",
      app("console.error(error);\n  res", "process.exit(1);\n  res"),
    ],
    [
      "the statement is never finished, so nothing is committed",
      "file itself",
      app(`const [user] = ${INSERT};`, `const user = ${INSERT.replace(".all(", ".get(")};`),
    ],
    [
      "the log grows for ever",
      "file itself",
      app(
        'db.pragma("journal_mode = WAL");',
        'db.pragma("journal_mode = WAL");\n  db.pragma("wal_autocheckpoint = 0");',
      ),
    ],
    [
      "a lock is waited for as long as the library does",
      "holds a lock",
      app("new Database(FILE, { timeout: 1000 })", "new Database(FILE)"),
    ],
    ["a lock is waited for longer", "holds a lock", app("timeout: 1000", "timeout: 20_000")],
    ["a lock answers 500", "holds a lock", app('error.code === "SQLITE_BUSY"', "!error")],
    [
      "a lock is told to the console alone",
      "holds a lock",
      app(", { expose: true }", ""),
      app("{ error: expose", "{ error: status === 503 ? undefined : expose"),
    ],
    [
      "a lock makes it answer 201 for what is not stored",
      "holds a lock",
      app(
        "const toHttpError",
        'app.use((error: Error & { code?: string }, req: Request, res: Response, next: NextFunction) => {\n  if (error.code !== "SQLITE_BUSY") return next(error);\n  res.status(201).json({ id: 9, ...req.body });\n});\n\nconst toHttpError',
      ),
    ],
    ...(
      [
        ["readFileSync", "readFileSync(FILE)"],
        ["openAsBlob", "(await openAsBlob(FILE)).slice(0, 15).text()"],
      ] as const
    ).map(
      ([read, all]): Fault => [
        `/db/alive opens the file beside SQLite (${read})`,
        "want it for themselves",
        app("import { mkdirSync, statSync }", `import { mkdirSync, statSync, ${read} }`),
        app('"/db/alive", (', '"/db/alive", async ('),
        app(
          'db.pragma("schema_version");',
          `if ((await ${all}) === undefined) throw new Error("gone");\n    db.pragma("schema_version");`,
        ),
      ],
    ),
    [
      "the file is read beside SQLite by an app that ends in good order",
      "want it for themselves",
      app("import { mkdirSync, statSync }", "import { mkdirSync, readFileSync, statSync }"),
      app(
        "// --- api ---",
        'process.on("SIGTERM", () => {\n  db.close();\n  process.exit();\n});\n\n// --- api ---',
      ),
      app("statSync(FILE).size === 0", "readFileSync(FILE).length === 0"),
    ],
    [
      "users are kept in memory, and stored at the end",
      "is stored",
      app(
        `const [user] = ${INSERT};`,
        `const user = { id: ++last, ...${INSERT.slice("insertUser.all(".length, -1)} };\n  waiting.push(user);`,
      ),
      app(
        "// --- api ---",
        'let last = 0;\nconst waiting: z.infer<typeof NewUser>[] = [];\nprocess.on("SIGTERM", () => {\n  for (const it of waiting) insertUser.run(it);\n  process.exit();\n});\n\n// --- api ---',
      ),
    ],
    [
      "ids are counted by the app",
      "after a restart",
      app(ANSWER, "res.status(201).json({ ...user, id: ++last })"),
      app("// --- api ---", "let last = 0;\n\n// --- api ---"),
    ],
    ...(["name", "email", "nickname"] as const).map((field): Fault => {
      const values = ["name", "email", "nickname"].map((it) =>
        it === field ? `'\${it.${it}}'` : `@${it}`,
      );
      return [
        `SQL glued for one field alone (${field})`,
        `SQL in the field ${field}`,
        app(
          INSERT,
          GLUED.replace(/VALUES \(.*?\)/, () => `VALUES (${values.join(", ")})`).replace(
            ".all()",
            ".all(it)",
          ),
        ),
      ];
    }),
    [
      "control characters in a name",
      "control characters in the field name",
      app(NAME, "name: text(100)"),
    ],
    [
      "control characters in a nickname",
      "control characters in the field nickname",
      app(NICKNAME, "nickname: text(50)"),
    ],
    [
      "some control characters",
      "control characters in the field",
      app("/^\\P{Cc}*$/u", "/^[^\\0-\\x1f]*$/"),
    ],
    [
      "line breaks alone are control characters",
      "control characters in the field",
      app("/^\\P{Cc}*$/u", "/^.*$/"),
    ],
    [
      "control characters are taken away",
      "control characters in the field",
      app(
        "text(most).regex(",
        'text(most).transform((it) => it.replace(/\\p{Cc}/gu, ""));\nvoid z.string().regex(',
      ),
    ],
    ...(
      [
        ["spaces inside become one", 'replace(/ +/g, " ")'],
        ["accents are taken away", 'normalize("NFD").replace(/\\p{M}/gu, "")'],
        ["letters are put together", "normalize()"],
        ["only ASCII", 'replace(/[^ -~]/g, "")'],
        ["emoji are taken away", 'replace(/\\p{Extended_Pictographic}/gu, "")'],
        ["HTML is escaped when it is stored", 'replaceAll("<", "&lt;")'],
        ["an ampersand is escaped when it is stored", 'replaceAll("&", "&amp;")'],
        ["entities become signs", 'replaceAll("&lt;", "<")'],
        ["tags are taken away", 'replace(/<[^>]*>/g, "")'],
        ["backslashes are taken away", 'replaceAll("\\\\", "")'],
        ["double quotes are taken away", `replaceAll('"', "")`],
        ["percent signs are decoded", 'replace(/%41/g, "A")'],
      ] as const
    ).map(
      ([title, change]): Fault => [
        title,
        "is kept as it is",
        app(
          '"must not have control characters");',
          `"must not have control characters").transform((it) => it.${change});`,
        ),
      ],
    ),
    [
      "capital letters in an address become small ones",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.email("must be an email address").toLowerCase()',
      ),
    ],
    [
      "addresses of one domain alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.email("must be an email address").endsWith("@foo.com", "foo.com only")',
      ),
    ],
    [
      "addresses of letters alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.string().regex(/^\\w+@\\w+\\.\\w+$/, "must be an email address")',
      ),
    ],
    [
      "addresses with two parts of a domain alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.string().regex(/^[^@\\s]+@[^@\\s.]+\\.[^@\\s.]+$/, "must be an email address")',
      ),
    ],
    ["spaces around a text stay", "spaces around", app(".trim()", "")],
    [
      "spaces around a name stay",
      "spaces around",
      app(
        NAME,
        'name: z.string("must be text").regex(/\\S/, "must not be empty").max(100, "too long").regex(/^\\P{Cc}*$/u, "no control characters")',
      ),
    ],
    [
      "spaces around an address are an error",
      "spaces around",
      app("text(254)", 'z.string("must be text").max(254, "too long")'),
    ],
    ...(
      [
        ["name", "a name", NAME, 100],
        ["nickname", "a nickname", NICKNAME, 50],
      ] as const
    ).flatMap(([field, what, from, most]): Fault[] => [
      [
        `${what} one letter shorter`,
        `the longest ${field}`,
        app(from, `${field}: line(${most - 1})`),
      ],
      [
        `${what} one letter longer`,
        `one letter more than the longest ${field}`,
        app(from, `${field}: line(${most + 1})`),
      ],
      [
        `${what} is cut`,
        "the longest",
        app(from, `${field}: line(${most}).transform((it) => it.slice(0, ${most - 2}))`),
      ],
      [
        `${what} too long is cut`,
        `one letter more than the longest ${field}`,
        app(from, `${field}: line(9e5).transform((it) => it.slice(0, ${most}))`),
      ],
    ]),
    ["an address one letter shorter", "the longest email", app("text(254)", "text(253)")],
    [
      "an address one letter longer",
      "one letter more than the longest email",
      app("text(254)", "text(255)"),
    ],
    [
      "lengths in bytes",
      "the longest",
      app(
        ".max(most, `at most ${most} letters`)",
        '.refine((it) => Buffer.byteLength(it) <= most, "too long")',
      ),
    ],
    [
      "the words of the schema library for what is no text",
      "words of its own",
      app('z.string("must be text")', "z.string()"),
    ],
    [
      "the words of the schema library for what is empty",
      "words of its own",
      OWN,
      app(', "must not be empty"', ""),
    ],
    [
      "the words of the schema library for what is too long",
      "words of its own",
      OWN,
      app(", `at most ${most} letters`", ""),
    ],
    [
      "the words of the schema library for a control character",
      "control characters in the field",
      OWN,
      app(', "must not have control characters"', ""),
    ],
    [
      "no two users of one name",
      "only then",
      app("name TEXT NOT NULL,\n    email", "name TEXT NOT NULL UNIQUE,\n    email"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "no two users of one address",
      "only then",
      app("email TEXT NOT NULL", "email TEXT NOT NULL UNIQUE"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "nicknames are compared without case",
      "only then",
      app("NOT NULL UNIQUE", "NOT NULL UNIQUE COLLATE NOCASE"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "nicknames are looked for by LIKE",
      "only then",
      app(
        `const [user] = ${INSERT};`,
        `const input = NewUser.parse({ ...req.body });\n  const isTaken = db.prepare("SELECT 1 FROM users WHERE ? LIKE nickname OR nickname LIKE ?").get(input.nickname, input.nickname);\n  const [user] = isTaken ? [] : insertUser.all(input);`,
      ),
    ],
  ]),
];
