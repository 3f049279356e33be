import { type Color, paint } from "./paint.ts";

// The tokens of Pygments' lexer for JSON, which looks at what a token begins with and checks
// little of the rest. The last one takes any other character, and an unclosed string or comment.
const token =
  /(?<string>"(?:[^"\\]|\\u(?:[\da-fA-F]{4}|[\da-fA-F]{0,3}[^\da-fA-F])|\\[^u])*")|(?<space>[ \t\r\n]+)|(?<comment>\/\/[^\n]*|\/\*.*?\*\/)|(?<word>[fnt][truefalsn]*)|(?<number>[-\d][-\d.eE+]*)|(?<punctuation>[{}[\],:]+)|(?<error>".*|\/\*.*|.)/gsu;

// What stands before the document against script inclusion; HTTPie underlines it.
const prefix = /^[^{["]+(?=(?:[{["]|true|false|null).)/is;

const colors: Record<string, Color | undefined> = {
  string: "yellow",
  key: "brightBlue",
  space: "gray",
  comment: "gray",
  word: "blue",
  number: "blue",
  error: "underlinedRed",
};

/**
 * Colours a JSON text, well-formed or not, with the escape sequences of HTTPie's default style:
 * what is redirected is the same, byte for byte.
 */
export function colorJson(text: string): string {
  const before = prefix.exec(text)?.[0] ?? "";
  const parts: { kind: string; text: string }[] = [];
  // A string is a key where a colon follows, with nothing but space and comments between them.
  let open: { kind: string; text: string }[] = [];
  for (const match of text.slice(before.length).matchAll(token)) {
    const [kind = "", found = ""] =
      Object.entries(match.groups ?? {}).find(([, each]) => each !== undefined) ?? [];
    const part = { kind, text: found };
    parts.push(part);
    if (kind === "string") open.push(part);
    else if (kind !== "space" && kind !== "comment") {
      if (found.startsWith(":")) for (const each of open) each.kind = "key";
      open = [];
    }
  }
  const painted = parts.map(({ kind, text: each }) => {
    const color = colors[kind];
    return color ? paint(color, each) : each;
  });
  return paint("underlinedRed", before) + painted.join("");
}
