// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right } from "../table.ts";

const INSERT = "const [message] = insertMessage.all(input);";
const FIND = "findUser(input.author_id);\n  findUser(input.recipient_id);";
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
const PARSED = "NewMessage.parse({ ...req.body })";
const BY_HAND = `const checkMessage = (body: Record<string, unknown> | undefined): z.infer<typeof NewMessage> => {
  const user = (field: "author_id" | "recipient_id"): number => {
    const id = body?.[field];
    if (Number.isSafeInteger(id) && Number(id) > 0) return Number(id);
    if (typeof id === "string" && id.length < 16 && String(Number.parseInt(id, 10)) === id && Number(id) > 0) return Number(id);
    throw createError(422, \`\${field}, bitte: eine Nummer\`);
  };
  const content = typeof body?.content === "string" ? body.content.trim() : "";
  if (content === "" || content.length > 2000) throw createError(422, "content, bitte: 1 bis 2000 Zeichen");
  return { author_id: user("author_id"), recipient_id: user("recipient_id"), content };
};
`;

/** Messages that are stored and listed in another way. */
export const rightMessages = [
  ...right(
    "a table in another order, not strict",
    "07 07b 09 11",
    app(
      "content TEXT NOT NULL,\n    author_id",
      "date VARCHAR(30) NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),\n    author_id",
    ),
    app(
      `REFERENCES users (id),\n    date TEXT NOT NULL DEFAULT (${NOW})\n  ) STRICT`,
      "REFERENCES users (id),\n    content VARCHAR(2000) NOT NULL\n  )",
    ),
  ),
  ...right(
    "rules of its own in the table",
    "07 07b 10",
    app("content TEXT NOT NULL", "content TEXT NOT NULL CHECK (length(content) <= 2000)"),
    app(
      "recipient_id INTEGER NOT NULL REFERENCES users (id)",
      "recipient_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT",
    ),
  ),
  ...right(
    "dates as numbers in the database",
    "07 07b 08",
    app(
      `date TEXT NOT NULL DEFAULT (${NOW})`,
      "date INTEGER NOT NULL DEFAULT (CAST(1000 * unixepoch('subsec') AS INTEGER))",
    ),
  ).map((known) => ({
    ...known,
    edits: [
      ...known.edits,
      ...(known.step === "07"
        ? []
        : [
            app(
              "json(message)",
              "json(message && { ...message, date: new Date(message.date).toISOString() })",
            ),
          ]),
      ...(known.step === "08"
        ? [
            app(
              "res.json(listMessages.all())",
              "res.json(listMessages.all().map((it) => ({ ...it, date: new Date(it.date).toISOString() })))",
            ),
          ]
        : []),
    ],
  })),
  ...right(
    "a transaction, in which get() commits",
    "07b 08 11 14",
    app(INSERT, "const message = db.transaction(() => insertMessage.get(input))();"),
  ),
  ...right(
    "users looked up and the message stored in one transaction",
    "07b 09 12",
    app(
      `${FIND}\n  ${INSERT}`,
      `const message = db.transaction(() => {\n  ${FIND}\n  return insertMessage.get(input);\n})();`,
    ),
  ),
  ...right(
    "unknown users found out by SQLite",
    "07b 08 10 13",
    app(
      `${FIND}\n  ${INSERT}`,
      `let message: Message | undefined;
  try {
    [message] = insertMessage.all(input);
  } catch (error) {
    const isNobody = error instanceof Database.SqliteError && error.code === "SQLITE_CONSTRAINT_FOREIGNKEY";
    throw isNobody ? createError(404, "who is that?") : error;
  }`,
    ),
  ),
  ...right(
    "messages checked by hand, in another language",
    "07b 08 11 13",
    app("type Message =", `${BY_HAND}\ntype Message =`),
    app(PARSED, "checkMessage(req.body)"),
  ),
  ...right(
    "zero and less are ids of nobody",
    "07b 09 14",
    app(
      "z.int().min(1), z.string().regex(DIGITS)",
      "z.int(), z.string().regex(/^(0|-?[1-9]\\d{0,14})$/)",
    ),
    app("data && selectUser.get(data)", "data !== undefined && selectUser.get(data)"),
  ),
  ...right(
    "faults as a list of lines",
    "07b 12",
    app("`${path.join()}: ${message}`", "`- ${path.join()} (${message})`"),
    app('faults.join("; ")', 'faults.join("\\n")'),
  ),
  ...right(
    "messages row by row",
    "08 09 12",
    app("res.json(listMessages.all())", "res.json([...listMessages.iterate()])"),
  ),
  ...right(
    "a stream of messages",
    "08 10",
    app(
      "res.json(listMessages.all())",
      'res.type("json").write("[");\n  let comma = "";\n  for (const message of listMessages.iterate()) {\n    res.write(`${comma}${JSON.stringify(message, null, 2)}`);\n    comma = ",\\n";\n  }\n  res.end("]")',
    ),
  ),
];
