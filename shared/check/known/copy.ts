import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Known } from "./table.ts";

/**
 * Makes a known app: a copy of the author's step, edited.
 * @param folder where to put it; its name is the app's version, so it has to be the step's
 * @throws when the text of an edit does not occur exactly once in the author's file
 */
export const makeKnown = (course: string, { step, title, edits }: Known, folder: string): void => {
  const NO_PART = new Set(["instance", "README.md", "check.test.ts", "lesson"]);
  cpSync(join(course, step), folder, {
    recursive: true,
    filter: (path) => !NO_PART.has(basename(path)),
  });
  for (const [file, from, to] of edits) {
    const path = join(folder, file);
    const parts = readFileSync(path, "utf8").split(from);
    if (parts.length !== 2) {
      const found = `${parts.length - 1} times in ${file} of step ${step}`;
      throw new Error(`"${title}" edits a text that occurs ${found}: ${from}`);
    }
    writeFileSync(path, parts.join(to));
  }
};
