// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const ALL = "SELECT * FROM messages ORDER BY id";
const GET_ALL = "res.json(listMessages.all())";
const TO = "SELECT * FROM messages WHERE recipient_id = @user_id ORDER BY id";
const EITHER = "author_id = @user_id OR recipient_id = @user_id";
const BOTH = `SELECT * FROM messages WHERE ${EITHER} ORDER BY id`;
const WITH = "listMessagesWith.all({ user_id: user.id })";
const FOUND = "const user = findUser(req.params.user_id);\n  res.json(";
const DIGITS = "/^[1-9]\\d{0,14}$/";
const INDEX = 'db.exec("CREATE INDEX IF NOT EXISTS messages_author_id ON messages (author_id)");\n';
const AS_LOCAL = "strftime('%Y-%m-%dT%H:%M:%fZ', date, 'localtime') AS date";
const LOCAL = `SELECT id, content, author_id, recipient_id, ${AS_LOCAL}`;
const memory = (list: string) => [
  app("// --- api ---", "const all: Message[] = [];\n\n// --- api ---"),
  app(
    "[message] = insertMessage.all(input);",
    "[message] = insertMessage.all(input);\n  all.push(message as Message);",
  ),
  app(list, "res.json(all)"),
];

/** 08 to 10: messages are listed. */
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
  ...faults("09", [
    [
      "messages to everybody",
      "it holds no others",
      app("WHERE recipient_id = @user_id", "WHERE @user_id > 0"),
    ],
    [
      "messages from the user",
      "holds the messages to that user",
      app("recipient_id = @user_id", "author_id = @user_id"),
    ],
    [
      "messages from the user, too",
      "it holds no others",
      app("recipient_id = @user_id", "@user_id IN (author_id, recipient_id)"),
    ],
    [
      "messages to whoever has a higher id, too",
      "it holds no others",
      app("recipient_id = @user_id", "recipient_id >= @user_id"),
    ],
    [
      "messages to whoever's id begins alike",
      "it holds no others",
      app("recipient_id = @user_id", "recipient_id LIKE format('%d%%', @user_id)"),
    ],
    [
      "none from oneself",
      "holds the messages to that user",
      app("recipient_id = @user_id", "recipient_id = @user_id AND author_id <> @user_id"),
    ],
    [
      "the three users of the example alone",
      "GET /api/messages/with/<user_id> holds",
      app(FOUND, FOUND.replace(";", ";\n  if (user.id > 3) throw createError(404);")),
    ],
    [
      "one from each author",
      "holds the messages to that user",
      app(TO, TO.replace("ORDER", "GROUP BY author_id ORDER")),
    ],
    ["two at most", "holds the messages to that user", app(TO, `${TO} LIMIT 2`)],
    ...[10, 20, 100].map(
      (most) =>
        [`${most} at most`, "no message is left out", app(TO, `${TO} LIMIT ${most}`)] as const,
    ),
    ["the last one first", "holds the messages to that user, by id", app(TO, `${TO} DESC`)],
    [
      "by author",
      "holds the messages to that user, by id",
      app(TO, TO.replace("BY id", "BY author_id, id")),
    ],
    [
      "by the text of the id",
      "holds the messages to that user, by id",
      app(TO, TO.replace("BY id", "BY CAST(id AS TEXT)")),
    ],
    [
      "from the app's memory",
      "whoever stored it",
      ...memory(`res.json(${WITH})`).slice(0, 2),
      app(`res.json(${WITH})`, "res.json(all.filter((it) => it.recipient_id === user.id))"),
    ],
    [
      "the server's own time, called UTC",
      "holds the messages to that user",
      app(TO, TO.replace("SELECT *", LOCAL)),
    ],
    [
      "dates without a fraction, other than those of POST",
      "holds the messages to that user",
      app(
        TO,
        TO.replace(
          "SELECT *",
          "SELECT id, content, author_id, recipient_id, strftime('%Y-%m-%dT%H:%M:%SZ', date) AS date",
        ),
      ),
    ],
    [
      "an unknown user has no messages",
      "an unknown user answers 404",
      app(
        "const user = findUser(req.params.user_id);\n  res.json(",
        "const user = { id: Number(req.params.user_id) };\n  res.json(",
      ),
    ],
    [
      "SQL glued from the path",
      "an unknown user answers 404",
      app("const user = findUser(req.params.user_id);\n  res.json(", "res.json("),
      app(
        WITH,
        "db.prepare(`SELECT * FROM messages WHERE recipient_id = ${req.params.user_id} ORDER BY id`).all()",
      ),
    ],
    [
      "SQL glued from the path, once the user is found",
      "1%20OR%201=1 is nobody's path",
      app(
        "const user = findUser(req.params.user_id);\n  res.json(",
        'findUser(Number.parseInt(/^[1-9]\\d*$|^[1-9]\\d* OR/.exec(req.params.user_id)?.[0] ?? "", 10));\n  res.json(',
      ),
      app(
        WITH,
        "db.prepare(`SELECT * FROM messages WHERE recipient_id = ${req.params.user_id} ORDER BY id`).all()",
      ),
    ],
    ...(
      [
        ["a path that is read as a number", "01", "findUser(Number(req.params.user_id))"],
        [
          "a path that is read as far as it goes",
          "01",
          "findUser(Number.parseInt(req.params.user_id, 10))",
        ],
        ["spaces around the id in a path", "%201", "findUser(req.params.user_id.trim())"],
        [
          "a nickname in the path",
          "alice",
          'findUser(req.params.user_id === "alice" ? 1 : req.params.user_id)',
        ],
        [
          "a user found by LIKE",
          "%25",
          'db.prepare<[string], User>("SELECT * FROM users WHERE id LIKE ?").get(req.params.user_id) ?? findUser(0)',
        ],
        [
          "a user found by the value of the text",
          "01",
          'db.prepare<[string], User>("SELECT * FROM users WHERE id = CAST(? AS INTEGER)").get(req.params.user_id) ?? findUser(0)',
        ],
        [
          "a user found by SQLite's comparison",
          "01",
          'db.prepare<[string], User>("SELECT * FROM users WHERE id = ?").get(req.params.user_id) ?? findUser(0)',
        ],
        [
          "users as properties",
          "__proto__",
          "(Object.fromEntries(listUsers.all().map((it) => [it.id, it])) as Record<string, User>)[req.params.user_id] ?? findUser(0)",
        ],
      ] as const
    ).map(
      ([title, id, found]) =>
        [
          title,
          `/api/messages/with/${id} is nobody's path`,
          app(
            "const user = findUser(req.params.user_id);\n  res.json(",
            `const user = ${found};\n  res.json(`,
          ),
        ] as const,
    ),
    ["zeros before an id", "with/01 is nobody's path", app(DIGITS, "/^\\d{1,15}$/")],
    [
      "an id beyond all numbers is an error of ours",
      "is nobody's path",
      app(
        FOUND,
        FOUND.replace(";", ";\n")
          .replace(
            "findUser(req",
            '(req.params.user_id.length > 18 && BigInt.asIntN(64, 1n) === 1n ? (db.prepare<[bigint], User>("SELECT * FROM users WHERE id = ?").get(BigInt(req.params.user_id)) ?? findUser(0)) : findUser(req',
          )
          .replace("user_id);", "user_id));"),
      ),
    ],
    [
      "another path",
      "GET /api/messages/with/<user_id>",
      app("/api/messages/with/:user_id", "/api/messages/to/:user_id"),
    ],
  ]),
  ...faults("10", [
    ["from the user alone", "those from and to this user", app(EITHER, "author_id = @user_id")],
    ["to the user alone", "those from and to this user", app(EITHER, "recipient_id = @user_id")],
    [
      "to oneself alone",
      "those from and to this user",
      app("@user_id OR recipient", "@user_id AND recipient"),
    ],
    [
      "sent ones first",
      "from and to this user, by id",
      app(BOTH, BOTH.replace("BY id", "BY recipient_id = @user_id, id")),
    ],
    ["the last one first", "from and to this user, by id", app(BOTH, `${BOTH} DESC`)],
    [
      "by the text of the id",
      "from and to this user, by id",
      app(BOTH, BOTH.replace("BY id", "BY CAST(id AS TEXT)")),
    ],
    ...[10, 20, 100].map(
      (most) =>
        [`${most} at most`, "no message is left out", app(BOTH, `${BOTH} LIMIT ${most}`)] as const,
    ),
    [
      "to oneself twice",
      "those from and to this user",
      app(BOTH, BOTH.replace(" OR ", " UNION ALL SELECT * FROM messages WHERE ")),
    ],
    [
      "not to oneself",
      "those from and to this user",
      app(BOTH, BOTH.replace(EITHER, "(author_id = @user_id) <> (recipient_id = @user_id)")),
    ],
    [
      "equal ones once",
      "no message is left out",
      app(BOTH, BOTH.replace("ORDER", "GROUP BY date, content, author_id ORDER")),
    ],
    [
      "by heart for those of the example",
      "gets what is theirs",
      app(WITH, "listMessagesWith.all({ user_id: Math.min(user.id, 3) })"),
    ],
    [
      "the server's own time, called UTC",
      "contents and dates are those",
      app(BOTH, BOTH.replace("SELECT *", LOCAL)),
    ],
    [
      "from the app's memory",
      "whoever stored it",
      ...memory(`res.json(${WITH})`).slice(0, 2),
      app(
        `res.json(${WITH})`,
        "res.json(all.filter((it) => it.recipient_id === user.id || it.author_id === user.id))",
      ),
    ],
    ["no index of authors", "an index finds the messages by their author_id", app(INDEX, "")],
    [
      "one index for both",
      "an index finds the messages by their recipient_id",
      app("ON messages (recipient_id)", "ON messages (author_id, recipient_id)"),
    ],
    [
      "an index of another value",
      "an index finds the messages by their recipient_id",
      app("ON messages (recipient_id)", "ON messages (CAST(recipient_id AS TEXT))"),
    ],
    [
      "an index of some messages",
      "an index finds the messages by their author_id",
      app("ON messages (author_id)", "ON messages (author_id) WHERE author_id > 1000000"),
    ],
    ...(
      [
        ["both in one list", "@user_id IN (author_id, recipient_id)"],
        ["a value that is calculated", "+author_id = @user_id OR recipient_id = @user_id"],
        ["both calculated", "author_id + 0 = @user_id OR recipient_id + 0 = @user_id"],
        [
          "compared as texts",
          "CAST(author_id AS TEXT) = format('%d', @user_id) OR CAST(recipient_id AS TEXT) = format('%d', @user_id)",
        ],
        [
          "found by LIKE",
          "author_id LIKE format('%d', @user_id) OR recipient_id LIKE format('%d', @user_id)",
        ],
        ["told not to use it", "NOT (author_id <> @user_id AND recipient_id <> @user_id)"],
      ] as const
    ).map(
      ([title, where]) =>
        [
          `an index that its query cannot use: ${title}`,
          "found as quickly as a user",
          app(EITHER, where),
        ] as const,
    ),
    [
      "an index, and a filter of JavaScript",
      "found as quickly as a user",
      app(
        WITH,
        "listMessages.all().filter((it) => it.author_id === user.id || it.recipient_id === user.id)",
      ),
    ],
    [
      "an index, and a table that is told not to use it",
      "found as quickly as a user",
      app("FROM messages WHERE author_id", "FROM messages NOT INDEXED WHERE author_id"),
    ],
    [
      "ids as text",
      "those from and to this user",
      app(BOTH, BOTH.replace("*", "*, CAST(id AS TEXT) AS id").replace("BY id", "BY messages.id")),
    ],
    [
      "without the content",
      "contents and dates are those",
      app(BOTH, BOTH.replace("*", "id, author_id, recipient_id, date")),
    ],
    [
      "a field more",
      "each message is",
      app(BOTH, BOTH.replace("*", "*, author_id = @user_id AS own")),
    ],
  ]),
];
