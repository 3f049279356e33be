import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a step keeps its database: made when it runs, no part of the step. */
export const DATA_FOLDER = "instance";

/** Where a lesson has its drawings: they are shown with it, and no part of the code. */
export const LESSON_FOLDER = "lesson";

/** A module beside app.ts, as a step has them from its course's split step on: `lib/store.ts`. */
export const MODULE = /^lib\/[\w-]+\.ts$/;

/** What a step has beside app.ts from the one on that makes a container's image of it. */
export const IMAGE_FILES: readonly string[] = ["Dockerfile", "package.json", "package-lock.json"];

/** What npm writes and nobody reads: a difference names it, and shows none of its lines. */
export function isGenerated(path: string): boolean {
  return path === "package-lock.json";
}

/** What lies in the folder of a step, and is no part of it. */
export const NO_PART_OF_A_STEP = new Set([DATA_FOLDER, "node_modules", ".DS_Store"]);

/**
 * The files of a step as a reader wants to see them: app.ts first, pages next, the check and the
 * lesson last.
 * @returns paths inside the step's folder, with forward slashes
 */
export function filesOf(folder: string): string[] {
  const found: string[] = [];
  const walk = (inside: string) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      if (NO_PART_OF_A_STEP.has(entry.name)) continue;
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  walk("");
  return found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Whether a file of a step is about the code rather than the code itself. */
export function isAboutCode(path: string): boolean {
  return path === "README.md" || path.endsWith(".test.ts") || isOfLesson(path);
}

/** Whether a file of a step lies in the folder of its lesson's drawings. */
export function isOfLesson(path: string): boolean {
  return path.startsWith(`${LESSON_FOLDER}/`);
}

function rank(path: string): number {
  if (path === "app.ts") return 0;
  if (path === "README.md" || isOfLesson(path)) return 3;
  return isAboutCode(path) ? 2 : 1;
}

/** A file's text; undefined if it is binary (has a NUL among its first bytes, as git decides it). */
export function textOf(path: string): string | undefined {
  const bytes = readFileSync(path);
  return bytes.subarray(0, 8000).includes(0) ? undefined : bytes.toString("utf8");
}
