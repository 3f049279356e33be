import { quote, UsageError } from "../errors.ts";

/**
 * One step into a JSON document: a member of an object, an element of an array, or a new
 * element at its end. `text` is the part of the key that says so.
 */
export type PathStep =
  | { kind: "key"; key: string; text: string }
  | { kind: "index"; index: number; text: string }
  | { kind: "append"; text: string };

type Token = { kind: "text" | "number" | "[" | "]"; value: string; source: string };

// Python's int(): HTTPie reads an index with it.
const integer = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

function literal(source: string): Token {
  let escapes = 0;
  const value = source.replaceAll(/\\(.)/gs, (pair, character: string) => {
    if (!"[]\\".includes(character)) return pair;
    escapes += 1;
    return character;
  });
  if (escapes > 0) return { kind: "text", value, source };
  if (integer.test(value)) return { kind: "number", value, source };
  // `\1` is the text "1", not an index.
  const escapedNumber = value.startsWith("\\") && integer.test(value.slice(1));
  return { kind: "text", value: escapedNumber ? value.slice(1) : value, source };
}

function tokenize(source: string): Token[] {
  const parts = source.match(/[[\]]|(?:\\.|[^[\]\\]|\\$)+/gs) ?? [];
  return parts.map((part) =>
    part === "[" || part === "]" ? { kind: part, value: part, source: part } : literal(part),
  );
}

/**
 * Parses the key of a JSON item into the steps that lead to its value.
 *
 * @param source - e.g. `a[b][]`
 * @param argument - the whole item, for the error message
 * @throws UsageError where a bracket is missing or out of place
 * @example parsePath("a[2]", "a[2]=x") // the member "a", then the element 2
 */
export function parsePath(source: string, argument: string): PathStep[] {
  const tokens = tokenize(source);
  const steps: PathStep[] = [];
  let at = 0;

  const expect = (kinds: Token["kind"][], expected: string): Token => {
    const token = tokens[at];
    if (token && kinds.includes(token.kind)) {
      at += 1;
      return token;
    }
    const consumed = tokens.slice(0, at).map((each) => each.source);
    const place = token ? `instead of '${token.value}'` : "at the end";
    throw new UsageError(
      `${quote(argument)}: expecting ${expected} ${place} after '${consumed.join("")}' (a bracket that is part of the name is written \\[ or \\])`,
    );
  };
  const bracket = (allowed: Token["kind"][], expected: string): PathStep => {
    const token = expect(allowed, expected);
    if (token.kind === "]") return { kind: "append", text: "[]" };
    expect(["]"], "']'");
    const text = `[${token.value}]`;
    if (token.kind === "text") return { kind: "key", key: token.value, text };
    const index = Number(token.value.replaceAll("_", ""));
    return { kind: "index", index, text: `[${index}]` };
  };

  const first = tokens[0];
  if (!first) return [{ kind: "key", key: "", text: "" }];
  if (first.kind === "text" || first.kind === "number") {
    at = 1;
    // A number at the start is the name of a member, as HTTPie normalizes it.
    const key =
      first.kind === "number" ? String(BigInt(first.value.replaceAll("_", ""))) : first.value;
    steps.push({ kind: "key", key, text: key });
  } else {
    expect(["["], "a name or '['");
    steps.push(bracket(["number", "]"], "a number or ']'"));
  }
  while (at < tokens.length) {
    expect(["["], "'['");
    steps.push(bracket(["text", "number", "]"], "a name, a number or ']'"));
  }
  return steps;
}
