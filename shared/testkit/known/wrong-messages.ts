// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const ANSWER = "json(insertMessage.get(input))";
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const CHECKED = `findUser(input.author_id);
  findUser(input.recipient_id);
  res.status(201).json(insertMessage.get(input));`;
const CONTENT = "content: z.string().trim().min(1).max(2000)";
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
      app(
        ANSWER,
        "json({ ...insertMessage.get(input), id: String(insertMessage.get(input)?.id) })",
      ),
    ],
    [
      "the date in the server's own time",
      "the date in UTC",
      app(NOW, "datetime('now', 'localtime')"),
    ],
    ["the date without its zone", "the date in UTC", app(NOW, "datetime('now')")],
    ["the time of Paris, called UTC", "the date in UTC", app("'now'", "'now', '+2 hours'")],
    [
      "the date as a number",
      "the date in UTC",
      app(ANSWER, "json({ ...insertMessage.get(input), date: Date.now() })"),
    ],
    ["the day alone", "the date in UTC", app(NOW, "date('now')")],
    [
      "more than was asked for",
      "nothing else",
      app(ANSWER, 'json({ ...insertMessage.get(input), status: "sent" })'),
    ],
    [
      "ids answered as they came",
      "are answered as numbers",
      app(ANSWER, "json({ ...insertMessage.get(input), author_id: req.body.author_id })"),
    ],
    [
      "ids as text are refused",
      "ids sent as text",
      app('z.union([z.int(), Digits], "expected the id of a user")', "z.int()"),
    ],
    [
      "ids are stored as text",
      '"author_id": "1"',
      app("author_id INTEGER", "author_id ANY"),
      app(
        "insertMessage.get(input)",
        "insertMessage.get({ ...input, author_id: String(input.author_id) as never })",
      ),
    ],
    [
      "the client's date",
      "neither the id nor the date",
      app(
        ANSWER,
        "json({ ...insertMessage.get(input), ...(req.body.date && { date: req.body.date }) })",
      ),
    ],
    [
      "the client's id",
      "neither the id nor the date",
      app(ANSWER, "json({ ...insertMessage.get(input), ...(req.body.id && { id: req.body.id }) })"),
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
      "messages of nobody",
      "no message is stored",
      app("findUser(input.author_id);", ""),
      app("findUser(input.recipient_id);", ""),
      UNCHECKED,
    ],
    [
      "stored first, then refused",
      "no message is stored",
      app(
        CHECKED,
        "const message = insertMessage.get(input);\nfindUser(input.author_id);\nfindUser(input.recipient_id);\nres.status(201).json(message);",
      ),
      UNCHECKED,
    ],
    [
      "a content of spaces",
      "a content of spaces",
      app(CONTENT, "content: z.string().min(1).max(2000)"),
    ],
    ["an empty content", "an empty content", app(CONTENT, "content: z.string().max(2000)")],
    [
      "a content without end",
      "a content of 5,000 letters",
      app(CONTENT, "content: z.string().trim().min(1)"),
    ],
    [
      "a content that is a number",
      "a content that is a number",
      app(CONTENT, "content: z.coerce.string().trim().min(1).max(2000)"),
    ],
    ["no content", "a missing content", app(CONTENT, `${CONTENT}.default("…")`)],
    [
      "true is the user 1",
      "a recipient_id that is true",
      app('z.union([z.int(), Digits], "expected the id of a user")', "z.coerce.number()"),
    ],
    [
      "half a user",
      "an author_id that is no whole number",
      app(
        'z.union([z.int(), Digits], "expected the id of a user").pipe(z.int().positive())',
        "z.union([z.number(), Digits])",
      ),
    ],
    ["an endless number", "an author_id beyond all numbers", app(".pipe(z.int().positive())", "")],
    [
      "Alice, unless told otherwise",
      "a missing author_id",
      app("author_id: Id,", "author_id: Id.default(1),"),
    ],
    [
      "the content in capitals",
      "answers 201, the id, the content",
      app(CONTENT, `${CONTENT}.toUpperCase()`),
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
