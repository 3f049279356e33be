import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { filesOf, isGenerated, isOfLesson, textOf } from "./files.ts";

/** How one file differs between two steps. */
export interface FileChange {
  /** Path inside the step's folder, with forward slashes. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** Lines; both 0 for a binary file, and for one that npm writes. */
  readonly added: number;
  readonly removed: number;
  /** The unified diff, or for such a file one line that says that it differs. */
  readonly patch: string;
}

/** A step's folder to compare; without a path it is the nothing before the first step. */
export interface Side {
  /** The name in the diff's headers: `steps/02b`. */
  readonly name: string;
  readonly path: string | undefined;
}

/**
 * The files that differ between two step folders, in the order of `filesOf`. Drawings of a lesson
 * are looked at, and not compared.
 */
export function changesBetween(before: Side, after: Side): FileChange[] {
  const [old, now] = [list(before), list(after)];
  const paths = [...now, ...old.filter((path) => !now.includes(path))];
  return paths.flatMap((path): FileChange[] => {
    const kind = !old.includes(path) ? "added" : !now.includes(path) ? "removed" : "changed";
    const from = kind === "added" ? "/dev/null" : `${before.name}/${path}`;
    const to = kind === "removed" ? "/dev/null" : `${after.name}/${path}`;
    const oldText = kind === "added" ? "" : textOf(join(before.path ?? "", path));
    const newText = kind === "removed" ? "" : textOf(join(after.path ?? "", path));
    if (oldText === undefined || newText === undefined) {
      const same =
        kind === "changed" &&
        sameBytes(join(before.path ?? "", path), join(after.path ?? "", path));
      const patch = `Binary files ${from} and ${to} differ\n`;
      return same ? [] : [{ path, kind, added: 0, removed: 0, patch }];
    }
    if (kind === "changed" && oldText === newText) return [];
    if (isGenerated(path)) {
      const patch = `Files ${from} and ${to} differ: written by npm\n`;
      return [{ path, kind, added: 0, removed: 0, patch }];
    }
    const structured = structuredPatch(from, to, oldText, newText, "", "", { context: 3 });
    const lines = structured.hunks.flatMap((hunk) => hunk.lines);
    const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
    const patch = formatPatch(structured, FILE_HEADERS_ONLY);
    return [{ path, kind, added: count("+"), removed: count("-"), patch }];
  });
}

function list(side: Side): string[] {
  return side.path === undefined ? [] : filesOf(side.path).filter((path) => !isOfLesson(path));
}

function sameBytes(a: string, b: string): boolean {
  return readFileSync(a).equals(readFileSync(b));
}
