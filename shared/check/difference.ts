import { comparable, differingField, hasFields } from "./same.ts";
import { inWords } from "./words.ts";

/** Two values in words. */
export type Both = { expected: string; received: string };

/** Up to here a value is shown as a whole, in characters. */
const SHORT = 200;
/** Up to here a list or an object is written in one line. */
const ONE_LINE = 100;
/** What is shown of a long line: so many characters before the first one that differs, and after. */
const [BEFORE, AFTER] = [50, 110];
/** What is shown of many lines: so many before the first one that differs, and after. */
const [ABOVE, BELOW] = [1, 2];

/**
 * Two values that differ: short ones as they are, long ones at the place where they differ, so
 * that they never look equal.
 * @param isPart whether further fields of what was received do not count
 */
export const showBoth = (expected: unknown, received: unknown, isPart = false): Both => {
  const whole = { expected: inWords(expected), received: inWords(received) };
  if (Math.max(whole.expected.length, whole.received.length) <= SHORT) return distinct(whole);
  const [left, right] = comparable(expected, received, isPart);
  const { path, values } = narrowed(left, right, isPart);
  const [ours, theirs] = values.map(linesOf) as [string[], string[]];
  const row = firstDifference(ours, theirs);
  const both = distinct({ expected: ours[row] ?? "", received: theirs[row] ?? "" });
  if (row < ours.length) ours[row] = both.expected;
  if (row < theirs.length) theirs[row] = both.received;
  const column = firstDifference([...both.expected], [...both.received]);
  const shown = (lines: string[]) => path + cutLines(lines, row, column);
  return { expected: shown(ours), received: shown(theirs) };
};

/** Goes into the one field that differs, where it is one, and says which. */
const narrowed = (
  left: unknown,
  right: unknown,
  isPart: boolean,
): { path: string; values: [unknown, unknown] } => {
  const field = differingField(left, right, isPart);
  if (field === undefined) return { path: "", values: [left, right] };
  const { path, values } = narrowed(...field.values, isPart);
  return { path: `"${field.name}": ${path}`, values };
};

/** A text line by line; a list with a line for each of its values; an object with one for each field. */
const linesOf = (value: unknown): string[] => {
  if (typeof value === "string") {
    // The quotation marks stand at the ends of the whole.
    return JSON.stringify(value).split(/(?<=\\n)/);
  }
  const words = inWords(value);
  if (words.length <= ONE_LINE) return [words];
  const inside = (words: string[]) =>
    words.map((it, index) => `  ${it}${index < words.length - 1 ? "," : ""}`);
  if (Array.isArray(value) && value.length > 0)
    return ["[", ...inside(value.map((it) => inWords(it))), "]"];
  if (hasFields(value) && Object.keys(value).length > 0) {
    const fields = Object.entries(value).map(([name, it]) => `"${name}": ${inWords(it)}`);
    return ["{", ...inside(fields), "}"];
  }
  return [words];
};

const firstDifference = (left: readonly string[], right: readonly string[]): number => {
  const index = left.findIndex((it, place) => it !== right[place]);
  return index < 0 ? left.length : index;
};

const cutLines = (lines: string[], row: number, column: number): string => {
  const from = Math.max(0, row - ABOVE);
  const to = Math.min(lines.length, row + BELOW + 1);
  const shown = lines
    .slice(from, to)
    .map((line, index) => cutLine(line, from + index === row ? column : 0));
  return [...(from > 0 ? ["…"] : []), ...shown, ...(to < lines.length ? ["…"] : [])].join("\n");
};

const cutLine = (line: string, column: number): string => {
  const signs = [...line];
  const from = column > BEFORE + AFTER / 2 ? column - BEFORE : 0;
  const to = Math.max(column, BEFORE) + AFTER;
  const text = signs.slice(from, to).join("");
  return `${from > 0 ? "… " : ""}${text}${to < signs.length ? " …" : ""}`;
};

/** Signs that nobody can see, and letters that can be written in two ways. */
const looks = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Zs}/gu, " ");

/** Where two texts differ in what cannot be seen, it is spelled out. */
const distinct = (both: Both): Both => {
  if (looks(both.expected) !== looks(both.received)) return both;
  if (both.expected === both.received) {
    return { ...both, received: `${both.received} (written alike, but of another kind)` };
  }
  const spell = (text: string) =>
    text.replace(/[^\x20-\x7e]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  return { expected: spell(both.expected), received: spell(both.received) };
};
