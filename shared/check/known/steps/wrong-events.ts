// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const STORE = "const [{ id, content, date }] = insertMessage.all(input) as [Message];";
const EMIT = 'io.to([roomOf(author), roomOf(recipient)]).emit("message", message);';
const SEND = 'emit("message", message)';
const TOLD = "const { status, error } = toAnswer(thrown);";
/** The message as it will be, told before it is there. */
const EARLY = `const id = (listMessages.all().at(-1)?.id ?? 0) + 1;
  const { content } = input;
  const date = new Date().toISOString();
  io.to([roomOf(author), roomOf(recipient)]).emit("message", { id, content, date, author, recipient });`;
const INSERT =
  'db.prepare("INSERT INTO messages VALUES (?, ?, ?, ?, ?)").run(id, content, author.id, recipient.id, date);';

/** 18: what is told of a message, and when. */
export const wrongEvents = faults("18", [
  ["without details", "with all details", app(SEND, 'emit("message", { id, content, date })')],
  ["as text", "with all details", app(SEND, 'emit("message", JSON.stringify(message))')],
  [
    "ids instead of users",
    "with all details",
    app(SEND, 'emit("message", { ...message, author: author.id, recipient: recipient.id })'),
  ],
  [
    "without addresses",
    "with all details",
    app(SEND, 'emit("message", { ...message, author: { ...author, email: undefined } })'),
  ],
  [
    "a date of its own",
    "with all details",
    app(SEND, 'emit("message", { ...message, date: new Date(Date.now() + 1).toISOString() })'),
  ],
  ["in a list", "with all details", app(SEND, 'emit("message", [message] as never)')],
  [
    "a further value",
    "with all details",
    app(SEND, 'emit("message", message, recipient.nickname)'),
  ],
  [
    "a long message is cut",
    "it arrives as POST answers it",
    app(SEND, 'emit("message", { ...message, content: content.slice(0, 1000) })'),
  ],
  [
    "escaped on its way",
    "it arrives as POST answers it",
    app(SEND, 'emit("message", { ...message, content: content.replaceAll("<", "&lt;") })'),
  ],
  [
    "names are escaped on their way",
    "it arrives as POST answers it",
    app(
      SEND,
      'emit("message", { ...message, author: { ...author, name: author.name.replaceAll("<", "&lt;") } })',
    ),
  ],
  [
    "author and recipient changed places",
    "with all details",
    app(SEND, 'emit("message", { ...message, author: recipient, recipient: author })'),
  ],
  [
    "told, then stored",
    "a message that the database does not store reaches nobody",
    app(STORE, `${EARLY}\n  ${INSERT}`),
    app(EMIT, ""),
  ],
  [
    "told, answered, then stored",
    "it arrives as POST answers it",
    app(STORE, `${EARLY}\n  setTimeout(() => ${INSERT.slice(0, -1)}, 100);`),
    app(EMIT, ""),
  ],
  [
    "told whether it was stored or not",
    "a message that the database does not store reaches nobody",
    app(
      STORE,
      `const id = (listMessages.all().at(-1)?.id ?? 0) + 1;
  const { content } = input;
  const date = new Date().toISOString();
  res.once("finish", () => {
    io.to([roomOf(author), roomOf(recipient)]).emit("message", { id, content, date, author, recipient });
  });
  ${INSERT}`,
    ),
    app(EMIT, ""),
  ],
  [
    "told before it is committed",
    "a message that the database does not store reaches nobody",
    app(STORE, "const { id, content, date } = insertMessage.get(input) as Message;"),
  ],
  [
    "a message that is not stored ends the server",
    "a message that the database does not store reaches nobody",
    app(TOLD, `${TOLD}\n  if (status >= 500) process.exit(1);`),
  ],
]);
