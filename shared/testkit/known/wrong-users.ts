// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults, users } from "./table.ts";

const LIST = "SELECT * FROM users ORDER BY id";
const RENDER = 'res.render("users", { users: listUsers.all() })';
const REFUSE = "if (!user) throw createError(404, `No user has the id ${id}`);";
const PARSE = "const { data } = Id.safeParse(id);";

/** 03 to 06: users are listed, shown and found. */
export const wrongUsers = [
  ...faults("03", [
    ["by name", "lists all users by id", app(LIST, "SELECT * FROM users ORDER BY name")],
    ["the last one first", "lists all users by id", app(LIST, `${LIST} DESC`)],
    ["twenty at most", "lists all users by id", app(LIST, `${LIST} LIMIT 20`)],
    [
      "no ids",
      "lists all users by id",
      app(LIST, "SELECT name, email, nickname FROM users ORDER BY id"),
    ],
    [
      "ids as text",
      "lists all users by id",
      app(
        LIST,
        "SELECT CAST(id AS TEXT) AS id, name, email, nickname FROM users ORDER BY users.id",
      ),
    ],
    [
      "no emails",
      "lists all users by id",
      app(LIST, "SELECT id, name, nickname FROM users ORDER BY id"),
    ],
    [
      "the list in an object",
      "an empty list while there is nobody",
      app("res.json(listUsers.all())", "res.json({ users: listUsers.all() })"),
    ],
    [
      "nobody is an error",
      "an empty list while there is nobody",
      app(
        "res.json(listUsers.all())",
        "const all = listUsers.all();\nres.status(all.length > 0 ? 200 : 404).json(all)",
      ),
    ],
    [
      "users are forgotten",
      "after a restart",
      app("const insertUser", 'db.exec("DELETE FROM users");\nconst insertUser'),
    ],
  ]),
  ...faults("04", [
    ["HTML in a name", "HTML in a name", users("<%= user.name", "<%- user.name")],
    [
      "HTML in a nickname",
      "HTML in a name and in a nickname",
      users("<%= user.nickname", "<%- user.nickname"),
    ],
    ["a link by nickname", "with a link to", users("<%= user.id", "<%= user.nickname")],
    ["a link to elsewhere", "with a link to", users("/front/messages/", "/messages/")],
    ["no name", "the page shows each user", users("<%= user.name %>", "<%= user.id %>")],
    [
      "no viewport",
      "on a phone",
      users('<meta name="viewport" content="width=device-width, initial-scale=1">', ""),
    ],
    ["no language", "in which language", users(' lang="en"', "")],
    [
      "a style sheet of another server",
      "comes from this server",
      users("/style.css", "https://cdn.example/style.css"),
    ],
    [
      "a style sheet that is not there",
      "comes from this server",
      app('app.use(express.static(join(import.meta.dirname, "public")));', ""),
    ],
    ["data instead of a page", "is an HTML page", app(RENDER, "res.json(listUsers.all())")],
    [
      "nobody is a crash",
      "also while there is nobody",
      users("users.length === 0", "users[0].id === 0"),
    ],
  ]),
  ...faults("05", [
    ["a redirect for ever", "with status 302", app('redirect("', 'redirect(301, "')],
    [
      "a redirect that repeats the request",
      "with status 302",
      app('redirect("', 'redirect(307, "'),
    ],
    [
      "a redirect to elsewhere",
      "redirects to /front/users",
      app('redirect("/front/users")', 'redirect("/users")'),
    ],
    ["the page itself", "redirects to /front/users", app('res.redirect("/front/users")', RENDER)],
    [
      "a page that goes on by itself",
      "redirects to /front/users",
      app(
        'res.redirect("/front/users")',
        `res.send('<meta http-equiv="refresh" content="0; url=/front/users">')`,
      ),
    ],
  ]),
  ...faults("06", [
    ["nobody is nothing", "answers 404", app(REFUSE, "")],
    [
      "nobody answers 400",
      "GET /api/users/4 answers 404",
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
      "GET /api/users/abc answers 404",
      app(
        "data && selectUser.get(data)",
        "db.prepare<[], User>(`SELECT * FROM users WHERE id = ${id}`).get()",
      ),
    ],
    [
      "a list of one",
      "answers that user",
      app("res.json(findUser(req.params.user_id))", "res.json([findUser(req.params.user_id)])"),
    ],
    [
      "always the first",
      "answers that user",
      app("res.json(findUser(req.params.user_id))", "res.json(findUser(1))"),
    ],
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
