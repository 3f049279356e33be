// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.

import { app, faults } from "../table.ts";
import { LOCAL, memory } from "./list-edits.ts";

const EITHER = "author_id = @user_id OR recipient_id = @user_id";
const BOTH = `SELECT * FROM messages WHERE ${EITHER} ORDER BY id`;
const WITH = "listMessagesWith.all({ user_id: user.id })";
const INDEX = 'db.exec("CREATE INDEX IF NOT EXISTS messages_author_id ON messages (author_id)");\n';

/** 10: the messages from and to a user are listed. */
export const wrongListsWith = [
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
      ...memory(
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
