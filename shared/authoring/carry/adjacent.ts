import { diffArrays } from "diff";

/** Lines of the base, from `begin` up to but without `end`, and what stands there instead. */
interface Hunk {
  readonly begin: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Merges three versions of a text where the two sides changed different lines, even if no line lies
 * between them. git calls that a conflict; but a step mostly adds lines right below one of the step
 * before, and every fix of that line would be one. The checks look at the result.
 * @returns undefined if both sides changed the same line, or added lines in the same place
 * @example
 * mergeAdjacent("a\n", "a\nnew\n", "A\n") // "A\nnew\n"
 */
export function mergeAdjacent(base: string, ours: string, theirs: string): string | undefined {
  const lines = linesOf(base);
  const hunks = [...hunksOf(lines, linesOf(ours)), ...hunksOf(lines, linesOf(theirs))];
  // Where lines are added in front of a changed one, they come first.
  hunks.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const merged: string[] = [];
  let at = 0;
  for (const [index, hunk] of hunks.entries()) {
    const before = hunks[index - 1];
    const isSamePlace = before?.begin === hunk.begin && before.end === hunk.end;
    if (hunk.begin < at || isSamePlace) return undefined;
    merged.push(...lines.slice(at, hunk.begin), ...hunk.lines);
    at = hunk.end;
  }
  merged.push(...lines.slice(at));
  // A last line without an end must not run into the one that now follows.
  return merged.slice(0, -1).every((line) => line.endsWith("\n")) ? merged.join("") : undefined;
}

function hunksOf(base: string[], side: string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { begin: number; end: number; lines: string[] } | undefined;
  for (const { added, removed, value } of diffArrays(base, side)) {
    if (!added && !removed) {
      if (open) hunks.push(open);
      open = undefined;
      at += value.length;
      continue;
    }
    open ??= { begin: at, end: at, lines: [] };
    if (added) open.lines.push(...value);
    else {
      at += value.length;
      open.end = at;
    }
  }
  if (open) hunks.push(open);
  return hunks;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
