// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right } from "../table.ts";

const EITHER = "WHERE author_id = @user_id OR recipient_id = @user_id";
const LISTED = "listMessagesWith.all({ user_id: user.id })";
const ROWS = "listMessagesWith.all({ user_id }).map((row) => JSON.parse(row.json))";
const JSON_OF_ALL = `SELECT json_object('id', messages.id, 'content', content, 'date', date,
    'author', json_object('id', author.id, 'name', author.name,
      'email', author.email, 'nickname', author.nickname),
    'recipient', json_object('id', recipient.id, 'name', recipient.name,
      'email', recipient.email, 'nickname', recipient.nickname)) AS json`;
const aliases = (user: string) =>
  ["id", "name", "email", "nickname"].map((it) => `${user}.${it} AS ${user}_${it}`).join(", ");
const JSON_ROW = "{ json: string }";
const columns = (user: string) =>
  `{ ${user}_id: number; ${user}_name: string; ${user}_email: string; ${user}_nickname: string }`;
const mapped = (user: string) =>
  `${user}: { id: row.${user}_id, name: row.${user}_name, email: row.${user}_email, nickname: row.${user}_nickname }`;
const HANDLER =
  'app.use("/api", (thrown: Error, _req: Request, res: Response, _next: NextFunction) => {';

/** Lists for a user, their details and their errors, written in another way. */
export const rightLists = [
  ...right(
    "a join with the user",
    "09",
    app(
      "SELECT * FROM messages WHERE recipient_id = @user_id ORDER BY id",
      "SELECT messages.* FROM users JOIN messages ON recipient_id = users.id WHERE users.id = @user_id ORDER BY messages.id",
    ),
  ),
  ...right(
    "indexes of two columns",
    "10 11 12",
    app("ON messages (author_id)", "ON messages (author_id, recipient_id)"),
    app("ON messages (recipient_id)", "ON messages (recipient_id, author_id)"),
  ),
  ...right(
    "indexes with other names, in one go",
    "10 13",
    app('db.exec("CREATE INDEX IF NOT EXISTS messages_author_id ON messages (author_id)");\n', ""),
    app(
      '"CREATE INDEX IF NOT EXISTS messages_recipient_id ON messages (recipient_id)"',
      '"CREATE INDEX IF NOT EXISTS written_by ON messages (author_id DESC); CREATE INDEX IF NOT EXISTS sent_to ON messages (recipient_id)"',
    ),
  ),
  ...right(
    "ids of messages first",
    "10",
    app(
      EITHER,
      "WHERE id IN (SELECT id FROM messages WHERE author_id = @user_id UNION SELECT id FROM messages WHERE recipient_id = @user_id)",
    ),
  ),
  ...right(
    "two questions, sorted by JavaScript",
    "10",
    app(EITHER, "WHERE author_id = @user_id"),
    app(
      `res.json(${LISTED})`,
      `const heard = db.prepare<[number, number], Message>("SELECT * FROM messages WHERE recipient_id = ? AND author_id <> ?").all(user.id, user.id);
  res.json([...${LISTED}, ...heard].sort((a, b) => a.id - b.id))`,
    ),
  ),
  ...right(
    "columns with other names, put together by JavaScript",
    "11 12 15 18",
    app(JSON_ROW, `MessageRow`),
    app(
      "const listMessagesWith =",
      `type MessageRow = Message & ${columns("author")} & ${columns("recipient")};\nconst listMessagesWith =`,
    ),
    app(
      JSON_OF_ALL,
      `SELECT messages.id, content, date, ${aliases("author")}, ${aliases("recipient")}`,
    ),
    app(
      ".map((row) => JSON.parse(row.json))",
      `.map((row) => ({ id: row.id, content: row.content, date: row.date, ${mapped("author")}, ${mapped("recipient")} }))`,
    ),
  ),
  ...right(
    "users of a second question",
    "11 12 14",
    app(JSON_ROW, "Message"),
    app(JSON_OF_ALL, "SELECT messages.*"),
    app(
      ".map((row) => JSON.parse(row.json))",
      `.map((found) => {
    const { id, content, date, author_id, recipient_id } = found;
    return { id, content, date, author: findUser(author_id), recipient: findUser(recipient_id) };
  })`,
    ),
  ),
  ...right(
    "all users in a table of JavaScript",
    "11 15",
    app(JSON_ROW, "Message"),
    app(JSON_OF_ALL, "SELECT messages.*"),
    app(
      `=>\n  ${ROWS};`,
      `=> {
  const users = new Map(listUsers.all().map((user) => [user.id, user]));
  return listMessagesWith.all({ user_id }).map((found) => {
    const { id, content, date, author_id, recipient_id } = found;
    return { id, content, date, author: users.get(author_id) as User, recipient: users.get(recipient_id) as User };
  });
};`,
    ),
  ),
  ...right(
    "JSON with its keys in another order",
    "11 12 16",
    app(
      JSON_OF_ALL,
      `SELECT json_object('recipient', json_object('nickname', recipient.nickname, 'name', recipient.name,
      'id', recipient.id, 'email', recipient.email), 'author', json_object('email', author.email,
      'id', author.id, 'name', author.name, 'nickname', author.nickname),
    'date', date, 'content', content, 'id', messages.id) AS json`,
    ),
  ),
  ...right(
    "one JSON of all messages",
    "11 13",
    app(
      JSON_OF_ALL,
      JSON_OF_ALL.replace("SELECT ", "SELECT json_group_array(").replace(
        " AS json",
        " ORDER BY messages.id) AS json",
      ),
    ),
    app("\n  ORDER BY messages.id\n`", "\n`"),
    app(ROWS, "listMessagesWith.all({ user_id }).flatMap((row) => JSON.parse(row.json))"),
  ),
  ...right(
    "one handler for all errors",
    "12 13",
    app(
      HANDLER,
      HANDLER.replace('"/api", ', "")
        .replace("_req", "req")
        .replace("_next", "next")
        .concat("\n  if (!/^\\/api(\\/|$)/i.test(req.path)) return next(thrown);"),
    ),
  ),
  ...right(
    "the path in small letters tells which errors are data",
    "12 14",
    app(
      HANDLER,
      HANDLER.replace('"/api", ', "")
        .replace("_req", "req")
        .replace("_next", "next")
        .concat('\n  if (!req.originalUrl.toLowerCase().startsWith("/api/")) return next(thrown);'),
    ),
  ),
  ...right(
    "the answer is looked up in the list",
    "15 16",
    app(
      "const message: MessageDetails = { id, content, date, author, recipient };",
      "const message = messagesWith(author.id).find((it) => it.id === id) as MessageDetails;\n  void [content, date, recipient];",
    ),
  ),
  ...right(
    "the answer keeps its keys in another order",
    "15 17 18",
    app("{ id, content, date, author, recipient };", "{ recipient, author, date, content, id };"),
  ),
];
