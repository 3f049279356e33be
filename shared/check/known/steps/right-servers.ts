// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right } from "../table.ts";

const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const INSERT_MESSAGE = "VALUES (@author_id, @recipient_id, @content) RETURNING *";
const BOTH =
  "SELECT * FROM messages WHERE author_id = @user_id OR recipient_id = @user_id ORDER BY id";

/** Servers that are written differently, from 07 on. */
export const rightServers = [
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
    "users looked up one by one",
    "11",
    app(
      "res.json(messagesWith(user.id));",
      "const all = listMessages.all().filter((it) => it.author_id === user.id || it.recipient_id === user.id);\n  res.json(all.map(({ id, content, date, author_id, recipient_id }) => ({ id, content, date, author: findUser(author_id), recipient: findUser(recipient_id) })));",
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
