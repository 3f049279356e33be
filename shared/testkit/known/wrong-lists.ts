// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const ALL = "SELECT * FROM messages ORDER BY id";
const GET_ALL = "res.json(listMessages.all())";
const TO = "SELECT * FROM messages WHERE recipient_id = @user_id ORDER BY id";
const BOTH =
  "SELECT * FROM messages WHERE author_id = @user_id OR recipient_id = @user_id ORDER BY id";
const DETAILS = "res.json(listMessagesWith.all({ user_id: user.id }).map(toDetails))";

/** 08 to 11: messages are listed. */
export const wrongLists = [
  ...faults("08", [
    ["the last one first", "lists all messages by id", app(ALL, `${ALL} DESC`)],
    ["by content", "lists all messages by id", app(ALL, "SELECT * FROM messages ORDER BY content")],
    ["fifty at most", "no message is left out", app(ALL, `${ALL} LIMIT 50`)],
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
      "holds the messages to that user",
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
    ["two at most", "holds the messages to that user", app(TO, `${TO} LIMIT 2`)],
    ["the last one first", "it holds no others", app(TO, `${TO} DESC`)],
    [
      "an unknown user has no messages",
      "an unknown user answers 404",
      app(
        "const user = findUser(req.params.user_id);",
        "const user = { id: Number(req.params.user_id) };",
      ),
    ],
    [
      "SQL glued from the path",
      "an unknown user answers 404",
      app("const user = findUser(req.params.user_id);", ""),
      app(
        "listMessagesWith.all({ user_id: user.id })",
        "db.prepare(`SELECT * FROM messages WHERE recipient_id = ${req.params.user_id} ORDER BY id`).all()",
      ),
    ],
    [
      "another path",
      "GET /api/messages/with/<user_id>",
      app("/api/messages/with/:user_id", "/api/messages/to/:user_id"),
    ],
  ]),
  ...faults("10", [
    [
      "from the user alone",
      "those from and to this user",
      app("author_id = @user_id OR recipient_id = @user_id", "author_id = @user_id"),
    ],
    [
      "to the user alone",
      "those from and to this user",
      app("author_id = @user_id OR recipient_id = @user_id", "recipient_id = @user_id"),
    ],
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
    [
      "to oneself twice",
      "a message to oneself is there once",
      app(BOTH, BOTH.replace(" OR ", " UNION ALL SELECT * FROM messages WHERE ")),
    ],
    [
      "not to oneself",
      "a message to oneself is there once",
      app(
        BOTH,
        BOTH.replace(
          "WHERE author_id = @user_id OR recipient_id = @user_id",
          "WHERE (author_id = @user_id) <> (recipient_id = @user_id)",
        ),
      ),
    ],
    [
      "no index of authors",
      "an index finds the messages by their author_id",
      app('db.exec("CREATE INDEX IF NOT EXISTS messages_author_id ON messages (author_id)");', ""),
    ],
    [
      "one index for both",
      "an index finds the messages by their recipient_id",
      app("ON messages (recipient_id)", "ON messages (author_id, recipient_id)"),
    ],
    [
      "ids as text",
      "those from and to this user",
      app(BOTH, BOTH.replace("*", "*, CAST(id AS TEXT) AS id").replace("BY id", "BY messages.id")),
    ],
    [
      "without the content",
      "each message is",
      app(BOTH, BOTH.replace("*", "id, author_id, recipient_id, date")),
    ],
  ]),
  ...faults("11", [
    ["rows as they are", "each message is", app(".map(toDetails)", "")],
    [
      "an author's name is the recipient's",
      "each message is",
      app(
        "JOIN users AS author ON author.id = author_id",
        "JOIN users AS author ON author.id = recipient_id",
      ),
    ],
    ["no email of authors", "each message is", app("email: row.author_email,", "")],
    ["no nickname of recipients", "each message is", app("nickname: row.recipient_nickname,", "")],
    [
      "author_id, too",
      "each message is",
      app("  id: row.id,", "  id: row.id,\n  author_id: row.author_id,"),
    ],
    ["no date", "each message is", app("date: row.date,", "")],
    [
      "ids of users as text",
      "each message is",
      app("id: row.author_id", "id: String(row.author_id) as never"),
    ],
    [
      "by author",
      "each message is",
      app("ORDER BY messages.id", "ORDER BY author_id, messages.id"),
    ],
    [
      "the user's id for the message's",
      "each message is",
      app("SELECT messages.*,", "SELECT messages.*, author.id AS id,"),
    ],
    [
      "nothing to hear is an error",
      "has an empty list",
      app(
        DETAILS,
        "const all = listMessagesWith.all({ user_id: user.id }).map(toDetails);\nres.status(all.length > 0 ? 200 : 404).json(all)",
      ),
    ],
  ]),
];
