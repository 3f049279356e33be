import { app, faults } from "../table.ts";

const lib = (name: string, from: string, to: string) => [`lib/${name}.ts`, from, to] as const;

/** Apps that the checks of the fixture course have to refuse. */
export const wrongApps = [
  ...faults("00", [
    [
      "it greets in more words",
      "with the words of GREETING",
      app('.type("text").send(`', '.type("text").send(`hello, '),
    ],
    [
      "it starts without its setting",
      "without GREETING it ends",
      app("  process.exit(1);\n}\n\nconst app", "}\n\nconst app"),
    ],
  ]),
  ...faults("01", [
    ["another file", "no file instance/tiny.db", app('"tiny.db"', '"chat.db"')],
    [
      "notes in memory",
      "notes are in tiny.db",
      app("new Database(FILE, { timeout: 1000 })", 'new Database(":memory:")'),
    ],
    [
      "who says nothing may write",
      "without a session",
      app("const author = nameOf(", 'const author = !req.headers.authorization ? "x" : nameOf('),
    ],
    [
      "HTML of a guest goes into the page",
      "shows each note as text",
      ["views/note.ejs", "<%= note.text %>", "<%- note.text %>"],
    ],
  ]),
  ...faults("02", [
    [
      "a module that begins with a note of its own",
      "in any database that it is handed",
      lib(
        "notes",
        "  const insertNote",
        `  db.exec("INSERT INTO notes (author, text) VALUES ('x', 'x')");\n  const insertNote`,
      ),
    ],
    [
      "each guest gets the same token",
      "a token of its own",
      lib("sessions", "const token = nanoid();", 'const token = "token" || nanoid();'),
    ],
  ]),
  ...faults("03", [
    ["sockets at another path", "refuses a socket", app('path: "/live"', 'path: "/socket.io"')],
    [
      "the cookie is not looked at",
      "who its cookie says",
      app("const name = nameOf(token);", 'const name = token && "somebody";'),
    ],
    [
      "any page may connect",
      "of another site",
      app('!origin || origin.split("//")[1] === host', "true || !origin || !host"),
    ],
    [
      "the page shows no note that comes",
      "an open page shows a note",
      ["public/board.js", '.on("note"', '.on("notes"'],
    ],
  ]),
];
