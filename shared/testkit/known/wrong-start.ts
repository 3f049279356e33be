// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const HEAD = `if (head !== "SQLite format 3") throw new Error(\`\${FILE} is no SQLite database\`);`;
const BROKEN = `res.status(503).json({ status: "broken", message: "The database cannot be read" })`;

/** 00 to 02: the server, its database, its tables. */
export const wrongStart = [
  ...faults("00", [
    [
      "the version is written down",
      "with the version",
      app("basename(import.meta.dirname)", '"0.1"'),
    ],
    ["another greeting", "GET / answers hello", app("hello, this is", "hi, this is")],
    ["the greeting as HTML", "GET / answers hello", app('type("text")', 'type("html")')],
    [
      "another status",
      "GET / answers hello",
      app('res.type("text")', 'res.status(203).type("text")'),
    ],
    ["every page says hello", "an unknown page answers 404", app('app.get("/", (', "app.use((")],
    [
      "the whole network may connect",
      "it listens on 127.0.0.1 alone",
      app('HOST || "127.0.0.1"', 'HOST || "0.0.0.0"'),
    ],
    [
      "HOST is not read",
      "HOST gives another address",
      app('process.env.HOST || "127.0.0.1"', '"127.0.0.1"'),
    ],
    ["another port by default", "without PORT it takes 5001", app("|| 5001", "|| 3000")],
    ["a busy port counts as success", "a busy port", app("process.exit(1)", "process.exit(0)")],
    [
      "a busy port prints a stack",
      "a busy port",
      app(
        "console.error(`Cannot listen (${error.message}): stop the program on port ${PORT}, or set PORT.`)",
        "console.error(error)",
      ),
    ],
    [
      "a busy port is told without its number",
      "a busy port",
      app(
        "`Cannot listen (${error.message}): stop the program on port ${PORT}, or set PORT.`",
        '"Cannot listen"',
      ),
    ],
    [
      "nobody listens to the error of a busy port",
      "a busy port",
      app('server.on("error"', 'server.on("problem"'),
    ],
  ]),
  ...faults("01", [
    [
      "a path that depends on where the app is started",
      "in its own folder",
      app('join(import.meta.dirname, "instance", "chat.db")', 'join("instance", "chat.db")'),
    ],
    [
      "a database in memory",
      "no file instance/chat.db",
      app("new Database(FILE)", 'new Database(":memory:")'),
    ],
    ["another file", "no file instance/chat.db", app('"chat.db"', '"data.db"')],
    ["no write-ahead log", "in WAL mode", app("journal_mode = WAL", "journal_mode = DELETE")],
    ["the folder can be made only once", "it starts again", app(", { recursive: true }", "")],
  ]),
  ...faults("01b", [
    ["another path", "GET /db/alive", app('"/db/alive"', '"/alive"')],
    ["always healthy", "answers 503 while", app(HEAD, ""), app('db.pragma("schema_version");', "")],
    ["asks what SQLite has in its memory alone", "answers 503 while", app(HEAD, "")],
    [
      "takes any file with something in it",
      "garbage of the same size",
      app('head !== "SQLite format 3"', 'head === ""'),
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
