// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const INSERT = "const [message] = insertMessage.all(input);";
const ANSWER = "json(message)";
const STORED = `${INSERT}\n  res.status(201).${ANSWER};`;
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const FIND = "findUser(input.author_id);\n  findUser(input.recipient_id);";
const ID = 'z.union([z.int().min(1), z.string().regex(DIGITS).transform(Number)], "must be an id")';
const CONTENT = "content: text(2000)";
const content = (schema: string) => app(CONTENT, `content: ${schema}`);
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
      "SQL glued for the content alone",
      "nothing inside a content is changed: quotes",
      app(
        INSERT,
        "const [message] = db.prepare<object, Message>(`INSERT INTO messages (author_id, recipient_id, content) VALUES (@author_id, @recipient_id, '${input.content}') RETURNING *`).all({ author_id: input.author_id, recipient_id: input.recipient_id });",
      ),
    ],
    [
      "escaped when it is stored",
      "nothing inside a content is changed: quotes",
      content(
        "text(2000).transform((it) => it.replace(/[&<>\"']/g, (sign) => `&#${sign.charCodeAt(0)};`))",
      ),
    ],
    [
      "tags are taken out",
      "nothing inside a content is changed: HTML",
      content('text(2000).transform((it) => it.replace(/<[^>]*>/g, ""))'),
    ],
    [
      "only < is escaped",
      "nothing inside a content is changed: HTML",
      content('text(2000).transform((it) => it.replaceAll("<", "&lt;"))'),
    ],
    [
      "in small letters",
      "nothing inside a content is changed: Capitals",
      content("text(2000).transform((it) => it.toLowerCase())"),
    ],
    [
      "other letters of the same look",
      "nothing inside a content is changed: Capitals",
      content('text(2000).transform((it) => it.normalize("NFKC"))'),
    ],
    [
      "ASCII alone",
      "whoever is in the database may write",
      content('text(2000).transform((it) => it.replace(/[^\\x20-\\x7e\\s]/g, "?"))'),
    ],
    [
      "one line",
      "nothing inside a content is changed: line breaks",
      content('text(2000).transform((it) => it.replace(/[\\r\\n\\t]/g, " "))'),
    ],
    [
      "line breaks are refused",
      "nothing inside a content is changed: line breaks",
      content("line(2000)"),
    ],
    [
      "line breaks of another system",
      "nothing inside a content is changed: line breaks",
      content('text(2000).transform((it) => it.replaceAll("\\r", ""))'),
    ],
    [
      "one space for several",
      "nothing inside a content is changed: several spaces",
      content('text(2000).transform((it) => it.replace(/ +/g, " "))'),
    ],
    [
      "no emoji",
      "nothing inside a content is changed: emoji",
      content('text(2000).transform((it) => it.replace(/\\p{Extended_Pictographic}/gu, ""))'),
    ],
    [
      "backslashes are taken for escapes",
      "nothing inside a content is changed: backslashes",
      content('text(2000).transform((it) => it.replace(/\\\\(.)/g, "$1"))'),
    ],
    [
      "a text that looks like a number is one",
      "nothing inside a content is changed: a number",
      app(ANSWER, "json({ ...message, content: Number(input.content) || input.content })"),
    ],
    [
      "cut at 1,000",
      "nothing inside a content is changed: 2,000 letters",
      content("text(2000).transform((it) => it.slice(0, 1000))"),
    ],
    [
      "fewer than 2,000 letters",
      "nothing inside a content is changed: 2,000 letters",
      content("text(1999)"),
    ],
    [
      "2,000 bytes at most",
      "nothing inside a content is changed: 2,000 letters",
      content('text(2000).refine((it) => Buffer.byteLength(it) <= 2000, "at most 2000 letters")'),
    ],
    [
      "changed in the database alone",
      "nothing inside a content is changed: Capitals",
      app(ANSWER, "json(message && { ...message, content: input.content })"),
      app("@recipient_id, @content)", "@recipient_id, upper(@content))"),
    ],
    [
      "with the spaces around it",
      "spaces around a content",
      content(
        'z.string("must be text").refine((it) => it.trim(), "must not be empty").max(2000, "at most 2000 letters")',
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
      "nobody's id is Alice's",
      "nobody's id",
      app(ID, `z.preprocess((id) => Number(id) < 1 ? 1 : id, ${ID})`),
    ],
    ["zeros before an id", "the text 01", app("/^[1-9]\\d{0,14}$/", "/^\\d{1,15}$/")],
    [
      "an id that is read as a number",
      "the text 01",
      app(
        ID,
        'z.coerce.number("must be an id").pipe(z.int("must be an id").min(1, "must be an id"))',
      ),
    ],
    [
      "an id that is read as far as it goes",
      "the text 01",
      app(
        ID,
        'z.any().transform((it) => Number.parseInt(it, 10)).pipe(z.int("must be an id").min(1, "must be an id"))',
      ),
    ],
    [
      "a fraction that is zero",
      "the text 1.0",
      app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}(\\.0+)?$/"),
    ],
    ["powers of ten", "the text 1e0", app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}(e\\d+)?$/")],
    ["a sign before an id", "the text +1", app("/^[1-9]\\d{0,14}$/", "/^\\+?[1-9]\\d{0,14}$/")],
    [
      "spaces around an id",
      "begins with a space",
      app("z.string().regex(DIGITS)", "z.string().trim().regex(DIGITS)"),
    ],
    [
      "a line break after an id",
      "ends with a line break",
      app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}\\n?$/"),
    ],
    [
      "digits at the beginning of an id",
      "a number and a word",
      app(
        ".regex(DIGITS).transform(Number)",
        ".regex(/^[1-9]\\d{0,14}( \\w.*)?$/).transform((it) => Number.parseInt(it, 10))",
      ),
    ],
    [
      "a nickname as an id",
      "a nickname as an id",
      app(ID, `z.preprocess((id) => id === "alice" ? 1 : id, ${ID})`),
    ],
    [
      "half a user",
      "a fraction as an id",
      app("z.union([z.int().min(1)", "z.union([z.number().min(1).transform(Math.floor)"),
    ],
    [
      "true is the user 1",
      "true as an id",
      app(ID, `z.preprocess((id) => id === true ? 1 : id, ${ID})`),
    ],
    [
      "an endless number",
      "beyond all numbers",
      app(ID, `z.preprocess((id) => id === Infinity ? 1 : id, ${ID})`),
    ],
    [
      "a list of one is an id",
      "a list as an id",
      app(ID, `z.preprocess((id) => Array.isArray(id) ? id[0] : id, ${ID})`),
    ],
    [
      "a user is an id",
      "an object as an id",
      app(ID, `z.preprocess((it) => (it as User | null)?.id ?? it, ${ID})`),
    ],
    [
      "an id loosely read for recipients alone",
      "the text 01",
      app(
        "recipient_id: Id, content",
        'recipient_id: z.coerce.number("must be an id").int("must be an id"), content',
      ),
    ],
    [
      "no name of the field",
      "answers 422 and names the field",
      app("`${path.join()}: ${message}`", "message"),
    ],
    [
      "the words of the schema library about ids",
      "as an id answers 422",
      app(', "must be an id")', ")"),
    ],
    [
      "the words of the schema library about texts",
      "a missing content answers 422",
      content('z.string().trim().min(1, "must not be empty").max(2000, "at most 2000 letters")'),
    ],
    [
      "the words of the schema library about lengths",
      "a content of 5,000 letters answers 422",
      content(
        'z.string({ error: (it) => (it.code === "invalid_type" ? "must be text" : undefined) }).trim().min(1, "must not be empty").max(2000)',
      ),
    ],
    [
      "a content of spaces",
      "a content of spaces",
      content(
        'z.string("must be text").min(1, "must not be empty").max(2000, "at most 2000 letters").transform((it) => it.trim())',
      ),
    ],
    [
      "an empty content",
      "an empty content",
      content('z.string("must be text").trim().max(2000, "at most 2000 letters")'),
    ],
    [
      "a content without end",
      "a content of 5,000 letters",
      content('z.string("must be text").trim().min(1, "must not be empty")'),
    ],
    ["a content that is a little too long", "a content of 2,001 letters", content("text(2001)")],
    [
      "a content that is a number",
      "a content that is a number",
      content(`z.preprocess((it) => typeof it === "number" ? String(it) : it, text(2000))`),
    ],
    [
      "a content that is a list",
      "a content that is a list",
      content(`z.preprocess((it) => Array.isArray(it) ? it.join() : it, text(2000))`),
    ],
    [
      "null is a word",
      "a content that is null",
      content(`z.preprocess((it) => it === null ? "null" : it, text(2000))`),
    ],
    ["no content", "a missing content", content('text(2000).default("…")')],
    [
      "Alice, unless told otherwise",
      "a missing author_id",
      app("author_id: Id,", "author_id: Id.default(1),"),
    ],
    [
      "to oneself, unless told otherwise",
      "a missing recipient_id",
      app(
        "recipient_id: Id, content",
        "recipient_id: Id.optional() as unknown as typeof Id, content",
      ),
      app(
        "NewMessage.parse({ ...req.body })",
        "NewMessage.parse({ ...req.body });\n  input.recipient_id ??= input.author_id",
      ),
    ],
    [
      "no body is an error of ours",
      "no body at all",
      app(
        "NewMessage.parse({ ...req.body })",
        "NewMessage.parse({ ...req.body, content: req.body.content })",
      ),
    ],
    [
      "the content in capitals",
      "answers 201, the id, the content",
      content("text(2000).toUpperCase()"),
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
