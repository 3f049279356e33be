import { existsSync } from "node:fs";
import { join } from "node:path";
import { structuredPatch } from "diff";
import type { Step } from "../course/course.ts";
import { textOf } from "../course/files.ts";
import { codeFiles } from "../course/mine.ts";

/** A place of ours that our next step changes, and that the learner has written differently. */
export interface Conflict {
  /** Path inside the step's folder. */
  readonly path: string;
  /** The first line of the place in our file of this step, counted from 1; 0 where the learner has no such file. */
  readonly line: number;
  /** The first of our lines there that is not empty. */
  readonly text: string;
}

/** A range of lines of the base: `length` lines from `start` on; 0 of them is the place before `start`. */
interface Range {
  readonly start: number;
  readonly length: number;
}

/**
 * Where our next step will not fit the learner's code: a three-way comparison with our step as the
 * base, the learner's as ours and our next one as theirs. Nothing is merged: they write it themselves.
 * The style sheet is left out, since it is given.
 */
export function conflictsWith(base: Step, ours: Step, theirs: Step): Conflict[] {
  return codeFiles(base.path)
    .filter((path) => path !== "public/style.css" && existsSync(join(theirs.path, path)))
    .flatMap((path) => {
      const [old, mine, next] = [base, ours, theirs].map(({ path: folder }) =>
        existsSync(join(folder, path)) ? textOf(join(folder, path)) : undefined,
      );
      if (old === undefined || next === undefined || old === next) return [];
      if (mine === undefined) return [{ path, line: 0, text: "" }];
      const lines = old.split("\n");
      const own = rangesOf(old, mine);
      return rangesOf(old, next)
        .filter((range) => own.some((each) => meet(each, range)))
        .map(({ start, length }) => {
          // What is put between two lines is found by the one before it.
          const line = length === 0 ? Math.max(start - 1, 1) : start;
          const place = lines.slice(line - 1, line - 1 + Math.max(length, 1));
          return { path, line, text: place.find((each) => each.trim() !== "")?.trim() ?? "" };
        });
    });
}

/** The ranges of a text that another one replaces. */
function rangesOf(from: string, to: string): Range[] {
  const { hunks } = structuredPatch("", "", from, to, "", "", { context: 0 });
  return hunks.map(({ oldStart, oldLines }) => ({ start: oldStart, length: oldLines }));
}

/** Whether two changes overlap or touch: there git would see a conflict, too. */
function meet(a: Range, b: Range): boolean {
  return a.start <= b.start + b.length && b.start <= a.start + a.length;
}
