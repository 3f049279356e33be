import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DATA_FOLDER } from "./files.ts";

/** The file of a built website that says which courses it holds, and what they were made of. */
export const HELD_FILE = "courses.json";

/** One course of a built website. */
export interface Held {
  /** From the root: `steps`. */
  readonly folder: string;
  /** What `digestOf` said of it when its pages were made. */
  readonly digest: string;
}

/** What the pages of every course are made with, from the root. */
const MAKERS = ["site/src", "site/astro.config.ts", "site/package-lock.json"];
const IS_MADE = new Set([DATA_FOLDER, "node_modules", ".DS_Store"]);

/**
 * A digest of all that the pages of a course show: its files, and the website's own. Times of files
 * say nothing: a checkout of an older version writes newer ones.
 * @param folder the course's, from the root
 */
export function digestOf(root: string, folder: string): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    if (statSync(join(root, path)).isDirectory()) {
      const names = readdirSync(join(root, path)).filter((name) => !IS_MADE.has(name));
      for (const name of names.sort()) add(`${path}/${name}`);
    } else {
      const bytes = readFileSync(join(root, path));
      hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    }
  };
  for (const path of [folder, ...MAKERS]) if (existsSync(join(root, path))) add(path);
  return hash.digest("hex");
}

/**
 * Which courses a built website holds.
 * @param site absolute path of its folder
 * @returns nothing where there is no website, or one that does not say it
 */
export function heldBy(site: string): readonly Held[] {
  try {
    const { courses } = JSON.parse(readFileSync(join(site, HELD_FILE), "utf8"));
    return Array.isArray(courses) ? courses : [];
  } catch {
    return [];
  }
}
