// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const INSERT = "insertUser.all(NewUser.parse({ ...req.body }))";
const ANSWER = "res.status(201).json(user)";
const TAKEN = "\n  ON CONFLICT (nickname) DO NOTHING RETURNING *";
const ERROR = '{ error: expose ? message : "Internal server error" }';

/** 02b: what a POST of a user is answered, and how errors are told. */
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
      "the client's id is answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...user, ...req.body })"),
    ],
    [
      "unknown fields are answered",
      "what else a client sends",
      app(ANSWER, "res.status(201).json({ ...req.body, ...user })"),
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
      "malformed JSON answers 500",
      "malformed JSON",
      app(
        "return createError(error);",
        "return createError((error as { status?: number }).status === 400 ? 500 : error);",
      ),
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
    [
      "an error of SQLite in a header",
      "tells nothing of its SQL",
      app("res.status(status).json", 'res.set("X-Reason", encodeURI(message)).status(status).json'),
    ],
    [
      "SQL in a header of each answer",
      "the headers",
      app(
        "res.status(status).json",
        'res.set("X-Statement", insertUser.source.trim().split("\\n")[0]).status(status).json',
      ),
    ],
    [
      "an error ends the app",
      "goes on",
      app(
        "if (status >= 500) console.error(error);",
        "if (status === 500) setTimeout(() => process.exit(1), 10);",
      ),
    ],
    [
      "an error ends the app at once",
      "did it end?",
      app("console.error(error);\n  res", "process.exit(1);\n  res"),
    ],
    [
      "no two users of one name",
      "only then",
      app("name TEXT NOT NULL,\n    email", "name TEXT NOT NULL UNIQUE,\n    email"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "no two users of one address",
      "only then",
      app("email TEXT NOT NULL", "email TEXT NOT NULL UNIQUE"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "nicknames are compared without case",
      "only then",
      app("NOT NULL UNIQUE", "NOT NULL UNIQUE COLLATE NOCASE"),
      app("ON CONFLICT (nickname) DO", "ON CONFLICT DO"),
    ],
    [
      "nicknames are looked for by LIKE",
      "only then",
      app(
        `const [user] = ${INSERT};`,
        `const input = NewUser.parse({ ...req.body });\n  const isTaken = db.prepare("SELECT 1 FROM users WHERE ? LIKE nickname OR nickname LIKE ?").get(input.nickname, input.nickname);\n  const [user] = isTaken ? [] : insertUser.all(input);`,
      ),
    ],
  ]),
];
