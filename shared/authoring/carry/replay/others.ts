// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import {
  add,
  after,
  all,
  type Edit,
  edit,
  fix,
  move,
  moveLines,
  other,
  quick,
  remove,
} from "./edits.ts";

/** Larger edits of the real steps, and fixes after a step was inserted or removed. */
export const OTHERS: readonly Edit[] = [
  quick(
    other(
      "01b",
      "a renamed route, with check and lesson",
      all("app.ts", "/db/alive", "/db/health"),
      all("check.test.ts", "/db/alive", "/db/health"),
      all("README.md", "/db/alive", "/db/health"),
    ),
  ),
  other(
    "04",
    "a renamed route, which later steps name in their own lines",
    all("app.ts", "/front/users", "/front/people"),
    all("check.test.ts", "/front/users", "/front/people"),
  ),
  other(
    "07",
    "a new column of messages",
    edit(
      "app.ts",
      "    content TEXT NOT NULL,\n",
      "    content TEXT NOT NULL,\n    is_read INTEGER NOT NULL DEFAULT 0,\n",
    ),
  ),
  other(
    "02",
    "a new column of users",
    edit("app.ts", "    email TEXT NOT NULL,\n", "    email TEXT NOT NULL,\n    city TEXT,\n"),
  ),
  quick(
    other(
      "04",
      "a changed template: a footer",
      edit(
        "views/users.ejs",
        "    </main>\n",
        "    </main>\n    <footer>A chat in 24 steps</footer>\n",
      ),
    ),
  ),
  other(
    "04",
    "a changed template: the description of the page",
    edit(
      "views/users.ejs",
      '    <link rel="stylesheet"',
      '    <meta name="description" content="Who is here">\n    <link rel="stylesheet"',
    ),
  ),
  quick(
    other(
      "12",
      "a changed template: the title of a page",
      edit(
        "views/messages.ejs",
        '<%- include("head", { title: user.name }) %>',
        '<%- include("head", { title: `Chat with ${user.name}` }) %>',
      ),
    ),
  ),
  other(
    "13",
    "a changed template: a limit of the form",
    edit(
      "views/messages.ejs",
      "<legend>Send a message</legend>",
      "<legend>Write a message</legend>",
    ),
  ),
  other(
    "04",
    "a colour of the style sheet",
    edit("public/style.css", "#4338ca, #a5b4fc", "#3730a3, #a5b4fc"),
  ),
  other(
    "13",
    "a line of the script",
    edit(
      "public/script.js",
      "// Otherwise the browser leaves the page",
      "// Else the browser leaves the page",
    ),
  ),
  other(
    "02b",
    "a moved helper: the error handler first",
    moveLines("app.use((error: Error, _req", "\n});\n\n", "const toHttpError = "),
  ),
  other(
    "06",
    "a moved helper, below which step 07 adds lines",
    moveLines("const findUser = ", "  return user;\n};\n\n", "// --- errors ---\n"),
  ),
  other(
    "18",
    "a moved helper: rooms before the server",
    moveLines("// Rooms go by id", ".id}`;\n", "type Acknowledge = "),
  ),
  quick(
    other(
      "03",
      "a lesson's typo",
      edit(
        "README.md",
        "At first there is nobody, and the app says so:",
        "At first there is nobody; the app says so:",
      ),
    ),
  ),
  other(
    "06",
    "a lesson's command, which later lessons have as well",
    all("README.md", "./version.sh fill", "./version.sh fill users"),
  ),
  other(
    "04",
    "a new file: an icon, with its link",
    add("public/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n'),
    edit(
      "views/users.ejs",
      '    <link rel="stylesheet"',
      '    <link rel="icon" href="/icon.svg">\n    <link rel="stylesheet"',
    ),
  ),
  quick(
    other(
      "12",
      "a renamed template",
      move("views/error.ejs", "views/problem.ejs"),
      edit("app.ts", 'render("error"', 'render("problem"'),
    ),
  ),
  other(
    "04",
    "a renamed style sheet, which later steps change",
    move("public/style.css", "public/chat.css"),
    edit("views/users.ejs", "/style.css", "/chat.css"),
  ),
  other(
    "13",
    "a removed file: the style moves into the page",
    remove("public/script.js"),
    edit("views/messages.ejs", "/script.js", "/script.js?"),
  ),
  other(
    "09",
    "only the check says more",
    edit(
      "check.test.ts",
      "import { beforeAll,",
      "// What is asked here is asked of all later steps.\nimport { beforeAll,",
    ),
  ),
  quick(
    after(
      ["insert", "03", "a step between"],
      fix(
        "03b",
        "a fix in an inserted step",
        "so this line is the same in all of them",
        "so this line never changes",
      ),
    ),
  ),
  quick(
    after(
      ["remove", "05"],
      fix(
        "04",
        "a fix before a removed step",
        "so this line is the same in all of them",
        "so this line never changes",
      ),
    ),
  ),
];
