// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults, users } from "../table.ts";

const RENDER = 'res.render("users", { users: listUsers.all() })';
const PUBLIC = 'app.use(express.static(join(import.meta.dirname, "public")));';

/** 04 and 05: the page of the users, and what else of the app's files can be seen. */
export const wrongUsersPage = [
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
];
