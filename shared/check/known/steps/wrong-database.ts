// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const EMPTY = "if (statSync(FILE).size === 0) throw new Error(`${FILE} is empty`);";
const BROKEN = `res.status(503).json({ status: "broken", message: "The database cannot be read" })`;

/** 01 to 02: the database, whether it is alive, its tables. */
export const wrongDatabase = [
  ...faults("01", [
    [
      "a path that depends on where the app is started",
      "in its own folder",
      app('join(import.meta.dirname, "instance", "chat.db")', 'join("instance", "chat.db")'),
    ],
    [
      "a database in memory",
      "no file instance/chat.db",
      app("new Database(FILE", 'new Database(":memory:"'),
    ],
    ["another file", "no file instance/chat.db", app('"chat.db"', '"data.db"')],
    ["no write-ahead log", "in WAL mode", app("journal_mode = WAL", "journal_mode = DELETE")],
    ["the folder can be made only once", "it starts again", app(", { recursive: true }", "")],
    [
      "garbage is told with a stack",
      "no database",
      app("console.error(`Cannot use", "throw error;\n  console.error(`Cannot use"),
    ],
    [
      "garbage is told without the file's name",
      "no database",
      app(
        "`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`",
        '"Cannot use the database"',
      ),
    ],
    [
      "garbage counts as success",
      "no database",
      app("move it away.`);\n  process.exit(1)", "move it away.`);\n  process.exit(0)"),
    ],
    [
      "garbage is replaced by a new database",
      "no database",
      app('import { mkdirSync } from "node:fs";', 'import { mkdirSync, rmSync } from "node:fs";'),
      app("const db = new", "let db = new"),
      app(
        "console.error(`Cannot use",
        'rmSync(FILE);\n  db = new Database(FILE);\n  db.pragma("journal_mode = WAL");\n  if (!db) console.error(`Cannot use',
      ),
      app("move it away.`);\n  process.exit(1)", "move it away.`)"),
    ],
    [
      "garbage is replaced, then reported",
      "no database",
      app('import { mkdirSync } from "node:fs";', 'import { mkdirSync, rmSync } from "node:fs";'),
      app("console.error(`Cannot use", "rmSync(FILE);\n  console.error(`Cannot use"),
    ],
    [
      "garbage does not matter",
      "no database",
      app("console.error(`Cannot use", "if (!db) console.error(`Cannot use"),
      app("move it away.`);\n  process.exit(1)", "move it away.`)"),
    ],
    [
      "it writes to the database at each start",
      "it starts again",
      app(
        'db.pragma("journal_mode = WAL");',
        'db.pragma("journal_mode = WAL");\n  db.pragma("user_version = 1");',
      ),
    ],
  ]),
  ...faults("01b", [
    ["another path", "GET /db/alive", app('"/db/alive"', '"/alive"')],
    ["always healthy", "answers 503", app(EMPTY, ""), app('db.pragma("schema_version");', "")],
    ["asks what SQLite has in its memory alone", "answers 503", app(EMPTY, "")],
    [
      "takes any file, also an empty one",
      "while chat.db is empty",
      app("statSync(FILE).size === 0", "!statSync(FILE).isFile()"),
    ],
    ["broken, with status 200", "answers 503", app(BROKEN, BROKEN.replace(".status(503)", ""))],
    ["broken, with status 500", "answers 503", app("res.status(503)", "res.status(500)")],
    ["other words", "the database is healthy", app('"healthy"', '"ok"')],
    ["no message", "the database is healthy", app(', message: "Database connection is alive"', "")],
    [
      "a stack in the answer",
      "all files of the database hold garbage",
      app('message: "The database cannot be read"', "message: (error as Error).stack"),
    ],
    [
      "broken, and no status in the answer",
      "all files of the database hold garbage",
      app('status: "broken", ', ""),
    ],
    ["an error ends the request without an answer", "GET /db/alive", app(`${BROKEN};`, "")],
    [
      "reads the file beside SQLite, which fails while it is written",
      "while another program",
      app("import { mkdirSync, statSync }", "import { mkdirSync, openAsBlob }"),
      app('"/db/alive", (', '"/db/alive", async ('),
      app(
        EMPTY,
        'const head = await (await openAsBlob(FILE)).slice(0, 15).text();\n    if (head !== "SQLite format 3") throw new Error(`${FILE} is no SQLite database`);',
      ),
    ],
    [
      "asks for a lock",
      "while another program",
      app('db.pragma("schema_version");', 'db.exec("BEGIN IMMEDIATE");\n    db.exec("COMMIT");'),
    ],
    [
      "writes to see whether it can",
      "while another program",
      app('db.pragma("schema_version");', 'db.pragma("user_version = 0");'),
    ],
    [
      "wants the log to be empty",
      "while another program",
      app(
        'db.pragma("schema_version");',
        'const [it] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];\n    if (it?.busy) throw new Error("busy");',
      ),
    ],
    [
      "a file that is gone is made again",
      "answers 503",
      app(EMPTY, 'new Database(FILE, { timeout: 50 }).pragma("journal_mode = WAL");'),
    ],
  ]),
  ...faults("01c", [
    [
      "the version is written down",
      "the name of the step's folder",
      app("version: VERSION", 'version: "1.0"'),
    ],
    [
      "the version as text",
      "GET /api/version",
      app("res.json({ version: VERSION })", "res.send(VERSION)"),
    ],
    ["another key", "GET /api/version", app("{ version: VERSION }", "{ step: VERSION }")],
    ["another path", "GET /api/version", app('"/api/version"', '"/version"')],
  ]),
  ...faults("02", [
    ["nicknames twice", "no two users have the same nickname", app("NOT NULL UNIQUE", "NOT NULL")],
    ["another column", "a table users with", app("email TEXT", "mail TEXT")],
    ["another table", "a table users with", app("EXISTS users", "EXISTS user")],
    ["no primary key", "a table users with", app("id INTEGER PRIMARY KEY", "id INTEGER")],
    [
      "the nickname is the key",
      "a table users with",
      app("id INTEGER PRIMARY KEY", "id INTEGER"),
      app("NOT NULL UNIQUE", "PRIMARY KEY"),
    ],
  ]),
  ...faults(
    "02",
    [["the table can be made only once", "it starts again", app("IF NOT EXISTS ", "")]],
    "01",
  ),
];
