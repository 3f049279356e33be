// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const ID = 'z.union([z.int().min(1), z.string().regex(DIGITS).transform(Number)], "must be an id")';

/** 07b: what is taken for the id of a user in a new message. */
export const wrongIds = [
  ...faults("07b", [
    [
      "nobody's id is Alice's",
      "nobody's id",
      app(ID, `z.preprocess((id) => Number(id) < 1 ? 1 : id, ${ID})`),
    ],
    ["zeros before an id", "the text 01", app("/^[1-9]\\d{0,14}$/", "/^\\d{1,15}$/")],
    [
      "an id that is read as a number",
      "the text 01",
      app(
        ID,
        'z.coerce.number("must be an id").pipe(z.int("must be an id").min(1, "must be an id"))',
      ),
    ],
    [
      "an id that is read as far as it goes",
      "the text 01",
      app(
        ID,
        'z.any().transform((it) => Number.parseInt(it, 10)).pipe(z.int("must be an id").min(1, "must be an id"))',
      ),
    ],
    [
      "a fraction that is zero",
      "the text 1.0",
      app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}(\\.0+)?$/"),
    ],
    ["powers of ten", "the text 1e0", app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}(e\\d+)?$/")],
    ["a sign before an id", "the text +1", app("/^[1-9]\\d{0,14}$/", "/^\\+?[1-9]\\d{0,14}$/")],
    [
      "spaces around an id",
      "begins with a space",
      app("z.string().regex(DIGITS)", "z.string().trim().regex(DIGITS)"),
    ],
    [
      "a line break after an id",
      "ends with a line break",
      app("/^[1-9]\\d{0,14}$/", "/^[1-9]\\d{0,14}\\n?$/"),
    ],
    [
      "digits at the beginning of an id",
      "a number and a word",
      app(
        ".regex(DIGITS).transform(Number)",
        ".regex(/^[1-9]\\d{0,14}( \\w.*)?$/).transform((it) => Number.parseInt(it, 10))",
      ),
    ],
    [
      "a nickname as an id",
      "a nickname as an id",
      app(ID, `z.preprocess((id) => id === "alice" ? 1 : id, ${ID})`),
    ],
    [
      "half a user",
      "a fraction as an id",
      app("z.union([z.int().min(1)", "z.union([z.number().min(1).transform(Math.floor)"),
    ],
    [
      "true is the user 1",
      "true as an id",
      app(ID, `z.preprocess((id) => id === true ? 1 : id, ${ID})`),
    ],
    [
      "an endless number",
      "beyond all numbers",
      app(ID, `z.preprocess((id) => id === Infinity ? 1 : id, ${ID})`),
    ],
    [
      "a list of one is an id",
      "a list as an id",
      app(ID, `z.preprocess((id) => Array.isArray(id) ? id[0] : id, ${ID})`),
    ],
    [
      "a user is an id",
      "an object as an id",
      app(ID, `z.preprocess((it) => (it as User | null)?.id ?? it, ${ID})`),
    ],
    [
      "an id loosely read for recipients alone",
      "the text 01",
      app(
        "recipient_id: Id, content",
        'recipient_id: z.coerce.number("must be an id").int("must be an id"), content',
      ),
    ],
    [
      "the words of the schema library about ids",
      "as an id answers 422",
      app(', "must be an id")', ")"),
    ],
    [
      "no name of the field",
      "answers 422 and names the field",
      app("`${path.join()}: ${message}`", "message"),
    ],
    [
      "Alice, unless told otherwise",
      "a missing author_id",
      app("author_id: Id,", "author_id: Id.default(1),"),
    ],
    [
      "to oneself, unless told otherwise",
      "a missing recipient_id",
      app(
        "recipient_id: Id, content",
        "recipient_id: Id.optional() as unknown as typeof Id, content",
      ),
      app(
        "NewMessage.parse({ ...req.body })",
        "NewMessage.parse({ ...req.body });\n  input.recipient_id ??= input.author_id",
      ),
    ],
    [
      "no body is an error of ours",
      "no body at all",
      app(
        "NewMessage.parse({ ...req.body })",
        "NewMessage.parse({ ...req.body, content: req.body.content })",
      ),
    ],
  ]),
];
