// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.

import { app, faults } from "../table.ts";
import { LOCAL, memory } from "./list-edits.ts";

const TO = "SELECT * FROM messages WHERE recipient_id = @user_id ORDER BY id";
const WITH = "listMessagesWith.all({ user_id: user.id })";
const FOUND = "const user = findUser(req.params.user_id);\n  res.json(";
const DIGITS = "/^[1-9]\\d{0,14}$/";

/** 09: the messages to a user are listed. */
export const wrongListsTo = [
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
      ...memory(`res.json(${WITH})`, "res.json(all.filter((it) => it.recipient_id === user.id))"),
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
];
