// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const ROWS = "listMessagesWith.all({ user_id }).map((row) => JSON.parse(row.json))";
const rows = (change: string) =>
  app(ROWS, `(${ROWS} as MessageDetails[]).map((it) => (${change}))`);
const EITHER = "WHERE author_id = @user_id OR recipient_id = @user_id";
/** The author's JSON, glued by hand. */
const object = (user: string) =>
  `'{"id":' || ${user}.id || ',"name":"' || ${user}.name || '","email":"' || ${user}.email || '","nickname":"' || ${user}.nickname || '"}'`;
const CACHED = app(
  "const messagesWith =",
  "const seen = new Map<number, User>();\nconst atFirst = (user: User): User => seen.get(user.id) ?? (seen.set(user.id, user), user);\nconst messagesWith =",
);

/** 11: messages with the details of their users. */
export const wrongDetails = [
  ...faults("11", [
    [
      "rows as they are",
      "each message is",
      app(".map((row) => JSON.parse(row.json))", " as never"),
    ],
    [
      "an author's name is the recipient's",
      "each message is",
      app(
        "JOIN users AS author ON author.id = author_id",
        "JOIN users AS author ON author.id = recipient_id",
      ),
    ],
    ["no email of authors", "each message is", app("'email', author.email, ", "")],
    ["no nickname of recipients", "each message is", app(", 'nickname', recipient.nickname", "")],
    [
      "author_id, too",
      "each message is",
      app("'date', date,", "'date', date, 'author_id', author_id,"),
    ],
    ["no date", "each message is", app("'date', date,", "")],
    [
      "ids of users as text",
      "each message is",
      app("'id', author.id", "'id', CAST(author.id AS TEXT)"),
    ],
    [
      "by author",
      "each message is",
      app("ORDER BY messages.id", "ORDER BY author_id, messages.id"),
    ],
    [
      "the user's id for the message's",
      "each message is",
      app("'id', messages.id", "'id', author.id"),
    ],
    [
      "nothing to hear is an error",
      "has an empty list",
      app(
        "res.json(messagesWith(user.id))",
        "const all = messagesWith(user.id);\nres.status(all.length > 0 ? 200 : 404).json(all)",
      ),
    ],
    [
      "the three users of the example, by heart",
      "answered as they were sent",
      app(
        "const messagesWith =",
        'const known = [undefined, "Alice Caroll alice", "Bob Morane bob", "Charlie Chaplin charlie"];\nconst byHeart = (id: number) => {\n  const words = (known[id] ?? "? ? ?").split(" ");\n  return { id, name: `${words[0]} ${words[1]}`, email: `${words[2]}@foo.com`, nickname: words[2] } as User;\n};\nconst messagesWith =',
      ),
      rows("{ ...it, author: byHeart(it.author.id), recipient: byHeart(it.recipient.id) }"),
    ],
    [
      "nickname@foo.com is everybody's address",
      "answered as they were sent",
      app("'email', author.email", "'email', author.nickname || '@foo.com'"),
    ],
    [
      "JSON glued by hand",
      "as they were sent: quotes",
      app(
        `json_object('id', author.id, 'name', author.name,
      'email', author.email, 'nickname', author.nickname)`,
        `json(${object("author")})`,
      ),
    ],
    [
      "quotes are doubled",
      "as they were sent: quotes",
      rows('{ ...it, content: it.content.replaceAll("\'", "\'\'") }'),
    ],
    [
      "only quotes are escaped",
      "as they were sent: backslashes",
      app(
        "'content', content",
        "'content', json('\"' || replace(replace(content, '\"', '\\\\u0022'), char(10), '\\\\n') || '\"')",
      ),
    ],
    [
      "escaped for a page",
      "as they were sent: HTML",
      rows('{ ...it, author: { ...it.author, name: it.author.name.replaceAll("<", "&lt;") } }'),
    ],
    [
      "letters of ASCII alone",
      "as they were sent: other scripts",
      rows(
        '{ ...it, recipient: { ...it.recipient, name: it.recipient.name.normalize("NFD").replace(/[^\\x20-\\x7e]/g, "") } }',
      ),
    ],
    [
      "null is nothing",
      "as they were sent: words of JavaScript",
      app("'name', author.name", "'name', nullif(author.name, 'null')"),
    ],
    [
      "a name that is a number is one",
      "as they were sent: numbers",
      app(
        "'nickname', author.nickname",
        "'nickname', iif(author.nickname GLOB '[0-9]*', CAST(author.nickname AS REAL), author.nickname)",
      ),
    ],
    [
      "a content that is JSON is read",
      "as they were sent",
      app("'content', content", "'content', iif(json_valid(content), json(content), content)"),
    ],
    [
      "names are cut",
      "as they were sent: 100 and 50 letters",
      app("'name', author.name", "'name', substr(author.name, 1, 40)"),
    ],
    [
      "names in small letters",
      "each message is",
      app("'name', author.name", "'name', lower(author.name)"),
    ],
    [
      "names without what stands around",
      "as they were sent: quotes",
      app("'nickname', author.nickname", "'nickname', trim(author.nickname, '\"')"),
    ],
    [
      "users as they were when they were first seen",
      "was given another name",
      CACHED,
      rows("{ ...it, author: atFirst(it.author), recipient: atFirst(it.recipient) }"),
    ],
    [
      "lists that are remembered",
      "was given another name",
      app(
        "const messagesWith =",
        "const lists = new Map<number, MessageDetails[]>();\nconst messagesWith =",
      ),
      app(
        "listMessagesWith.all({ user_id }).map((row) => JSON.parse(row.json));",
        "lists.get(user_id) ?? (lists.set(user_id, listMessagesWith.all({ user_id }).map((row) => JSON.parse(row.json))), lists.get(user_id) ?? []);",
      ),
      app(
        "res.status(201).json(message);",
        "lists.delete(message?.author_id ?? 0);\n  res.status(201).json(message);",
      ),
    ],
    [
      "none of those to oneself",
      "as they were sent",
      app(
        EITHER,
        "WHERE (author_id = @user_id OR recipient_id = @user_id) AND author_id <> recipient_id",
      ),
    ],
    [
      "those to oneself twice",
      "as they were sent",
      app(
        ROWS,
        `(${ROWS} as MessageDetails[]).flatMap((it) => (it.author.id === it.recipient.id ? [it, it] : [it]))`,
      ),
    ],
    [
      "the server's own time, called UTC",
      "as they were sent",
      app("'date', date", "'date', strftime('%Y-%m-%dT%H:%M:%fZ', date, 'localtime')"),
    ],
    [
      "the time of Paris, called UTC",
      "as they were sent",
      app("'date', date", "'date', strftime('%Y-%m-%dT%H:%M:%fZ', date, '+2 hours')"),
    ],
    ...[10, 20, 100].map(
      (most) =>
        [
          `${most} at most`,
          "no message is left out",
          app("ORDER BY messages.id", `ORDER BY messages.id LIMIT ${most}`),
        ] as const,
    ),
    [
      "equal ones once",
      "no message is left out",
      app("ORDER BY messages.id", "GROUP BY content, author_id, recipient_id ORDER BY messages.id"),
    ],
    [
      "by the text of the id",
      "as they were sent",
      app("ORDER BY messages.id", "ORDER BY CAST(messages.id AS TEXT)"),
    ],
  ]),
  ...faults(
    "11",
    [
      [
        "a join that reads all messages",
        "found as quickly as a user",
        app(EITHER, "WHERE @user_id IN (author_id, recipient_id)"),
      ],
      [
        "the users' ids instead of the messages'",
        "found as quickly as a user",
        app(EITHER, "WHERE @user_id IN (author.id, recipient.id)"),
      ],
    ],
    "10",
  ),
];
