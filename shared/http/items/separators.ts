/**
 * The separators of request items. Which one an argument contains says what it is.
 *
 * @see https://httpie.io/docs/cli/request-items
 */
export const separators = {
  header: ":",
  emptyHeader: ";",
  headerFile: ":@",
  query: "==",
  queryFile: "==@",
  text: "=",
  textFile: "=@",
  json: ":=",
  jsonFile: ":=@",
  upload: "@",
} as const;

/** One of the separators' names. */
export type ItemKind = keyof typeof separators;

/** The parts of an argument, its escapes resolved. */
export type SplitArgument = { kind: ItemKind; key: string; value: string };

const special = new Set(Object.values(separators).join(""));
const longestFirst = (Object.entries(separators) as [ItemKind, string][]).sort(
  ([, a], [, b]) => b.length - a.length,
);

/**
 * Cuts an argument into stretches of plain text with an escaped character between each two.
 * A backslash escapes only what could be part of a separator; elsewhere it stays.
 */
function cutAtEscapes(argument: string): { texts: string[]; escaped: string[] } {
  const texts = [""];
  const escaped: string[] = [];
  for (let at = 0; at < argument.length; at += 1) {
    const character = argument.charAt(at);
    const next = argument.charAt(at + 1);
    if (character !== "\\") {
      texts[texts.length - 1] += character;
      continue;
    }
    at += 1;
    if (special.has(next)) {
      escaped.push(next);
      texts.push("");
    } else {
      texts[texts.length - 1] += `\\${next}`;
    }
  }
  return { texts, escaped };
}

/** The separator that starts first in a text, the longest one of those that start there. */
function firstSeparator(text: string): { kind: ItemKind; at: number; length: number } | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const found = longestFirst.find(([, separator]) => text.startsWith(separator, at));
    if (found) return { kind: found[0], at, length: found[1].length };
  }
  return undefined;
}

/**
 * Splits one argument at its separator: the first one found wins, and of those that start at
 * the same place the longest. What is escaped with a backslash is no separator.
 *
 * @returns the parts, or undefined where no separator is found
 * @example splitArgument("a:=1") // { kind: "json", key: "a", value: "1" }
 * @example splitArgument("a\\:b=c") // { kind: "text", key: "a:b", value: "c" }
 */
export function splitArgument(argument: string): SplitArgument | undefined {
  const { texts, escaped } = cutAtEscapes(argument);
  let before = "";
  for (const [index, text] of texts.entries()) {
    const found = firstSeparator(text);
    if (!found) {
      before += text + (escaped[index] ?? "");
      continue;
    }
    const after = texts
      .slice(index + 1)
      .map((each, offset) => (escaped[index + offset] ?? "") + each)
      .join("");
    return {
      kind: found.kind,
      key: before + text.slice(0, found.at),
      value: text.slice(found.at + found.length) + after,
    };
  }
  return undefined;
}
