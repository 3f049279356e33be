// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const INSERT = "const [message] = insertMessage.all(input);";
const ANSWER = "json(message)";
const STORED = `${INSERT}\n  res.status(201).${ANSWER};`;
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const ID = 'z.union([z.int().min(1), z.string().regex(DIGITS).transform(Number)], "must be an id")';
const FIND = "findUser(input.author_id);\n  findUser(input.recipient_id);";
const UNCHECKED = app('db.pragma("foreign_keys = ON")', 'db.pragma("foreign_keys = OFF")');

/** 07 and 07b: messages have a table, and are created. */
export const wrongMessages = [
  ...faults("07", [
    ["another column", "a table messages with", app("content TEXT", "body TEXT")],
    ["another table", "a table messages with", app("EXISTS messages", "EXISTS message")],
    [
      "no date",
      "a table messages with",
      app(
        `REFERENCES users (id),\n    date TEXT NOT NULL DEFAULT (${NOW})`,
        "REFERENCES users (id)",
      ),
    ],
    [
      "names in another style",
      "a table messages with",
      app("author_id INTEGER", "authorId INTEGER"),
    ],
    [
      "a recipient without reference",
      "both reference users",
      app("recipient_id INTEGER NOT NULL REFERENCES users (id)", "recipient_id INTEGER NOT NULL"),
    ],
    [
      "an author who is a message",
      "both reference users",
      app(
        "author_id INTEGER NOT NULL REFERENCES users (id)",
        "author_id INTEGER NOT NULL REFERENCES messages (id)",
      ),
    ],
    [
      "an id that nobody gives",
      "gives each message an id",
      app("id INTEGER PRIMARY KEY,\n    content", "id INTEGER,\n    content"),
    ],
    [
      "a new table at each start",
      "keeps it when the app is started again",
      app(
        "CREATE TABLE IF NOT EXISTS messages",
        "DROP TABLE IF EXISTS messages;\n  CREATE TABLE messages",
      ),
    ],
    [
      "one message for each author",
      "gives each message an id",
      app("author_id INTEGER NOT NULL", "author_id INTEGER UNIQUE NOT NULL"),
    ],
  ]),
  ...faults("07b", [
    ["status 200", "POST /api/messages answers 201", app(`status(201).${ANSWER}`, ANSWER)],
    [
      "no id",
      "answers 201, the id",
      app("@content) RETURNING *", "@content) RETURNING content, author_id, recipient_id, date"),
    ],
    [
      "the id as text",
      "answers 201, the id",
      app(ANSWER, "json({ ...message, id: `${message?.id}` })"),
    ],
    ["the date without its zone", "the date in UTC", app(NOW, "datetime('now')")],
    [
      "the date in the server's own time",
      "the date in UTC",
      app(NOW, "datetime('now', 'localtime')"),
    ],
    [
      "the server's own time, called UTC, by SQLite",
      "the date in UTC",
      app("'now'", "'now', 'localtime'"),
    ],
    [
      "the server's own time, called UTC, by JavaScript",
      "the date in UTC",
      app(
        ANSWER,
        'json({ ...message, date: `${new Date().toLocaleString("sv").replace(" ", "T")}Z` })',
      ),
    ],
    [
      "the hour of the server, called UTC",
      "the date in UTC",
      app(
        ANSWER,
        'json({ ...message, date: message?.date.replace(/T\\d\\d/, `T${String(new Date().getHours()).padStart(2, "0")}`) })',
      ),
    ],
    ["the time of Paris, called UTC", "the date in UTC", app("'now'", "'now', '+2 hours'")],
    [
      "the date as a number",
      "the date in UTC",
      app(ANSWER, "json({ ...message, date: Date.now() })"),
    ],
    ["the day alone", "the date in UTC", app(NOW, "date('now')")],
    [
      "more than was asked for",
      "nothing else",
      app(ANSWER, 'json({ ...message, status: "sent" })'),
    ],
    [
      "ids answered as they came",
      "are answered as numbers",
      app(ANSWER, "json({ ...message, author_id: req.body.author_id })"),
    ],
    ["ids as text are refused", "ids sent as text", app(ID, "z.int().min(1)")],
    [
      "an end after an error",
      "and the app goes on",
      app(
        "if (status >= 500) console.error(error);",
        "if (status >= 500) {\n    console.error(error);\n    setTimeout(() => process.exit(1));\n  }",
      ),
    ],
    [
      "an error of the database is the client's",
      "an error of the database answers 500",
      app(
        INSERT,
        `let message: Message | undefined;
  try {
    [message] = insertMessage.all(input);
  } catch {
    throw createError(422, "content: cannot be stored");
  }`,
      ),
    ],
    [
      "an error of the database is told",
      "without a word of SQL",
      app('expose ? message : "Internal server error"', "message"),
    ],
    [
      "answered before it is stored",
      "an error of the database answers 500",
      app(
        STORED,
        `const now = db.prepare(\`SELECT coalesce(max(id), 0) + 1 AS id, ${NOW} AS date FROM messages\`).get() as object;
  res.status(201).json({ ...now, ...input });
  insertMessage.run(input);`,
      ),
    ],
    [
      "stored when there is time",
      "an error of the database answers 500",
      app(
        STORED,
        `const now = db.prepare(\`SELECT coalesce(max(id), 0) + 1 AS id, ${NOW} AS date FROM messages\`).get() as object;
  setImmediate(() => { try { insertMessage.run(input); } catch (error) { console.error(error); } });
  res.status(201).json({ ...now, ...input });`,
      ),
    ],
    [
      "read before it is committed",
      "what cannot be committed",
      app(INSERT, "const message = insertMessage.get(input);"),
    ],
    ["references that nobody looks at", "nothing is stored", UNCHECKED],
    [
      "references that are looked at no more",
      "nothing is stored",
      app("// --- api ---", '// --- api ---\n\ndb.pragma("foreign_keys = 0");'),
    ],
    [
      "the client's date",
      "neither the id nor the date",
      app(ANSWER, "json({ ...message, ...(req.body.date && { date: req.body.date }) })"),
    ],
    [
      "the client's id",
      "neither the id nor the date",
      app(ANSWER, "json({ ...message, ...(req.body.id && { id: req.body.id }) })"),
    ],
    [
      "Alice, Bob and Charlie alone",
      "whoever is in the database may write",
      app(FIND, `${FIND}\n  if (input.author_id > 3) throw createError(404);`),
    ],
    [
      "users as they were at the start",
      "whoever is in the database may write",
      app("const findUser = (", "const known = new Map<number, User>();\n\nconst findUser = ("),
      app("data && selectUser.get(data)", "data && known.get(data)"),
      app(
        "  res.status(201).json(user);",
        "  known.set(user.id, user);\n  res.status(201).json(user);",
      ),
    ],
    [
      "an unknown author is left to SQLite",
      "an unknown author answers 404",
      app("findUser(input.author_id);", ""),
    ],
    [
      "an unknown recipient is left to SQLite",
      "an unknown recipient answers 404",
      app("findUser(input.recipient_id);", ""),
    ],
    [
      "99 is unknown, all others are not looked up",
      "an unknown author answers 404",
      app(FIND, "if (input.author_id === 99 || input.recipient_id === 99) throw createError(404);"),
    ],
    [
      "an id as text is nobody's",
      "ids sent as text",
      app(FIND, `if (typeof req.body.author_id === "string") throw createError(404);\n  ${FIND}`),
    ],
    [
      "stored first, then refused",
      "nothing is stored",
      app(`${FIND}\n  ${INSERT}`, `${INSERT}\n  ${FIND}`),
      UNCHECKED,
    ],
    [
      "malformed JSON answers 422",
      "malformed JSON answers 400",
      app(
        "return createError(error);",
        "return error instanceof SyntaxError ? createError(422) : createError(error);",
      ),
    ],
  ]),
];
