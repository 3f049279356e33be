// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const INSERT = "const [message] = insertMessage.all(input);";
const ANSWER = "json(message)";
const content = (schema: string) => app("content: text(2000)", `content: ${schema}`);

/** 07b: what becomes of the content of a new message. */
export const wrongContents = [
  ...faults("07b", [
    [
      "SQL glued for the content alone",
      "nothing inside a content is changed: quotes",
      app(
        INSERT,
        "const [message] = db.prepare<object, Message>(`INSERT INTO messages (author_id, recipient_id, content) VALUES (@author_id, @recipient_id, '${input.content}') RETURNING *`).all({ author_id: input.author_id, recipient_id: input.recipient_id });",
      ),
    ],
    [
      "escaped when it is stored",
      "nothing inside a content is changed: quotes",
      content(
        "text(2000).transform((it) => it.replace(/[&<>\"']/g, (sign) => `&#${sign.charCodeAt(0)};`))",
      ),
    ],
    [
      "tags are taken out",
      "nothing inside a content is changed: HTML",
      content('text(2000).transform((it) => it.replace(/<[^>]*>/g, ""))'),
    ],
    [
      "only < is escaped",
      "nothing inside a content is changed: HTML",
      content('text(2000).transform((it) => it.replaceAll("<", "&lt;"))'),
    ],
    [
      "in small letters",
      "nothing inside a content is changed: Capitals",
      content("text(2000).transform((it) => it.toLowerCase())"),
    ],
    [
      "other letters of the same look",
      "nothing inside a content is changed: Capitals",
      content('text(2000).transform((it) => it.normalize("NFKC"))'),
    ],
    [
      "ASCII alone",
      "whoever is in the database may write",
      content('text(2000).transform((it) => it.replace(/[^\\x20-\\x7e\\s]/g, "?"))'),
    ],
    [
      "one line",
      "nothing inside a content is changed: line breaks",
      content('text(2000).transform((it) => it.replace(/[\\r\\n\\t]/g, " "))'),
    ],
    [
      "line breaks are refused",
      "nothing inside a content is changed: line breaks",
      content("line(2000)"),
    ],
    [
      "line breaks of another system",
      "nothing inside a content is changed: line breaks",
      content('text(2000).transform((it) => it.replaceAll("\\r", ""))'),
    ],
    [
      "one space for several",
      "nothing inside a content is changed: several spaces",
      content('text(2000).transform((it) => it.replace(/ +/g, " "))'),
    ],
    [
      "no emoji",
      "nothing inside a content is changed: emoji",
      content('text(2000).transform((it) => it.replace(/\\p{Extended_Pictographic}/gu, ""))'),
    ],
    [
      "backslashes are taken for escapes",
      "nothing inside a content is changed: backslashes",
      content('text(2000).transform((it) => it.replace(/\\\\(.)/g, "$1"))'),
    ],
    [
      "a text that looks like a number is one",
      "nothing inside a content is changed: a number",
      app(ANSWER, "json({ ...message, content: Number(input.content) || input.content })"),
    ],
    [
      "cut at 1,000",
      "nothing inside a content is changed: 2,000 letters",
      content("text(2000).transform((it) => it.slice(0, 1000))"),
    ],
    [
      "fewer than 2,000 letters",
      "nothing inside a content is changed: 2,000 letters",
      content("text(1999)"),
    ],
    [
      "2,000 bytes at most",
      "nothing inside a content is changed: 2,000 letters",
      content('text(2000).refine((it) => Buffer.byteLength(it) <= 2000, "at most 2000 letters")'),
    ],
    [
      "changed in the database alone",
      "nothing inside a content is changed: Capitals",
      app(ANSWER, "json(message && { ...message, content: input.content })"),
      app("@recipient_id, @content)", "@recipient_id, upper(@content))"),
    ],
    [
      "with the spaces around it",
      "spaces around a content",
      content(
        'z.string("must be text").refine((it) => it.trim(), "must not be empty").max(2000, "at most 2000 letters")',
      ),
    ],
    [
      "the content in capitals",
      "answers 201, the id, the content",
      content("text(2000).toUpperCase()"),
    ],
    [
      "the words of the schema library about texts",
      "a missing content answers 422",
      content('z.string().trim().min(1, "must not be empty").max(2000, "at most 2000 letters")'),
    ],
    [
      "the words of the schema library about lengths",
      "a content of 5,000 letters answers 422",
      content(
        'z.string({ error: (it) => (it.code === "invalid_type" ? "must be text" : undefined) }).trim().min(1, "must not be empty").max(2000)',
      ),
    ],
    [
      "a content of spaces",
      "a content of spaces",
      content(
        'z.string("must be text").min(1, "must not be empty").max(2000, "at most 2000 letters").transform((it) => it.trim())',
      ),
    ],
    [
      "an empty content",
      "an empty content",
      content('z.string("must be text").trim().max(2000, "at most 2000 letters")'),
    ],
    [
      "a content without end",
      "a content of 5,000 letters",
      content('z.string("must be text").trim().min(1, "must not be empty")'),
    ],
    ["a content that is a little too long", "a content of 2,001 letters", content("text(2001)")],
    [
      "a content that is a number",
      "a content that is a number",
      content(`z.preprocess((it) => typeof it === "number" ? String(it) : it, text(2000))`),
    ],
    [
      "a content that is a list",
      "a content that is a list",
      content(`z.preprocess((it) => Array.isArray(it) ? it.join() : it, text(2000))`),
    ],
    [
      "null is a word",
      "a content that is null",
      content(`z.preprocess((it) => it === null ? "null" : it, text(2000))`),
    ],
    ["no content", "a missing content", content('text(2000).default("…")')],
  ]),
];
