import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** The repository's root: the nearest folder above this package that holds the course's tools. */
function findRoot(): string {
  if (process.env.COURSE_ROOT) return resolve(process.env.COURSE_ROOT);
  // Astro bundles these modules, so that import.meta.url says nothing; it runs in site/ or above.
  let folder = process.cwd();
  while (!existsSync(join(folder, "shared", "course", "course.ts"))) {
    const above = dirname(folder);
    if (above === folder) return resolve(process.cwd(), "..");
    folder = above;
  }
  return folder;
}

/** Absolute path of the repository. */
export const ROOT = findRoot();

/** The course's folder as it was asked for: `steps` unless COURSE says otherwise. */
export const COURSE = process.env.COURSE || "steps";

/** What the addresses of the steps begin with: `steps` for `/steps/07/`. */
export const COURSE_NAME = basename(COURSE);
