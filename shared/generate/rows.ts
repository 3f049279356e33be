import { diffArrays, diffWordsWithSpace } from "diff";

/** A stretch of a line; marked where a changed line differs from its counterpart. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

/** One line of a file, as one side of the comparison shows it. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly parts: readonly Part[];
}

/** One row of a comparison: a line on one side or on both, or unchanged lines that are left out. */
export type Row =
  | { readonly kind: "same"; readonly before: Line; readonly after: Line }
  | { readonly kind: "changed"; readonly before?: Line; readonly after?: Line }
  | { readonly kind: "folded"; readonly count: number };

type SameRow = Extract<Row, { kind: "same" }>;
type ChangedRow = Extract<Row, { kind: "changed" }>;
interface Run {
  readonly kind: "same" | "added" | "removed";
  readonly lines: string[];
}

/** How many unchanged lines stand around a change: as many as git shows. */
const CONTEXT = 3;

/** Fewer unchanged lines than this are shown: a fold would save no room. */
const SMALLEST_FOLD = 4;

/**
 * Compares two texts line by line, the lines of a change in pairs.
 * @returns the rows from top to bottom; equal texts are a single fold
 */
export function compareTexts(before: string, after: string): Row[] {
  const numbers = { before: 0, after: 0 };
  const line = (side: "before" | "after", text: string): Line => {
    numbers[side]++;
    return { number: numbers[side], parts: [{ text, marked: false }] };
  };
  const runs = runsOf(linesOf(before), linesOf(after));
  const rows: (SameRow | ChangedRow)[] = [];
  for (let index = 0; index < runs.length; index++) {
    const { kind, lines } = runs[index] as Run;
    const next = runs[index + 1];
    if (kind === "same") {
      for (const text of lines)
        rows.push({ kind, before: line("before", text), after: line("after", text) });
    } else if (kind === "removed" && next?.kind === "added") {
      index++;
      const removed = lines.map((text) => line("before", text));
      const added = next.lines.map((text) => line("after", text));
      for (let place = 0; place < Math.max(removed.length, added.length); place++)
        rows.push(pair(removed[place], added[place]));
    } else {
      const side = kind === "removed" ? "before" : "after";
      for (const text of lines) rows.push({ kind: "changed", [side]: line(side, text) });
    }
  }
  return fold(rows);
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function runsOf(before: string[], after: string[]): Run[] {
  const runs = diffArrays(before, after).map(
    ({ added, removed, value }): Run => ({
      kind: added ? "added" : removed ? "removed" : "same",
      lines: [...value],
    }),
  );
  for (const [index, run] of runs.entries()) slideDown(runs[index - 1], run, runs[index + 1]);
  return runs.filter(({ lines }) => lines.length > 0);
}

/**
 * Where a block can be said to stand at several places, takes the last one, as git does: a new
 * function then begins with its own first line instead of the end of the function before it.
 */
function slideDown(previous: Run | undefined, run: Run, next: Run | undefined): void {
  if (run.kind === "same" || previous?.kind !== "same" || next?.kind !== "same") return;
  while (next.lines.length > 0 && run.lines[0] === next.lines[0]) {
    previous.lines.push(...run.lines.splice(0, 1));
    run.lines.push(...next.lines.splice(0, 1));
  }
}

/** A removed line beside the one that replaces it, their different words marked if they are alike. */
function pair(before: Line | undefined, after: Line | undefined): ChangedRow {
  if (before === undefined || after === undefined)
    return { kind: "changed", ...(before && { before }), ...(after && { after }) };
  const [oldText, newText] = [textOf(before), textOf(after)];
  const words = diffWordsWithSpace(oldText, newText);
  const common = words.filter(({ added, removed }) => !added && !removed);
  const commonLength = common.reduce((sum, { value }) => sum + value.trim().length, 0);
  // Marking nearly everything would mark nothing.
  if (commonLength * 2 < Math.min(oldText.trim().length, newText.trim().length))
    return { kind: "changed", before, after };
  const side = (line: Line, other: "added" | "removed"): Line => ({
    number: line.number,
    parts: words
      .filter((word) => !word[other])
      .map(({ value, added, removed }) => ({ text: value, marked: added || removed })),
  });
  return { kind: "changed", before: side(before, "added"), after: side(after, "removed") };
}

/** The text of a line, without its marks. */
export function textOf(line: Line): string {
  return line.parts.map(({ text }) => text).join("");
}

function fold(rows: (SameRow | ChangedRow)[]): Row[] {
  const nearChange = rows.map((_, index) =>
    rows
      .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some(({ kind }) => kind === "changed"),
  );
  const folded: Row[] = [];
  for (let index = 0; index < rows.length; ) {
    const end = nearChange.indexOf(!nearChange[index], index);
    const stretch = rows.slice(index, end === -1 ? rows.length : end);
    if (nearChange[index] || stretch.length < SMALLEST_FOLD) folded.push(...stretch);
    else folded.push({ kind: "folded", count: stretch.length });
    index += stretch.length;
  }
  return folded;
}
