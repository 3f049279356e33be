// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults } from "../table.ts";

const INSERT = "insertUser.all(NewUser.parse({ ...req.body }))";
const ANSWER = "res.status(201).json(user)";

/** 02b: what is answered with 201 is stored, also beside other programs. */
export const wrongUsersStored = [
  ...faults("02b", [
    [
      "nothing is stored",
      "POST /api/users answers 201",
      app(
        `const [user] = ${INSERT};`,
        `db.exec("BEGIN");\nconst [user] = ${INSERT};\ndb.exec("ROLLBACK");`,
      ),
    ],
    [
      "the table is dropped at the start",
      "and are gone",
      app("CREATE TABLE IF NOT EXISTS", "DROP TABLE IF EXISTS users; CREATE TABLE"),
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
  ]),
];
