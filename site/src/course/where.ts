import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { courseFolders } from "../../../shared/course/course.ts";

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

/** The folders of the courses on this website: the one that COURSE names, else all there are. */
export const FOLDERS: readonly string[] = process.env.COURSE
  ? [process.env.COURSE]
  : courseFolders(ROOT).filter((folder) => existsSync(join(ROOT, folder)));
