import { existsSync, mkdirSync } from "node:fs";
import { extname, join } from "node:path";
import { dayOf, timeOf } from "./dates.ts";
import { CourseError, codeOf } from "./errors.ts";
import type { World } from "./world.ts";

/** Where everything is kept that a verb replaces: git-ignored, never emptied by a verb. */
export const SAVED_FOLDER = "mine/.saved";

/**
 * A free place for a file that is about to be replaced; makes the folder.
 * @param name what it is, for the file's name: `chat-07.db` becomes `chat-07-2026-03-05-142201.db`
 * @returns the path from the root, with forward slashes
 */
export function savedPath(world: World, name: string): string {
  try {
    mkdirSync(join(world.root, SAVED_FOLDER), { recursive: true });
  } catch (error) {
    if (codeOf(error) !== "EEXIST" && codeOf(error) !== "ENOTDIR") throw error;
    throw new CourseError(
      `cannot keep the old ${name} aside: a file is in the place of the folder ${SAVED_FOLDER}. Move it away, then try again`,
    );
  }
  const extension = extname(name);
  const stem = `${SAVED_FOLDER}/${name.slice(0, name.length - extension.length)}-${stamp(world.now())}`;
  for (let count = 1; ; count++) {
    const path = `${stem}${count === 1 ? "" : `-${count}`}${extension}`;
    if (!existsSync(join(world.root, path))) return path;
  }
}

/** A date as a part of a file's name, in local time and without the colons that Windows refuses. */
export function stamp(date: Date): string {
  return `${dayOf(date)}-${timeOf(date).replaceAll(":", "")}`;
}
