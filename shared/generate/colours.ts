import { type ParsedToken, parse } from "sugar-high/core";
import * as typescript from "sugar-high/lang/typescript";
import type { Part } from "./rows.ts";

/** A stretch of a line that is in one colour, and marked as a whole or not at all. */
export interface ColouredPart extends Part {
  /** What it is: `keyword`, `string`, `comment` … as sugar-high names it. */
  readonly type: ParsedToken["type"];
}

/** What stands in a line of a program, from left to right. */
export type Tokens = readonly ParsedToken[];

/**
 * Tells what the stretches of a TypeScript program are, line by line. The program is read as a
 * whole: a line inside a long string looks like code.
 */
export function tokensOf(program: string): Tokens[] {
  // Otherwise `prepare<User>(…)` is taken for the beginning of an element.
  const { lines } = parse(program.replaceAll("\r\n", "\n"), { ...typescript, jsx: false });
  return lines.map(({ tokens }) => tokens.filter(({ value }) => value !== ""));
}

/** Lays the colours of a line and the marks of its changed words over one another. */
export function colour(parts: readonly Part[], tokens: Tokens): ColouredPart[] {
  const coloured: ColouredPart[] = [];
  const left = tokens.map(({ type, value }) => ({ type, value }));
  for (const { text, marked } of parts) {
    for (let start = 0; start < text.length; ) {
      const token = left[0] ?? { type: "identifier", value: text.slice(start) };
      const piece = token.value.slice(0, text.length - start);
      coloured.push({ text: piece, marked, type: token.type });
      start += piece.length;
      token.value = token.value.slice(piece.length);
      if (token.value === "") left.shift();
    }
  }
  return coloured;
}
