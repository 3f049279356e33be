import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isDirectory, type Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { codeFiles, mineOf } from "../course/mine.ts";
import { SAVED_FOLDER, savedPath } from "../course/saved.ts";
import { authorDir } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { filesFrom, placeFiles, placeFolder } from "./place.ts";

/** What a folder of saved files says of itself. */
const FILE = "saved.json";
const about = z.object({
  /** Whose files these are: `mine/steps/07`. */
  dir: z.string().startsWith("mine/"),
  date: z.iso.datetime(),
  /** Why they were saved: `save`, `solve`, … */
  by: z.string(),
  name: z.string().optional(),
});

/** The learner's files of one step as they once were. */
export type Save = z.infer<typeof about> & {
  /** Where they are, from the root. */
  readonly path: string;
};

/**
 * Keeps a copy of the learner's files of a step. Needs the lock.
 * @param by the verb that asks for it
 * @returns the new save, or the last one if nothing has changed since; undefined without any file
 */
export function saveMine(
  world: World,
  step: Step,
  by: string,
  name?: string,
): (Save & { isOld: boolean }) | undefined {
  const mine = mineOf(world, step);
  const files = filesFrom(mine.path);
  if (files.length === 0) return undefined;
  const last = listSaves(world).findLast((save) => save.dir === mine.dir);
  if (last !== undefined && name === undefined && isSame(join(world.root, last.path), mine.path))
    return { ...last, isOld: true };
  const path = savedPath(world, step.dir.replaceAll("/", "-"));
  const save = {
    dir: mine.dir,
    date: world.now().toISOString(),
    by,
    ...(name === undefined ? {} : { name }),
  };
  placeFolder(world, path, [...files, { path: FILE, text: `${JSON.stringify(save, null, 2)}\n` }]);
  return { ...save, path, isOld: false };
}

/** All saves of the learner's files, the oldest first. What cannot be read is no save. */
export function listSaves(world: World): Save[] {
  const folder = join(world.root, SAVED_FOLDER);
  if (!isDirectory(folder)) return [];
  return readdirSync(folder)
    .flatMap((entry): Save[] => {
      const file = join(folder, entry, FILE);
      if (!existsSync(file)) return [];
      try {
        const read = about.parse(JSON.parse(readFileSync(file, "utf8")));
        return [{ ...read, path: `${SAVED_FOLDER}/${entry}` }];
      } catch {
        return [];
      }
    })
    .sort((a, b) => (a.date === b.date ? compare(a.path, b.path) : compare(a.date, b.date)));
}

/** What else verbs have kept: databases and edited copies, with the date of each; the oldest first. */
export function otherKept(world: World): { path: string; date: Date }[] {
  const folder = join(world.root, SAVED_FOLDER);
  if (!isDirectory(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => !existsSync(join(folder, entry, FILE)) && !/-(wal|shm)$/.test(entry))
    .map((entry) => ({
      path: `${SAVED_FOLDER}/${entry}`,
      date: statSync(join(folder, entry)).mtime,
    }))
    .sort((a, b) => a.date.getTime() - b.date.getTime());
}

/**
 * Finds a save by its number in the list (1 is the newest), its name, or its folder.
 * @throws CourseError if there is none
 */
export function findSave(world: World, typed: string): Save {
  const newestFirst = listSaves(world).reverse();
  const clean = typed.replaceAll("\\", "/").replace(/\/+$/, "");
  const found =
    newestFirst.find(({ name }) => name === typed) ??
    newestFirst.find(({ path }) => clean === path || path.endsWith(`/${clean}`)) ??
    (/^\d+$/.test(typed) ? newestFirst[Number(typed) - 1] : undefined);
  if (found !== undefined) return found;
  throw new CourseError(
    newestFirst.length === 0
      ? `there is no save '${typed}': nothing was saved yet (./version.sh save does it)`
      : `there is no save '${typed}': ./version.sh restore lists the ${newestFirst.length} that there are`,
  );
}

/** Brings a save back, after saving what is there now. Needs the lock. */
export function restoreSave(world: World, save: Save, step: Step): Save | undefined {
  const before = saveMine(world, step, "restore");
  const files = filesFrom(join(world.root, save.path)).filter(({ path }) => path !== FILE);
  placeFiles(world, save.dir, files);
  return before;
}

/** The step of ours that a save belongs to, from the root: `steps/07`. */
export function stepDirOf(save: Save): string {
  return authorDir(save.dir);
}

function isSame(saved: string, now: string): boolean {
  const [a, b] = [codeFiles(saved).filter((path) => path !== FILE), codeFiles(now)];
  return (
    a.join("\n") === b.join("\n") &&
    a.every((path) => readFileSync(join(saved, path)).equals(readFileSync(join(now, path))))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
