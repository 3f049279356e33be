// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults, users } from "./table.ts";

const LIST = "SELECT * FROM users ORDER BY id";
const RENDER = 'res.render("users", { users: listUsers.all() })';
const REFUSE = "if (!user) throw createError(404, `No user has the id ${id}`);";
const PARSE = "const { data } = Id.safeParse(id);";

const PUBLIC = 'app.use(express.static(join(import.meta.dirname, "public")));';
const SHOW = "res.json(findUser(req.params.user_id))";

/** 03 to 06: users are listed, shown and found. */
export const wrongUsers = [
  ...faults("03", [
    ["by name", "lists all users by id", app(LIST, "SELECT * FROM users ORDER BY name")],
    ["the last one first", "lists all users by id", app(LIST, `${LIST} DESC`)],
    ...[10, 20, 100].map(
      (most): Fault => [
        `${most} at most`,
        "lists all users by id",
        app(LIST, `${LIST} LIMIT ${most}`),
      ],
    ),
    [
      "ids in the order of text",
      "lists all users by id",
      app(LIST, "SELECT * FROM users ORDER BY CAST(id AS TEXT)"),
    ],
    [
      "one of each name",
      "lists all users by id",
      app(LIST, "SELECT * FROM users GROUP BY name ORDER BY id"),
    ],
    [
      "a list in memory, empty after a restart",
      "lists all users by id",
      app("res.json(listUsers.all())", "res.json(all)"),
      app("res.status(201).json(user)", "all.push(user);\n  res.status(201).json(user)"),
      app("// --- api ---", "const all: User[] = [];\n\n// --- api ---"),
    ],
    [
      "a list in memory, read at the start",
      "lists all users by id",
      app("res.json(listUsers.all())", "res.json(all)"),
      app("res.status(201).json(user)", "all.push(user);\n  res.status(201).json(user)"),
      app("// --- api ---", "const all = listUsers.all();\n\n// --- api ---"),
    ],
    [
      "a list that is kept until the next POST",
      "lists all users by id",
      app("res.json(listUsers.all())", "kept ??= listUsers.all();\n  res.json(kept)"),
      app("res.status(201).json(user)", "kept = undefined;\n  res.status(201).json(user)"),
      app("// --- api ---", "let kept: User[] | undefined;\n\n// --- api ---"),
    ],
    [
      "the three example users by heart",
      "lists all users by id",
      app(
        "res.json(listUsers.all())",
        `const names = ["Alice Caroll", "Bob Morane", "Charlie Chaplin"];
  const byHeart = names.map((name, index) => {
    const nickname = String(name.split(" ")[0]).toLowerCase();
    return { id: index + 1, name, email: \`\${nickname}@foo.com\`, nickname };
  });
  const { length } = listUsers.all();
  res.json(byHeart.slice(0, length))`,
      ),
    ],
    ...(
      [
        ["names escaped when they are read", 'replaceAll("<", "&lt;")'],
        ["names cut when they are read", "slice(0, 30)"],
        ["spaces of names put together when they are read", 'replace(/ +/g, " ")'],
        ["only ASCII when they are read", 'replace(/[^ -~]/g, "?")'],
      ] as const
    ).map(
      ([title, change]): Fault => [
        title,
        "lists all users by id",
        app(
          "res.json(listUsers.all())",
          `res.json(listUsers.all().map((it) => ({ ...it, name: it.name.${change} })))`,
        ),
      ],
    ),
    [
      "nobody is listed while somebody writes",
      "holds a lock",
      app(
        "res.json(listUsers.all())",
        'db.exec("BEGIN IMMEDIATE");\n  const all = listUsers.all();\n  db.exec("COMMIT");\n  res.json(all)',
      ),
    ],
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
    ...(["name", "nickname"] as const).map(
      (field): Fault => [
        `only < is escaped in a ${field}`,
        "is shown as text",
        users(`<%= user.${field} %>`, `<%- user.${field}.replaceAll("<", "&lt;") %>`),
      ],
    ),
    [
      "a name in an attribute without quotes",
      "is shown as text",
      users("<li>", "<li title=<%= user.name %>>"),
    ],
    [
      "a nickname in an attribute without quotes",
      "is shown as text",
      users("<li>", "<li data-nickname=<%= user.nickname %>>"),
    ],
    [
      "a quote ends an attribute",
      "is shown as text",
      users("<li>", `<li title="<%- user.name.replaceAll('<', '&lt;') %>">`),
    ],
    [
      "a quote ends an attribute in single quotes",
      "is shown as text",
      users(
        "<li>",
        `<li title='<%- user.name.replaceAll("<", "&lt;").replaceAll('"', "&#34;") %>'>`,
      ),
    ],
    [
      "tags are taken out of a name",
      "is shown as text",
      users("<%= user.name %>", '<%= user.name.replace(/<[^>]*>/g, "") %>'),
    ],
    [
      "a name is cut",
      "shows each user",
      users("<%= user.name %>", "<%= user.name.slice(0, 40) %>"),
    ],
    [
      "twenty users at most",
      "shows each user",
      app(RENDER, RENDER.replace(".all()", ".all().slice(0, 20)")),
    ],
    [
      "the page of the start",
      "shows each user",
      app("// --- front ---", "// --- front ---\n\nconst atStart = listUsers.all();"),
      app(RENDER, 'res.render("users", { users: atStart })'),
    ],
    ...(
      [
        ["the whole folder", "import.meta.dirname"],
        ["the folder above", 'join(import.meta.dirname, "..")'],
        ["the database", 'join(import.meta.dirname, "instance")'],
        ["the templates", 'join(import.meta.dirname, "views")'],
      ] as const
    ).flatMap(([what, folder]): Fault[] =>
      ["", '"/static", '].map((prefix) => [
        `${what} is handed out ${prefix}`,
        "hands out",
        app(PUBLIC, `${PUBLIC}\napp.use(${prefix}express.static(${folder}));`),
      ]),
    ),
    [
      "hidden files are handed out",
      "hands out",
      app(
        PUBLIC,
        `${PUBLIC}\napp.use(express.static(import.meta.dirname, { dotfiles: "allow", extensions: [] }));`,
      ),
    ],
    [
      "a path that leads out of the public folder",
      "hands out",
      app(
        PUBLIC,
        'app.use((req, res, next) => {\n  const file = join(import.meta.dirname, "public", req.path);\n  if (statSync(file, { throwIfNoEntry: false })?.isFile()) res.sendFile(file);\n  else next();\n});',
      ),
    ],
    [
      "a path that leads out of the public folder, written with %2f",
      "hands out",
      app(
        PUBLIC,
        'app.use((req, res, next) => {\n  if (req.path.includes("..") && !req.path.includes("%")) return next();\n  const file = join(import.meta.dirname, "public", decodeURIComponent(req.path));\n  if (statSync(file, { throwIfNoEntry: false })?.isFile()) res.sendFile(file);\n  else next();\n});',
      ),
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
    ["a style sheet that is not there", "comes from this server", app(PUBLIC, "")],
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
