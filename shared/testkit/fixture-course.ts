import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const SOURCE = join(import.meta.dirname, "fixture-course");
/** What no copy has: it belongs to runs of the original. */
const LEFT_OUT = new Set(["instance", "node_modules"]);

/** Where `addFixtureCourse` puts the course, from the root. */
export const TINY = "sequels/tiny";

/** The steps of the fixture course, in their order. */
export const TINY_STEPS = readdirSync(SOURCE)
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();

/**
 * Copies the fixture course into a repository, as its course `sequels/tiny`. It differs from the
 * chat in all that a course may differ in.
 * @param root the repository, a temporary one
 * @param installed whether its packages are there, as after `npm install` in its folder
 * @returns the absolute path of the course's folder
 */
export const addFixtureCourse = (root: string, { installed = true } = {}): string => {
  const folder = join(root, TINY);
  cpSync(SOURCE, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(basename(path)),
  });
  if (installed) {
    mkdirSync(join(folder, "node_modules"));
    const [from, to] = [ROOT, folder].map((it) => join(it, "node_modules", "nanoid"));
    symlinkSync(from as string, to as string, "junction");
  }
  return folder;
};
