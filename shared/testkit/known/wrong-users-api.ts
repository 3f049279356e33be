// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "./table.ts";

const INSERT = "insertUser.all(NewUser.parse({ ...req.body }))";
const ANSWER = "res.status(201).json(user)";
const NAME = "name: line(100)";
const NICKNAME = "nickname: line(50)";
const TAKEN = "\n  ON CONFLICT (nickname) DO NOTHING RETURNING *";
const ERROR = '{ error: expose ? message : "Internal server error" }';
const GLUED = `((it) => db.prepare(\`INSERT INTO users (name, email, nickname) VALUES ('\${it.name}', '\${it.email}', '\${it.nickname}') RETURNING *\`).all())(NewUser.parse({ ...req.body }))`;

/** 02b: users are created. */
export const wrongUsersApi = [
  ...faults("02b", [
    ["status 200", "POST /api/users answers 201", app(ANSWER, "res.json(user)")],
    ["no id", "id included", app(ANSWER, "res.status(201).json({ ...user, id: undefined })")],
    [
      "the id as text",
      "id included",
      app(ANSWER, "res.status(201).json({ ...user, id: String(user?.id) })"),
    ],
    ["the user in an object", "id included", app(ANSWER, "res.status(201).json({ user })")],
    ["the user in a list", "id included", app(ANSWER, "res.status(201).json([user])")],
    ["an answer without a body", "id included", app(ANSWER, "res.status(201).end()")],
    [
      "nothing is stored",
      "POST /api/users answers 201",
      app(
        `const [user] = ${INSERT};`,
        `db.exec("BEGIN");\nconst [user] = ${INSERT};\ndb.exec("ROLLBACK");`,
      ),
    ],
    ["the name in small letters", "alice caroll", app(NAME, "name: line(100).toLowerCase()")],
    [
      "the table is dropped at the start",
      "still stored after a restart",
      app("CREATE TABLE IF NOT EXISTS", "DROP TABLE IF EXISTS users; CREATE TABLE"),
    ],
    [
      "the client's id is answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...user, ...req.body })"),
    ],
    [
      "unknown fields are answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...req.body, ...user })"),
    ],
    ["SQL glued from what the client sends", "SQL in a name is text", app(INSERT, GLUED)],
    [
      "quotes are taken away",
      "SQL in a name is text",
      app(NAME, `name: line(100).transform((it) => it.replaceAll("'", ""))`),
    ],
    [
      "a taken nickname answers 400",
      "a nickname that is taken answers 409",
      app("createError(409", "createError(400"),
    ],
    [
      "a taken nickname answers 500",
      "a nickname that is taken answers 409",
      app(TAKEN, " RETURNING *"),
    ],
    [
      "a taken nickname is told in SQLite's words",
      "a nickname that is taken answers 409",
      app('"nickname: already taken"', '"UNIQUE constraint failed: users.nickname"'),
    ],
    [
      "a taken nickname, but which field?",
      "a nickname that is taken answers 409",
      app("nickname: already taken", "already taken"),
    ],
    [
      "a taken nickname is taken over",
      "a nickname that is taken answers 409",
      app("DO NOTHING", "DO UPDATE SET name = excluded.name, email = excluded.email"),
    ],
    ["bad input answers 400", "answers 422", app("createError(422", "createError(400")],
    [
      "bad input answers 500",
      "answers 422",
      app("error instanceof z.ZodError", "error instanceof RangeError"),
    ],
    [
      "bad input is stored, then refused",
      "POST /api/users answers 201",
      app(
        `const [user] = ${INSERT};`,
        `db.prepare("INSERT OR IGNORE INTO users (name, email, nickname) VALUES ('', '', ?)").run(String(Math.random()));\nconst [user] = ${INSERT};`,
      ),
    ],
    ["no field is named", "names the field", app("`${path.join()}: ${message}`", "message")],
    [
      "a name of spaces",
      "a name of spaces",
      app(NAME, 'name: z.string("must be text").min(1, "must not be empty").max(100, "too long")'),
    ],
    [
      "an empty name",
      "an empty name",
      app(NAME, 'name: z.string("must be text").trim().max(100, "too long")'),
    ],
    ["a name without end", "a name of 1,000 letters", app(NAME, "name: line(1e9)")],
    [
      "a name that is a number",
      "a name that is a number",
      app(
        NAME,
        "name: z.preprocess((it) => (typeof it === 'number' ? String(it) : it), line(100))",
      ),
    ],
    ["a name is made up", "a missing name", app(NAME, `${NAME}.default("Anonymous")`)],
    [
      "null is no name",
      "a name that is null",
      app(NAME, `${NAME}.nullable().transform((it) => it ?? "?")`),
    ],
    [
      "an empty nickname",
      "an empty nickname",
      app(NICKNAME, 'nickname: z.string("must be text").trim().max(50, "too long")'),
    ],
    ["a nickname without end", "a nickname of 1,000 letters", app(NICKNAME, "nickname: line(1e9)")],
    [
      "any text is an email",
      "an email that is no address",
      app('z.email("must be an email address")', "z.string()"),
    ],
    ["an email without end", "an email of 1,000 letters", app("text(254)", "text(1e9)")],
    [
      "no body is a crash",
      "no body answers 422",
      app("NewUser.parse({ ...req.body })", "NewUser.parse({ ...req.body, name: req.body.name })"),
    ],
    [
      "malformed JSON answers 500",
      "malformed JSON",
      app("return createError(error);", "return createError(500);"),
    ],
    [
      "errors as Express writes them",
      "a nickname that is taken answers 409",
      app("app.use((error: Error, ", "void ((error: Error, "),
    ],
    [
      "errors with a stack",
      "a nickname that is taken answers 409",
      app("{ error: expose ? message", "{ error: expose ? error.stack"),
    ],
    [
      "errors with status 200",
      "a nickname that is taken answers 409",
      app(`res.status(status).json(${ERROR})`, `res.json(${ERROR})`),
    ],
    [
      "errors as text",
      "a nickname that is taken answers 409",
      app(`json(${ERROR})`, `send((${ERROR}).error)`),
    ],
    [
      "errors under another key",
      "a nickname that is taken answers 409",
      app("{ error: expose", "{ message: expose"),
    ],
    [
      "a body of any length",
      "a body of 1 MB answers 413",
      app("express.json()", 'express.json({ limit: "9mb" })'),
    ],
    [
      "an error of SQLite in the answer",
      "tells nothing of its SQL",
      app('expose ? message : "Internal server error"', "message"),
    ],
  ]),
];
