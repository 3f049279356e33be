import { diffArrays } from "diff";

/**
 * What differs from run to run, and is compared by its shape alone. A shape keeps the form: a date
 * with milliseconds is not the same as one without.
 */
const SHAPES: readonly RegExp[] = [
  // ISO 8601 in UTC, as the API answers; as the pages show it; as the names of saved files have it.
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/,
  /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/,
  /\d{4}-\d\d-\d\d-\d{6}/,
  // Whole seconds since 1970, of this century's years.
  /(?<![\w.])1[5-9]\d{8}(?![\w.])/,
  // In HTTP headers: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
  /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/,
  /(?<![\w.])\d+(?:\.\d+)? ?(?:ms|µs|s)\b/,
  /(?<=\bsocket )[\w-]{20}(?![\w-])/,
];
const ANY_SHAPE = new RegExp(SHAPES.map((shape) => shape.source).join("|"), "g");

/** A piece of a text: as it stands there, and what is compared. */
interface Token {
  readonly text: string;
  readonly form: string;
}

/** Whether two answers are the same but for what differs from run to run. */
export function sameByShape(expected: string, seen: string): boolean {
  const form = (text: string) =>
    tokensOf(tidy(text))
      .map((token) => token.form)
      .join("");
  return form(expected) === form(seen);
}

/**
 * The seen answer as it goes into the document: what differs from run to run keeps the value that
 * the document has, so that no date is rewritten for its own sake.
 */
export function refresh(expected: string, seen: string): string {
  const [old, fresh] = [tokensOf(tidy(expected)), tokensOf(tidy(seen))];
  const changes = diffArrays(old, fresh, { comparator: (a, b) => a.form === b.form });
  let place = 0;
  const kept: string[] = [];
  for (const { added, removed, count, value } of changes) {
    if (added) kept.push(...value.map((token) => token.text));
    else {
      if (!removed) kept.push(...old.slice(place, place + count).map((token) => token.text));
      place += count;
    }
  }
  return kept.join("");
}

/** Without the line ends of Windows, and without what is empty at the end. */
export function tidy(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(ANY_SHAPE)) {
    tokens.push(...wordsOf(text.slice(end, match.index)), {
      text: match[0],
      form: formOf(match[0]),
    });
    end = match.index + match[0].length;
  }
  return [...tokens, ...wordsOf(text.slice(end))];
}

function wordsOf(text: string): Token[] {
  return (text.match(/\n|[^\S\n]+|[\p{L}\p{N}_]+|./gu) ?? []).map((word) => ({
    text: word,
    form: word,
  }));
}

function formOf(text: string): string {
  const timing = /^\d+(\.\d+)?( ?\D+)$/.exec(text);
  // The number of digits of a timing is chance, too.
  if (timing) return `<${timing[1] ? "0.0" : "0"}${timing[2]}>`;
  if (text.endsWith("GMT")) return "<HTTP date>";
  if (/^[\w-]{20}$/.test(text) && !/^\d{4}-\d\d-\d\d/.test(text)) return "<socket id>";
  return `<${text.replace(/\d/g, "0")}>`;
}
