import { type Edit, fix, quick } from "./edits.ts";

/** One-line fixes of app.ts in the real steps. */
export const FIXES: readonly Edit[] = [
  fix(
    "00",
    "an empty HOST means what it says",
    'process.env.HOST || "127',
    'process.env.HOST ?? "127',
  ),
  fix(
    "00",
    "no framework in the headers",
    "const app = express();",
    'const app = express();\napp.disable("x-powered-by");',
  ),
  fix(
    "00",
    "a clearer comment at VERSION",
    "so this line is the same in all of them",
    "so this line never changes",
  ),
  fix("00", "how to stop the other program", "stop the program on port", "end the program on port"),
  fix(
    "01",
    "the comment at the write-ahead log",
    "readers and the writer do not wait for each other",
    "readers do not wait for the writer",
  ),
  fix(
    "01",
    "wait for a locked database",
    "new Database(FILE);",
    "new Database(FILE, { timeout: 2000 });",
  ),
  fix(
    "01b",
    "the length is that of the text",
    "slice(0, 15)",
    'slice(0, "SQLite format 3".length)',
  ),
  fix("01b", "grammar of an error", "is no SQLite database", "is not an SQLite database"),
  fix(
    "01c",
    "the version is never cached",
    "  res.json({ version: VERSION });",
    '  res.set("Cache-Control", "no-store");\n  res.json({ version: VERSION });',
  ),
  fix(
    "02",
    "no empty names in the table",
    "name TEXT NOT NULL,",
    "name TEXT NOT NULL CHECK (name <> ''),",
  ),
  fix(
    "02",
    "e-mail addresses without regard to case",
    "email TEXT NOT NULL,",
    "email TEXT NOT NULL COLLATE NOCASE,",
  ),
  fix(
    "02b",
    "a limit for bodies",
    "app.use(express.json());",
    'app.use(express.json({ limit: "200kb" }));',
  ),
  fix("02b", "the longest address", "email: z.email().max(254)", "email: z.email().max(255)"),
  fix(
    "02b",
    "columns of RETURNING",
    "(@name, @email, @nickname) RETURNING *",
    "(@name, @email, @nickname) RETURNING id, name, email, nickname",
  ),
  quick(
    fix(
      "03",
      "the order names its table",
      "SELECT * FROM users ORDER BY id",
      "SELECT * FROM users ORDER BY users.id",
    ),
  ),
  fix(
    "04",
    "styles are cached for a minute",
    'join(import.meta.dirname, "public"))',
    'join(import.meta.dirname, "public"), { maxAge: "1m" })',
  ),
  fix(
    "05",
    "the redirect says its status",
    'res.redirect("/front/users")',
    'res.redirect(302, "/front/users")',
  ),
  fix(
    "06",
    "the comment at findUser",
    'but only "1" is the id of user 1',
    'but the id of user 1 is "1"',
  ),
  fix(
    "06",
    "one user, and no more",
    "SELECT * FROM users WHERE id = ?",
    "SELECT * FROM users WHERE id = ? LIMIT 1",
  ),
  fix(
    "07",
    "who has written stays",
    "author_id INTEGER NOT NULL REFERENCES users (id)",
    "author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT",
  ),
  quick(
    fix(
      "07b",
      "what a wrong id is called",
      '"expected the id of a user"',
      '"expected a user\'s id"',
    ),
  ),
  fix(
    "08",
    "the order names its table",
    "SELECT * FROM messages ORDER BY id",
    "SELECT * FROM messages ORDER BY messages.id",
  ),
  fix(
    "09",
    "the order in a query that step 10 rewrites",
    "recipient_id = @user_id ORDER BY id",
    "recipient_id = @user_id ORDER BY messages.id",
  ),
  fix(
    "10",
    "the comment at the indexes",
    "SQLite reads the whole table to find",
    "SQLite would read the whole table to find",
  ),
  quick(
    fix(
      "11",
      "the comment at toDetails",
      "// A row is flat, the answer is not.",
      "// A row is flat, an answer is not.",
    ),
  ),
  fix(
    "12",
    "the status of a page is sent by itself",
    "res.status(status).render(",
    "res.status(Number(status)).render(",
  ),
  fix(
    "13",
    "a shorter filter",
    "filter((other) => other.id !== user.id)",
    "filter(({ id }) => id !== user.id)",
  ),
  fix(
    "15",
    "the order of the fields",
    "{ id, content, date, author, recipient };",
    "{ id, date, content, author, recipient };",
  ),
  fix(
    "16",
    "attach before listening is reported",
    "io.attach(server);",
    'io.attach(server, { path: "/socket.io" });',
  ),
  fix("17", "a stranger in the log", '"a stranger"}', '"somebody unknown"}'),
  fix(
    "18",
    "the comment at rooms",
    "a nickname is free text, and would collide",
    "a nickname is free text and could collide",
  ),
];
