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
  fix("00", "how to stop the other program", "or stop what is there", "or end what is there"),
  fix(
    "01",
    "the comment at the write-ahead log",
    "readers and the writer do not wait for each other",
    "readers do not wait for the writer",
  ),
  fix("01", "wait for a locked database", "{ timeout: 1000 }", "{ timeout: 2000 }"),
  fix("01b", "an empty file, said otherwise", "size === 0", "size < 1"),
  fix("01b", "grammar of an error", " is empty`", " holds nothing`"),
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
  fix("02b", "the comment at all()", "Not get(): it stops", "Not get(), which stops"),
  fix(
    "02b",
    "columns of RETURNING",
    "DO NOTHING RETURNING *",
    "DO NOTHING RETURNING id, name, email, nickname",
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
  fix("06", "the comment at Id", "and may be a number in JSON", "and can be a number in JSON"),
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
      "the longest message, easier to read",
      "content: text(2000)",
      "content: text(2_000)",
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
  fix(
    "11",
    "the name of a row's text",
    "map((row) => JSON.parse(row.json))",
    "map(({ json }) => JSON.parse(json))",
  ),
  quick(
    fix(
      "12",
      "the status of a page is sent by itself",
      "res.status(answer.status).render(",
      "res.status(Number(answer.status)).render(",
    ),
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
    "the path of the sockets",
    'transports: ["websocket"],',
    'transports: ["websocket"], path: "/socket.io",',
  ),
  fix("17", "what a stranger is told", '"No user has this nickname"', '"Nobody has this nickname"'),
  fix(
    "18",
    "the comment at rooms",
    "a nickname is free text, and would collide",
    "a nickname is free text and could collide",
  ),
];
