import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

/** The text is not JSON; the message says what was expected, and where. */
export class JsonError extends Error {}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// A string up to its closing quote; what is inside the escapes is JSON.parse's business.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const spacePattern = /[ \t\n\r]*/y;
const literals = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

// Deeper documents than this would exhaust the stack; JSON.parse has the same kind of limit.
const deepest = 2000;

/**
 * Parses a JSON document without losing anything of it.
 *
 * @throws JsonError with the place in "line 1 column 5" form
 */
export function parseJson(text: string): JsonValue {
  let at = 0;

  const fail = (expected: string): never => {
    const before = text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    throw new JsonError(`expecting ${expected} at line ${line} column ${column}`);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const take = (character: string): boolean => {
    match(spacePattern);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const string = (expected: string): string => {
    match(spacePattern);
    const raw = match(stringPattern);
    if (raw !== undefined) return raw.includes("\\") ? JSON.parse(raw) : raw.slice(1, -1);
    return fail(text[at] === '"' ? "the end of the string that starts" : expected);
  };

  const array = (depth: number): JsonValue[] => {
    const values: JsonValue[] = [];
    if (take("]")) return values;
    do values.push(value(depth));
    while (take(","));
    return take("]") ? values : fail("',' or ']'");
  };
  const object = (depth: number): JsonObject => {
    const result = new JsonObject();
    if (take("}")) return result;
    do {
      const key = string("a property name in double quotes");
      if (!take(":")) fail("':'");
      result.members.push([key, value(depth)]);
    } while (take(","));
    return take("}") ? result : fail("',' or '}'");
  };
  const value = (depth: number): JsonValue => {
    if (depth > deepest) fail(`at most ${deepest} levels`);
    if (take("{")) return object(depth + 1);
    if (take("[")) return array(depth + 1);
    if (text[at] === '"') return string("a value");
    const number = match(numberPattern);
    if (number !== undefined) return new JsonNumber(number);
    for (const [word, meaning] of literals) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    return fail("a value");
  };

  const result = value(0);
  match(spacePattern);
  if (at < text.length) fail("the end of the data");
  return result;
}
