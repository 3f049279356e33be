// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.

import { app, faults } from "../table.ts";
import { LOCAL, memory } from "./list-edits.ts";

const ALL = "SELECT * FROM messages ORDER BY id";
const GET_ALL = "res.json(listMessages.all())";

/** 08: all messages are listed. */
export const wrongLists = [
  ...faults("08", [
    ["the last one first", "lists all messages by id", app(ALL, `${ALL} DESC`)],
    ["by content", "lists all messages by id", app(ALL, "SELECT * FROM messages ORDER BY content")],
    ["by date", "nor listed twice", app(ALL, "SELECT * FROM messages ORDER BY date")],
    [
      "by date, then by id",
      "nor listed twice",
      app(ALL, "SELECT * FROM messages ORDER BY date, messages.id"),
    ],
    [
      "by the text of the id",
      "nor listed twice",
      app(ALL, "SELECT * FROM messages ORDER BY CAST(messages.id AS TEXT)"),
    ],
    [
      "as they come from JavaScript's sort",
      "nor listed twice",
      app(
        GET_ALL,
        "res.json(listMessages.all().sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)))",
      ),
    ],
    ...[10, 20, 50, 100].map(
      (most) =>
        [`${most} at most`, "no message is left out", app(ALL, `${ALL} LIMIT ${most}`)] as const,
    ),
    [
      "the last hundred",
      "no message is left out",
      app(GET_ALL, "res.json(listMessages.all().slice(-100))"),
    ],
    [
      "equal ones once",
      "no message is left out",
      app(
        ALL,
        "SELECT * FROM messages GROUP BY content, author_id, recipient_id ORDER BY messages.id",
      ),
    ],
    [
      "those of one date once",
      "no message is left out",
      app(ALL, "SELECT * FROM messages GROUP BY date, content ORDER BY messages.id"),
    ],
    ["from the app's memory", "whoever stored it", ...memory(GET_ALL)],
    [
      "from the app's memory, which is filled at the start",
      "whoever stored it",
      ...memory(GET_ALL),
      app("// --- front ---", "all.push(...listMessages.all());\n\n// --- front ---"),
    ],
    [
      "remembered until the next message",
      "whoever stored it",
      app("// --- api ---", "let cached: Message[] | undefined;\n\n// --- api ---"),
      app(
        "[message] = insertMessage.all(input);",
        "[message] = insertMessage.all(input);\n  cached = undefined;",
      ),
      app(GET_ALL, "cached ??= listMessages.all();\n  res.json(cached)"),
    ],
    [
      "the server's own time, called UTC, by SQLite",
      "with the dates that POST answered",
      app(ALL, `${LOCAL} FROM messages ORDER BY messages.id`),
    ],
    [
      "the server's own time, called UTC, by JavaScript",
      "with the dates that POST answered",
      app(
        GET_ALL,
        'res.json(listMessages.all().map((it) => ({ ...it, date: `${new Date(it.date).toLocaleString("sv").replace(" ", "T")}.000Z` })))',
      ),
    ],
    [
      "the date of the question",
      "with the dates that POST answered",
      app(
        GET_ALL,
        "res.json(listMessages.all().map((it) => ({ ...it, date: new Date().toISOString() })))",
      ),
    ],
    [
      "the day alone",
      "with the dates that POST answered",
      app(
        ALL,
        "SELECT id, content, author_id, recipient_id, date(date) AS date FROM messages ORDER BY messages.id",
      ),
    ],
    [
      "escaped for a page",
      "lists all messages by id",
      app(
        GET_ALL,
        'res.json(listMessages.all().map((it) => ({ ...it, content: it.content.replaceAll("<", "&lt;") })))',
      ),
    ],
    [
      "contents cut for a preview",
      "lists all messages by id",
      app(
        ALL,
        "SELECT id, substr(content, 1, 20) AS content, author_id, recipient_id, date FROM messages ORDER BY messages.id",
      ),
    ],
    [
      "none to oneself",
      "lists all messages by id",
      app(ALL, "SELECT * FROM messages WHERE author_id <> recipient_id ORDER BY id"),
    ],
    [
      "those of one user",
      "lists all messages by id",
      app(ALL, "SELECT * FROM messages WHERE author_id = 1 ORDER BY id"),
    ],
    [
      "ids as text",
      "lists all messages by id",
      app(
        ALL,
        "SELECT CAST(id AS TEXT) AS id, content, author_id, recipient_id, date FROM messages ORDER BY messages.id",
      ),
    ],
    [
      "no dates",
      "lists all messages by id",
      app(ALL, "SELECT id, content, author_id, recipient_id FROM messages ORDER BY id"),
    ],
    [
      "a slash at the end matters",
      "GET /api/messages/ lists",
      app("const app = express();", 'const app = express();\napp.set("strict routing", true);'),
    ],
    [
      "the list in an object",
      "an empty list while",
      app(GET_ALL, "res.json({ messages: listMessages.all() })"),
    ],
    [
      "no message is an error",
      "an empty list while",
      app(
        GET_ALL,
        "const all = listMessages.all();\nres.status(all.length > 0 ? 200 : 404).json(all)",
      ),
    ],
    [
      "no message is null",
      "an empty list while",
      app(GET_ALL, "const all = listMessages.all();\nres.json(all.length > 0 ? all : null)"),
    ],
  ]),
];
