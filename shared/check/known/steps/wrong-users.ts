// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults } from "../table.ts";

const LIST = "SELECT * FROM users ORDER BY id";

/** 03: users are listed. */
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
];
