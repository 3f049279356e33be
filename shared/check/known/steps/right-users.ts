// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, right, users } from "../table.ts";

const PARSED = "NewUser.parse({ ...req.body })";
const INSERTED = `const [user] = insertUser.all(${PARSED});`;
const TAKEN = "ON CONFLICT (nickname) DO NOTHING RETURNING *";
const USERS = 'app.post("/api/users", (req, res) => {';
const BY_HAND = `type NewUser = { name: string; email: string; nickname: string };
const checkUser = (body: Record<string, unknown>): NewUser => {
  const refuse = (field: string) => {
    throw createError(422, \`\${field} is not right\`);
  };
  const text = (field: keyof NewUser, most: number): string => {
    const value = typeof body[field] === "string" ? body[field].trim() : "";
    if (value === "" || value.length > most) refuse(field);
    if (/[\\0-\\x1f\\x7f-\\x9f]/.test(value)) refuse(field);
    return value;
  };
  const email = text("email", 254);
  if (!/^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$/.test(email)) refuse("email");
  return { name: text("name", 100), email, nickname: text("nickname", 50) };
};
type User = NewUser & { id: number };`;
const BY_HAND_ORDERED = BY_HAND.replace(
  'const email = text("email", 254);',
  'const name = text("name", 100);\n  const email = text("email", 254);',
).replace('name: text("name", 100), email', "name, email");

/** 02 to 06: users that are stored, listed and shown in another way. */
export const rightUsers = [
  ...right(
    "a table that is not strict",
    "02 02b 03 06",
    app(") STRICT", ")"),
    app("name TEXT NOT NULL,", "name VARCHAR(100) NOT NULL,"),
  ),
  ...right(
    "an index instead of a constraint",
    "02 02b 03",
    app(
      "nickname TEXT NOT NULL UNIQUE\n  ) STRICT",
      "nickname TEXT NOT NULL\n  ) STRICT;\n  CREATE UNIQUE INDEX IF NOT EXISTS users_nickname ON users (nickname)",
    ),
  ),
  ...right(
    "ids that are never given twice",
    "02 02b 03 05",
    app("id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY AUTOINCREMENT"),
  ),
  ...right(
    "a column more",
    "02 02b",
    app("NOT NULL UNIQUE", "NOT NULL UNIQUE,\n    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP"),
  ).map((known) =>
    known.step === "02"
      ? known
      : {
          ...known,
          edits: [...known.edits, app(TAKEN, TAKEN.replace("*", "id, name, email, nickname"))],
        },
  ),
  ...right(
    "a select after the insert of a user",
    "02b 03 04 05 06 07 11 15",
    app(TAKEN, "ON CONFLICT (nickname) DO NOTHING"),
    app(
      INSERTED,
      `const { changes, lastInsertRowid } = insertUser.run(${PARSED});
  const user = changes && db.prepare("SELECT * FROM users WHERE id = ?").get(lastInsertRowid);`,
    ),
  ),
  ...right(
    "a transaction around the insert of a user",
    "02b 04 08",
    app(
      INSERTED,
      `const input = ${PARSED};
  const user = db.transaction(() => insertUser.get(input))();`,
    ),
  ),
  ...right(
    "a taken nickname is what SQLite refuses",
    "02b 03 06",
    app(TAKEN, "RETURNING *"),
    app(
      INSERTED,
      `const input = ${PARSED};
  let user: User | undefined;
  try {
    [user] = insertUser.all(input);
  } catch (error) {
    if ((error as { code?: string }).code !== "SQLITE_CONSTRAINT_UNIQUE") throw error;
  }`,
    ),
  ),
  ...right(
    "a taken nickname is looked for first",
    "02b 05",
    app(
      INSERTED,
      `const input = ${PARSED};
  const isTaken = db.prepare("SELECT 1 FROM users WHERE nickname = ?").get(input.nickname);
  const [user] = isTaken ? [] : insertUser.all(input);`,
    ),
  ),
  ...right(
    "no wait for a lock, and other words for it",
    "02b 03",
    app("timeout: 1000", "timeout: 0"),
    app('"The database is busy: try again"', '"Sorry, somebody else is writing at the moment"'),
  ),
  ...right(
    "users checked by hand",
    "02b 03 06",
    app("type User = z.infer<typeof NewUser> & { id: number };", BY_HAND_ORDERED),
    app("const NewUser = z.object", "const _NewUser = z.object"),
    app("prepare<z.infer<typeof NewUser>, User>", "prepare<NewUser, User>"),
    app(PARSED, "checkUser({ ...req.body })"),
  ),
  ...right(
    "a router for the API",
    "02b 04 05 06 09 11",
    app(
      USERS,
      'const api = express.Router();\napp.use("/api", api);\n\napi.post("/users", (req, res) => {',
    ),
  ),
  ...right(
    "users row by row",
    "03 04",
    app("res.json(listUsers.all())", "res.json([...listUsers.iterate()])"),
  ),
  ...right(
    "a header instead of a redirect",
    "05 06 07",
    app('res.redirect("/front/users")', 'res.writeHead(302, { Location: "/front/users" }).end()'),
  ),
  ...right(
    "ids checked by a pattern",
    "06 07b 08 09",
    app(
      "const { data } = Id.safeParse(id);",
      "const data = /^[1-9]\\d*$/.test(String(id)) ? Number(id) : 0;",
    ),
  ),
  ...right(
    "ids compared with what they are as a number",
    "06 07",
    app(
      "const { data } = Id.safeParse(id);",
      "const data = String(Number(id)) === String(id) ? Number(id) : 0;",
    ),
  ),
  ...right(
    "a pattern in the path of a route",
    "06",
    app(
      'app.get("/api/users/:user_id", (req, res) => {',
      `app.param("user_id", (_req, _res, next, id) =>
  next(/^[1-9]\\d{0,14}$/.test(id) ? undefined : createError(404, "There is nobody like that")),
);
app.get("/api/users/:user_id", (req, res) => {`,
    ),
  ),
  ...right(
    "a folder of another name, and a path before it",
    "04 05",
    app(
      'app.use(express.static(join(import.meta.dirname, "public")));',
      'app.use("/assets", express.static(join(import.meta.dirname, "public")));',
    ),
    users("/style.css", "/assets/style.css"),
  ),
  ...right(
    "HTML without optional end tags",
    "04 05 06",
    users("</li>", ""),
    users("  </body>\n</html>", ""),
    users("</p>\n    </header>", "\n    </header>"),
  ),
  ...right(
    "HTML without optional tags at all",
    "04",
    users("  <head>\n", ""),
    users("  </head>\n  <body>\n", ""),
    users("  </body>\n</html>", ""),
    users("</li>", ""),
  ),
  ...right(
    "lengths as the schema library counts them: an emoji is one",
    "02b 03 06",
    app(
      "filled.refine((it) => it.length <= most, `at most ${most} letters`)",
      "filled.max(most, `at most ${most} letters`)",
    ),
  ),
];
