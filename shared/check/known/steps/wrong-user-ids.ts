// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const REFUSE = "if (!user) throw createError(404, `No user has the id ${id}`);";
const PARSE = "const { data } = Id.safeParse(id);";
const SHOW = "res.json(findUser(req.params.user_id))";

/** 06: one user, by an id that is an id. */
export const wrongUserIds = [
  ...faults("06", [
    ["nobody is nothing", "answers 404", app(REFUSE, "")],
    [
      "nobody answers 400",
      "GET /api/users/99 answers 404",
      app("createError(404, `No user", "createError(400, `No user"),
    ],
    [
      "anything that can be a number",
      "GET /api/users/0x1 answers 404",
      app(PARSE, "const data = Number(id);"),
    ],
    [
      "a number with something behind it",
      "GET /api/users/1.5 answers 404",
      app(PARSE, "const data = Number.parseInt(String(id));"),
    ],
    [
      "SQL glued from the path",
      "GET /api/users/0x1 answers 404",
      app(
        "data && selectUser.get(data)",
        "db.prepare<[], User>(`SELECT * FROM users WHERE id = ${id}`).get()",
      ),
    ],
    [
      "a number with zeros before it",
      "GET /api/users/01 answers 404",
      app("/^[1-9]\\d{0,14}$/", "/^\\d+$/"),
    ],
    ["a number with a sign", "GET /api/users/+1 answers 404", app("/^[1-9]", "/^[+]?[1-9]")],
    [
      "spaces around a number",
      "GET /api/users/%201 answers 404",
      app("Id.safeParse(id)", "Id.safeParse(String(id).trim())"),
    ],
    [
      "a number with a fraction of nothing",
      "GET /api/users/1.0 answers 404",
      app(PARSE, "const data = /^[1-9][\\d.]*$/.test(String(id)) ? Number(id) : 0;"),
    ],
    [
      "a number with an exponent",
      "GET /api/users/1e0 answers 404",
      app(PARSE, "const data = /^[1-9][\\de]*$/.test(String(id)) ? Number(id) : 0;"),
    ],
    [
      "a number with a semicolon behind it",
      "GET /api/users/1; answers 404",
      app(PARSE, "const data = Number(/^([1-9]\\d*);?$/.exec(String(id))?.[1]);"),
    ],
    [
      "a number in another script",
      "GET /api/users/%EF%BC%91 answers 404",
      app("Id.safeParse(id)", 'Id.safeParse(String(id).normalize("NFKC"))'),
    ],
    [
      "any line that is a number",
      "answers 404",
      app("{0,14}$/", "{0,14}$/m"),
      app("transform(Number)", "transform((it) => Number.parseInt(it))"),
    ],
    [
      "what the database takes for a number",
      "GET /api/users/01 answers 404",
      app("data && selectUser.get(data)", "selectUser.get(id as never)"),
      app(PARSE, ""),
    ],
    [
      "LIKE",
      "answers 404",
      app("data && selectUser.get(data)", "selectUser.get(id as never)"),
      app(PARSE, ""),
      app("SELECT * FROM users WHERE id = ?", "SELECT * FROM users WHERE id LIKE ?"),
    ],
    [
      "the three example users by heart",
      "answers that user",
      app(
        SHOW,
        `const names = ["Alice Caroll", "Bob Morane", "Charlie Chaplin"];
  const id = Number(req.params.user_id);
  const name = names[id - 1];
  const nickname = String(name?.split(" ")[0]).toLowerCase();
  if (name) res.json({ id, name, email: \`\${nickname}@foo.com\`, nickname });
  else res.json(findUser(req.params.user_id))`,
      ),
    ],
    [
      "users in memory",
      "answers that user",
      app("const user = data && selectUser.get(data);", "const user = data && all.get(data);"),
      app(
        "const findUser",
        "const all = new Map(listUsers.all().map((it) => [it.id, it]));\nconst findUser",
      ),
      app("res.status(201).json(user)", "all.set(user.id, user);\n  res.status(201).json(user)"),
    ],
    [
      "users are remembered once they were asked for",
      "as it is now",
      app(
        "const user = data && selectUser.get(data);",
        "const user = data && (all.get(data) ?? selectUser.get(data));\n  if (user) all.set(user.id, user);",
      ),
      app("const findUser", "const all = new Map<number, User>();\nconst findUser"),
    ],
    [
      "a place in the list instead of an id",
      "as it is now",
      app(
        "SELECT * FROM users WHERE id = ?",
        "SELECT * FROM users ORDER BY id LIMIT 1 OFFSET ? - 1",
      ),
    ],
    ["hundred users at most", "answers that user", app("{0,14}$/", "{0,1}$/")],
    ["a list of one", "answers that user", app(SHOW, "res.json([findUser(req.params.user_id)])")],
    ["always the first", "answers that user", app(SHOW, "res.json(findUser(1))")],
    [
      "the id as text",
      "answers that user",
      app(
        "res.json(findUser(req.params.user_id))",
        "res.json({ ...findUser(req.params.user_id), id: req.params.user_id })",
      ),
    ],
    [
      "an unknown route as Express answers it",
      "an unknown route under /api",
      app("app.use((req) => {", 'app.get("/never", (req) => {'),
    ],
    [
      "an unknown route answers 200",
      "an unknown route under /api",
      app("throw createError(404, `No route", "throw createError(200, `No route"),
    ],
    [
      "what cannot be decoded answers 500",
      "an id that cannot be decoded",
      app(
        "return createError(error);",
        "return error instanceof URIError ? createError(500) : createError(error);",
      ),
    ],
  ]),
];
