// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, type Fault, faults } from "../table.ts";

const NAME = "name: line(100)";
const NICKNAME = "nickname: line(50)";

/** The schema says in its own words what is no text, and in the library's what else is wrong. */
const OWN = app(
  'z.string("must be text")',
  'z.string({ error: (it) => (it.code === "invalid_type" ? "must be text" : undefined) })',
);

/** 02b: what a field may not be. */
export const wrongUsersInput = [
  ...faults("02b", [
    [
      "a name of spaces",
      "a name of spaces",
      app(NAME, 'name: z.string("must be text").min(1, "empty").max(100, "too long").trim()'),
    ],
    [
      "an empty name",
      "an empty name",
      app(NAME, 'name: z.string("must be text").trim().max(100, "too long")'),
    ],
    ["a name without end", "one letter more than the longest name", app(NAME, "name: line(1e9)")],
    [
      "a name that is a number",
      "a name that is a number",
      app(
        NAME,
        "name: z.preprocess((it) => (typeof it === 'number' ? String(it) : it), line(100))",
      ),
    ],
    ["a name is made up", "a missing name", app(NAME, `${NAME}.default("Anonymous")`)],
    [
      "null is no name",
      "a name that is null",
      app(NAME, `${NAME}.nullable().transform((it) => it ?? "?")`),
    ],
    [
      "an empty nickname",
      "an empty nickname",
      app(NICKNAME, 'nickname: z.string("must be text").trim().max(50, "too long")'),
    ],
    [
      "a nickname without end",
      "one letter more than the longest nickname",
      app(NICKNAME, "nickname: line(1e9)"),
    ],
    [
      "any text is an email",
      "an email that is no address",
      app('z.email("must be an email address")', "z.string()"),
    ],
    [
      "an email without end",
      "one letter more than the longest email",
      app("text(254)", "text(1e9)"),
    ],
    [
      "no body is a crash",
      "no body answers 422",
      app("NewUser.parse({ ...req.body })", "NewUser.parse({ ...req.body, name: req.body.name })"),
    ],
    [
      "control characters in a name",
      "control characters in the field name",
      app(NAME, "name: text(100)"),
    ],
    [
      "control characters in a nickname",
      "control characters in the field nickname",
      app(NICKNAME, "nickname: text(50)"),
    ],
    [
      "some control characters",
      "control characters in the field",
      app("/^\\P{Cc}*$/u", "/^[^\\0-\\x1f]*$/"),
    ],
    [
      "line breaks alone are control characters",
      "control characters in the field",
      app("/^\\P{Cc}*$/u", "/^.*$/"),
    ],
    [
      "control characters are taken away",
      "control characters in the field",
      app(
        "text(most).regex(",
        'text(most).transform((it) => it.replace(/\\p{Cc}/gu, ""));\nvoid z.string().regex(',
      ),
    ],
    ...(
      [
        ["name", "a name", NAME, 100],
        ["nickname", "a nickname", NICKNAME, 50],
      ] as const
    ).flatMap(([field, what, from, most]): Fault[] => [
      [
        `${what} one letter shorter`,
        `the longest ${field}`,
        app(from, `${field}: line(${most - 1})`),
      ],
      [
        `${what} one letter longer`,
        `one letter more than the longest ${field}`,
        app(from, `${field}: line(${most + 1})`),
      ],
      [
        `${what} is cut`,
        "the longest",
        app(from, `${field}: line(${most}).transform((it) => it.slice(0, ${most - 2}))`),
      ],
      [
        `${what} too long is cut`,
        `one letter more than the longest ${field}`,
        app(from, `${field}: line(9e5).transform((it) => it.slice(0, ${most}))`),
      ],
    ]),
    ["an address one letter shorter", "the longest email", app("text(254)", "text(253)")],
    [
      "an address one letter longer",
      "one letter more than the longest email",
      app("text(254)", "text(255)"),
    ],
    ["lengths in bytes", "the longest", app("it.length <= most", "Buffer.byteLength(it) <= most")],
    [
      "the words of the schema library for what is no text",
      "words of its own",
      app('z.string("must be text")', "z.string()"),
    ],
    [
      "the words of the schema library for what is empty",
      "words of its own",
      OWN,
      app(', "must not be empty"', ""),
    ],
    [
      "the words of the schema library for what is too long",
      "words of its own",
      OWN,
      app(", `at most ${most} letters`)", ")"),
    ],
    [
      "the words of the schema library for a control character",
      "control characters in the field",
      OWN,
      app(', "must not have control characters"', ""),
    ],
  ]),
];
