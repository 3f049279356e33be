// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, users } from "./table.ts";

const HELLO = `app.get("/", (_req, res) => {
  res.type("text").send(\`hello, this is a chat app! (version \${VERSION})\`);
});`;
const PARSED = "NewUser.parse({ ...req.body })";
const INSERTED = `const [user] = insertUser.all(${PARSED});`;
const TAKEN = "ON CONFLICT (nickname) DO NOTHING RETURNING *";
const USERS = 'app.post("/api/users", (req, res) => {';
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const BY_HAND = `type NewUser = { name: string; email: string; nickname: string };
const checkUser = (body: Record<string, any>): NewUser => {
  const refuse = (field: string) => {
    throw createError(422, \`\${field} is not right\`);
  };
  const text = (field: keyof NewUser, most: number): string => {
    const value = typeof body[field] === "string" ? body[field].trim() : "";
    if (value === "" || value.length > most) refuse(field);
    if (/[\\0-\\x1f\\x7f-\\x9f]/.test(value)) refuse(field);
    return value;
  };
  const email = text("email", 254);
  if (!/^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$/.test(email)) refuse("email");
  return { name: text("name", 100), email, nickname: text("nickname", 50) };
};
type User = NewUser & { id: number };`;
const BY_HAND_ORDERED = BY_HAND.replace(
  'const email = text("email", 254);',
  'const name = text("name", 100);\n  const email = text("email", 254);',
).replace('name: text("name", 100), email', "name, email");
const INSERT_MESSAGE = "VALUES (@author_id, @recipient_id, @content) RETURNING *";
const BOTH =
  "SELECT * FROM messages WHERE author_id = @user_id OR recipient_id = @user_id ORDER BY id";

/** Servers that are written differently. */
export const rightServers = [
  ...right(
    "node:http instead of express",
    "00 01",
    app('import express from "express";', 'import { createServer } from "node:http";'),
    app("const app = express();\n", ""),
    app(
      HELLO,
      `const app = createServer((req, res) => {
  const found = req.url === "/";
  res.writeHead(found ? 200 : 404, { "Content-Type": "text/plain; charset=utf-8" });
  res.end(found ? \`hello, this is a chat app! (version \${VERSION})\` : "nothing here");
});`,
    ),
  ),
  ...right(
    "other words for a busy port",
    "00 01 01b 01c 02",
    app(
      "console.error(`Cannot listen on ${ADDRESS} (${error}): set PORT or HOST, or stop what is there.`)",
      "console.error(`${(error as Error).message}, PORT is ${PORT}`)",
    ),
  ),
  ...right(
    "the version from the module's address",
    "00 01 01b 01c 03",
    app("basename(import.meta.dirname)", 'import.meta.url.split("/").at(-2)'),
  ),
  ...right(
    "a database that is looked at through a connection of its own",
    "01b 01c",
    app(
      'db.pragma("schema_version");',
      'const other = new Database(FILE, { readonly: true, fileMustExist: true });\nother.prepare("SELECT count(*) FROM sqlite_schema").get();\nother.close();\ndb.pragma("schema_version");',
    ),
  ),
  ...right(
    "a table that is not strict",
    "02 02b 03 06",
    app(") STRICT", ")"),
    app("name TEXT NOT NULL,", "name VARCHAR(100) NOT NULL,"),
  ),
  ...right(
    "an index instead of a constraint",
    "02 02b 03",
    app(
      "nickname TEXT NOT NULL UNIQUE\n  ) STRICT",
      "nickname TEXT NOT NULL\n  ) STRICT;\n  CREATE UNIQUE INDEX IF NOT EXISTS users_nickname ON users (nickname)",
    ),
  ),
  ...right(
    "ids that are never given twice",
    "02 02b 03 05",
    app("id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY AUTOINCREMENT"),
  ),
  ...right(
    "a column more",
    "02 02b",
    app("NOT NULL UNIQUE", "NOT NULL UNIQUE,\n    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP"),
  ).map((known) =>
    known.step === "02"
      ? known
      : {
          ...known,
          edits: [...known.edits, app(TAKEN, TAKEN.replace("*", "id, name, email, nickname"))],
        },
  ),
  ...right(
    "a select after the insert of a user",
    "02b 03 04 05 06 07 11 15",
    app(TAKEN, "ON CONFLICT (nickname) DO NOTHING"),
    app(
      INSERTED,
      `const { changes, lastInsertRowid } = insertUser.run(${PARSED});
  const user = changes && db.prepare("SELECT * FROM users WHERE id = ?").get(lastInsertRowid);`,
    ),
  ),
  ...right(
    "a transaction around the insert of a user",
    "02b 04 08",
    app(
      INSERTED,
      `const input = ${PARSED};
  const user = db.transaction(() => insertUser.get(input))();`,
    ),
  ),
  ...right(
    "a taken nickname is what SQLite refuses",
    "02b 03 06",
    app(TAKEN, "RETURNING *"),
    app(
      INSERTED,
      `const input = ${PARSED};
  let user: User | undefined;
  try {
    [user] = insertUser.all(input);
  } catch (error) {
    if ((error as { code?: string }).code !== "SQLITE_CONSTRAINT_UNIQUE") throw error;
  }`,
    ),
  ),
  ...right(
    "a taken nickname is looked for first",
    "02b 05",
    app(
      INSERTED,
      `const input = ${PARSED};
  const isTaken = db.prepare("SELECT 1 FROM users WHERE nickname = ?").get(input.nickname);
  const [user] = isTaken ? [] : insertUser.all(input);`,
    ),
  ),
  ...right(
    "no wait for a lock, and other words for it",
    "02b 03",
    app("timeout: 1000", "timeout: 0"),
    app('"The database is busy: try again"', '"Sorry, somebody else is writing at the moment"'),
  ),
  ...right(
    "the database is closed in good order at the end",
    "01 02b 04",
    app(
      "// --- front ---",
      'process.on("SIGTERM", () => {\n  db.close();\n  process.exit();\n});\n\n// --- front ---',
    ),
  ),
  ...right(
    "garbage is noticed by a question of its own",
    "01 01b 02b",
    app(
      'db.pragma("journal_mode = WAL");',
      'db.prepare("SELECT count(*) FROM sqlite_schema").get();\n  db.pragma("journal_mode = WAL");',
    ),
    app(
      "`Cannot use ${FILE} (${error}): close what else uses it, or move it away.`",
      "`Is chat.db a database? ${(error as Error).message}`",
    ),
  ),
  ...right(
    "a port that is checked before anything else",
    "00 01c 02b",
    app(
      "const app = express();",
      `if (!/^\\d+$/.test(String(PORT)) || Number(PORT) < 1 || Number(PORT) > 65535) {
  console.error(\`PORT=\${PORT}: not a port\`);
  process.exit(1);
}
const app = express();`,
    ),
  ),
  ...right(
    "a server that says nothing when it starts",
    "00 01",
    app("  console.log(`step ${VERSION} listens on ${ADDRESS}`);\n", ""),
  ),
  ...right(
    "users checked by hand",
    "02b 03 06",
    app("type User = z.infer<typeof NewUser> & { id: number };", BY_HAND_ORDERED),
    app("const NewUser = z.object", "const _NewUser = z.object"),
    app("prepare<z.infer<typeof NewUser>, User>", "prepare<NewUser, User>"),
    app(PARSED, "checkUser({ ...req.body })"),
  ),
  ...right(
    "a router for the API",
    "02b 04 05 06 09 11",
    app(
      USERS,
      'const api = express.Router();\napp.use("/api", api);\n\napi.post("/users", (req, res) => {',
    ),
  ),
  ...right(
    "users row by row",
    "03 04",
    app("res.json(listUsers.all())", "res.json([...listUsers.iterate()])"),
  ),
  ...right(
    "a header instead of a redirect",
    "05 06 07",
    app('res.redirect("/front/users")', 'res.writeHead(302, { Location: "/front/users" }).end()'),
  ),
  ...right(
    "ids checked by a pattern",
    "06 07b 08 09",
    app(
      "const { data } = Id.safeParse(id);",
      "const data = /^[1-9]\\d*$/.test(String(id)) ? Number(id) : 0;",
    ),
  ),
  ...right(
    "ids compared with what they are as a number",
    "06 07",
    app(
      "const { data } = Id.safeParse(id);",
      "const data = String(Number(id)) === String(id) ? Number(id) : 0;",
    ),
  ),
  ...right(
    "a pattern in the path of a route",
    "06",
    app(
      'app.get("/api/users/:user_id", (req, res) => {',
      `app.param("user_id", (_req, _res, next, id) =>
  next(/^[1-9]\\d{0,14}$/.test(id) ? undefined : createError(404, "There is nobody like that")),
);
app.get("/api/users/:user_id", (req, res) => {`,
    ),
  ),
  ...right(
    "a folder of another name, and a path before it",
    "04 05",
    app(
      'app.use(express.static(join(import.meta.dirname, "public")));',
      'app.use("/assets", express.static(join(import.meta.dirname, "public")));',
    ),
    users("/style.css", "/assets/style.css"),
  ),
  ...right(
    "HTML without optional end tags",
    "04 05 06",
    users("</li>", ""),
    users("  </body>\n</html>", ""),
    users("</p>\n    </header>", "\n    </header>"),
  ),
  ...right(
    "HTML without optional tags at all",
    "04",
    users("  <head>\n", ""),
    users("  </head>\n  <body>\n", ""),
    users("  </body>\n</html>", ""),
    users("</li>", ""),
  ),
  ...right(
    "references in lines of their own",
    "07 07b 08",
    app("author_id INTEGER NOT NULL REFERENCES users (id)", "author_id INTEGER NOT NULL"),
    app("recipient_id INTEGER NOT NULL REFERENCES users (id)", "recipient_id INTEGER NOT NULL"),
    app(
      `DEFAULT (${NOW})`,
      `DEFAULT (${NOW}),\n    FOREIGN KEY (author_id) REFERENCES users (id),\n    FOREIGN KEY (recipient_id) REFERENCES users (id)`,
    ),
  ),
  ...right(
    "dates of JavaScript",
    "07b 08 10 14",
    app(`date TEXT NOT NULL DEFAULT (${NOW})`, "date TEXT NOT NULL"),
    app("(author_id, recipient_id, content)\n", "(author_id, recipient_id, content, date)\n"),
    app(INSERT_MESSAGE, "VALUES (@author_id, @recipient_id, @content, @date) RETURNING *"),
    app(
      "insertMessage.all(input)",
      "insertMessage.all({ ...input, date: new Date().toISOString() } as never)",
    ),
  ),
  ...right("dates without a fraction", "07b 09 11 12 15 19", app("%fZ", "%SZ")),
  ...right(
    "a select after the insert of a message",
    "07b 08 09 10 13 14",
    app(INSERT_MESSAGE, "VALUES (@author_id, @recipient_id, @content)"),
    app(
      "const [message] = insertMessage.all(input);",
      'const message = db.prepare("SELECT * FROM messages WHERE id = ?").get(insertMessage.run(input).lastInsertRowid);',
    ),
  ),
  ...right(
    "a filter of JavaScript",
    "09",
    app(
      "res.json(listMessagesWith.all({ user_id: user.id }))",
      "res.json(listMessages.all().filter((it) => it.recipient_id === user.id))",
    ),
  ),
  ...right(
    "a union",
    "10",
    app(BOTH, BOTH.replace(" OR ", " UNION SELECT * FROM messages WHERE ")),
  ),
  ...right(
    "a comparison with both",
    "10",
    app(
      BOTH,
      BOTH.replace(
        "author_id = @user_id OR recipient_id = @user_id",
        "@user_id IN (author_id, recipient_id)",
      ),
    ),
  ),
  ...right(
    "users looked up one by one",
    "11",
    app(
      "res.json(messagesWith(user.id));",
      "const all = listMessages.all().filter((it) => it.author_id === user.id || it.recipient_id === user.id);\n  res.json(all.map(({ id, content, date, author_id, recipient_id }) => ({ id, content, date, author: findUser(author_id), recipient: findUser(recipient_id) })));",
    ),
  ),
  ...right(
    "columns with names of their own, put together by JavaScript",
    "11",
    app(
      "res.json(messagesWith(user.id));",
      `const rows = db.prepare(\`SELECT m.id, m.content, m.date,
    a.id AS a_id, a.name AS a_name, a.email AS a_email, a.nickname AS a_nickname,
    r.id AS r_id, r.name AS r_name, r.email AS r_email, r.nickname AS r_nickname
    FROM messages m JOIN users a ON a.id = m.author_id JOIN users r ON r.id = m.recipient_id
    WHERE ? IN (a.id, r.id) ORDER BY m.id\`).all(user.id) as any[];
  const userOf = (row: any, sign: string) => ({ id: row[sign + "_id"], name: row[sign + "_name"], email: row[sign + "_email"], nickname: row[sign + "_nickname"] });
  res.json(rows.map((it) => ({ id: it.id, content: it.content, date: it.date, author: userOf(it, "a"), recipient: userOf(it, "r") })));`,
    ),
  ),
  ...right(
    "the stored message is read again",
    "15 17 18",
    app(
      "const [{ id, content, date }] = insertMessage.all(input) as [Message];",
      "insertMessage.run(input);",
    ),
    app(
      "const message: MessageDetails = { id, content, date, author, recipient };",
      "const message = messagesWith(author.id).at(-1) as MessageDetails;\n  void recipient;",
    ),
  ),
];
