import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CourseError } from "../course/errors.ts";
import { comparisonPage } from "./page.ts";

/** The two files that the picture compares: a step whose difference fits on a screen. */
export const PAIR = ["steps/02b/app.ts", "steps/03/app.ts"] as const;

/**
 * The page that the picture shows, as the two files are now.
 * @throws CourseError naming the file that is missing
 */
export function pageFor(root: string): string {
  const [before, after] = PAIR;
  const [oldText, newText] = PAIR.map((file) => {
    const path = join(root, file);
    if (existsSync(path)) return readFileSync(path, "utf8");
    throw new CourseError(
      `${file} is not there: the picture compares ${before} and ${after} (PAIR in shared/generate/picture.ts)`,
    );
  }) as [string, string];
  const css = readFileSync(join(import.meta.dirname, "page.css"), "utf8");
  return comparisonPage({ file: before, text: oldText }, { file: after, text: newText }, css);
}
