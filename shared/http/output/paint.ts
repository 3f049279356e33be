/** The colours of HTTPie's default style, by what they stand for: the terminal's own. */
const codes = {
  green: "32",
  cyan: "36",
  underlinedCyan: "04m\u001b[36",
  blue: "34",
  brightBlue: "94",
  yellow: "33",
  gray: "37",
  brightBlack: "90",
  underlinedRed: "04m\u001b[91",
} as const;

/** A colour of the palette. */
export type Color = keyof typeof codes;

// As Python's splitlines(): Pygments, and so HTTPie, ends a colour with each line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines there
const lineEnds = /(?<=\n|\r(?!\n)|[\v\f\u001c-\u001e\u0085\u2028\u2029])/;

/** Puts the escape sequences that HTTPie puts around a text. Line ends stay outside. */
export function paint(color: Color, text: string): string {
  const painted = (line: string) => {
    const [plain = "", end = ""] = line.endsWith("\n") ? [line.slice(0, -1), "\n"] : [line];
    return `\u001b[${codes[color]}m${plain}\u001b[39;49;00m${end}`;
  };
  return text === "" ? "" : text.split(lineEnds).map(painted).join("");
}
