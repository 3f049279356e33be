// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults } from "../table.ts";

const INSERT = "insertUser.all(NewUser.parse({ ...req.body }))";
const NAME = "name: line(100)";
const GLUED = `((it) => db.prepare(\`INSERT INTO users (name, email, nickname) VALUES ('\${it.name}', '\${it.email}', '\${it.nickname}') ON CONFLICT (nickname) DO NOTHING RETURNING *\`).all())(NewUser.parse({ ...req.body }))`;

/** 02b: a text is stored as it was sent. */
export const wrongUsersTexts = [
  ...faults("02b", [
    ["the name in small letters", "alice caroll", app(NAME, "name: line(100).toLowerCase()")],
    ["SQL glued from what the client sends", "SQL in the field name", app(INSERT, GLUED)],
    [
      "quotes are taken away",
      "SQL in the field name",
      app(NAME, `name: line(100).transform((it) => it.replaceAll("'", ""))`),
    ],
    ...(["name", "email", "nickname"] as const).map((field): Fault => {
      const values = ["name", "email", "nickname"].map((it) =>
        it === field ? `'\${it.${it}}'` : `@${it}`,
      );
      return [
        `SQL glued for one field alone (${field})`,
        `SQL in the field ${field}`,
        app(
          INSERT,
          GLUED.replace(/VALUES \(.*?\)/, () => `VALUES (${values.join(", ")})`).replace(
            ".all()",
            ".all(it)",
          ),
        ),
      ];
    }),
    ...(
      [
        ["spaces inside become one", 'replace(/ +/g, " ")'],
        ["accents are taken away", 'normalize("NFD").replace(/\\p{M}/gu, "")'],
        ["letters are put together", "normalize()"],
        ["only ASCII", 'replace(/[^ -~]/g, "")'],
        ["emoji are taken away", 'replace(/\\p{Extended_Pictographic}/gu, "")'],
        ["HTML is escaped when it is stored", 'replaceAll("<", "&lt;")'],
        ["an ampersand is escaped when it is stored", 'replaceAll("&", "&amp;")'],
        ["entities become signs", 'replaceAll("&lt;", "<")'],
        ["tags are taken away", 'replace(/<[^>]*>/g, "")'],
        ["backslashes are taken away", 'replaceAll("\\\\", "")'],
        ["double quotes are taken away", `replaceAll('"', "")`],
        ["percent signs are decoded", 'replace(/%41/g, "A")'],
      ] as const
    ).map(
      ([title, change]): Fault => [
        title,
        "a name and a nickname with",
        app(
          '"must not have control characters");',
          `"must not have control characters").transform((it) => it.${change});`,
        ),
      ],
    ),
    [
      "capital letters in an address become small ones",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.email("must be an email address").toLowerCase()',
      ),
    ],
    [
      "addresses of one domain alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.email("must be an email address").endsWith("@foo.com", "foo.com only")',
      ),
    ],
    [
      "addresses of letters alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.string().regex(/^\\w+@\\w+\\.\\w+$/, "must be an email address")',
      ),
    ],
    [
      "addresses with two parts of a domain alone",
      "at other domains",
      app(
        'z.email("must be an email address")',
        'z.string().regex(/^[^@\\s]+@[^@\\s.]+\\.[^@\\s.]+$/, "must be an email address")',
      ),
    ],
    ["spaces around a text stay", "spaces around", app(".trim()", "")],
    [
      "spaces around a name stay",
      "spaces around",
      app(
        NAME,
        'name: z.string("must be text").regex(/\\S/, "must not be empty").max(100, "too long").regex(/^\\P{Cc}*$/u, "no control characters")',
      ),
    ],
    [
      "spaces around an address are an error",
      "spaces around",
      app("text(254)", 'z.string("must be text").max(254, "too long")'),
    ],
  ]),
];
