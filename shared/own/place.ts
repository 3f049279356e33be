import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CourseError, codeOf } from "../course/errors.ts";
import { codeFiles, MINE } from "../course/mine.ts";
import type { World } from "../course/world.ts";

/**
 * How files of the learner's are replaced so that an interruption at any moment (Ctrl-C, a power
 * cut, a full disk) leaves either the old or the new state. All that is needed is written beside
 * first, in `mine/.work`, and brought to the disk. A folder that is new is then renamed into place.
 * In a folder that is there already each file has to be replaced by itself, because a running
 * server has the database in it open: the rename of the prepared folder to `commit` decides, and
 * what comes after it is repeated by the next verb if it was interrupted.
 */
const WORK = `${MINE}/.work`;
const PREPARED = "prepared";
const COMMIT = "commit";
const PLAN = "plan.json";

/** A file to put into place: its path inside the step's folder, and where it comes from or what it holds. */
export type NewFile = { path: string; from: string } | { path: string; text: string };

const plan = z.object({
  /** The folder to change, from the root. */
  dir: z.string().startsWith(`${MINE}/`),
  put: z.array(z.string()),
  remove: z.array(z.string()),
});

/**
 * Gives one of the learner's folders exactly these files; its data stays. Needs the lock.
 * @param dir from the root: `mine/steps/07`
 * @param folders are made even if nothing is in them
 */
export function placeFiles(
  world: World,
  dir: string,
  files: readonly NewFile[],
  folders: readonly string[] = [],
): void {
  const work = makeWork(world);
  const prepared = join(work, PREPARED);
  const target = join(world.root, dir);
  try {
    rmSync(prepared, { recursive: true, force: true });
    const isNew = !existsSync(target);
    const inside = isNew ? prepared : join(prepared, "files");
    mkdirSync(inside, { recursive: true });
    for (const folder of folders)
      mkdirSync(join(isNew ? inside : target, folder), { recursive: true });
    for (const file of files) write(join(inside, file.path), file);
    if (isNew) {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(prepared, target);
      return;
    }
    // Later there may be no room for them.
    for (const { path } of files) mkdirSync(dirname(join(target, path)), { recursive: true });
    const put = files.map(({ path }) => path);
    const remove = codeFiles(target).filter((path) => !put.includes(path));
    write(join(prepared, PLAN), { path: PLAN, text: JSON.stringify({ dir, put, remove }) });
    renameSync(prepared, join(work, COMMIT));
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    throw error;
  }
  finish(world);
}

/** Finishes what an interrupted verb had decided. Needs the lock. */
export function finish(world: World): void {
  const commit = join(world.root, WORK, COMMIT);
  if (!existsSync(commit)) return;
  // Gone with the files that it names: then only the rest of the folder is to be removed.
  if (existsSync(join(commit, PLAN))) {
    const { dir, put, remove } = plan.parse(JSON.parse(readFileSync(join(commit, PLAN), "utf8")));
    for (const path of put) {
      const ready = join(commit, "files", path);
      // A server that is just reading it makes Windows refuse: the next try succeeds.
      if (existsSync(ready)) renameSync(ready, join(world.root, dir, path));
    }
    for (const path of remove) rmSync(join(world.root, dir, path), { force: true });
    rmSync(join(commit, PLAN));
  }
  rmSync(commit, { recursive: true, force: true });
}

/** Copies files into a new folder, which appears whole or not at all. Needs the lock. */
export function placeFolder(world: World, dir: string, files: readonly NewFile[]): void {
  const prepared = join(makeWork(world), PREPARED);
  try {
    rmSync(prepared, { recursive: true, force: true });
    for (const file of files) write(join(prepared, file.path), file);
    mkdirSync(dirname(join(world.root, dir)), { recursive: true });
    renameSync(prepared, join(world.root, dir));
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    throw error;
  }
}

/** Replaces one file by another text: the old or the new one is there at any moment. */
export function placeText(world: World, path: string, text: string): void {
  const prepared = join(makeWork(world), "text");
  try {
    write(prepared, { path, text });
    renameSync(prepared, join(world.root, path));
  } catch (error) {
    rmSync(prepared, { force: true });
    throw error;
  }
}

function makeWork(world: World): string {
  const work = join(world.root, WORK);
  try {
    mkdirSync(work, { recursive: true });
  } catch (error) {
    if (!["EEXIST", "ENOTDIR"].includes(codeOf(error) ?? "")) throw error;
    throw new CourseError(
      `a file is in the place of the folder ${MINE}/ in ${world.root}, where your own steps go: move it away, then try again`,
    );
  }
  return work;
}

/** Writes a file and brings it to the disk: after a power cut a renamed file may be empty otherwise. */
function write(path: string, file: NewFile): void {
  mkdirSync(dirname(path), { recursive: true });
  if ("from" in file) copyFileSync(file.from, path);
  else writeFileSync(path, file.text);
  chmodSync(path, 0o644);
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The learner's files of a folder, as they are to be put elsewhere. */
export function filesFrom(folder: string): NewFile[] {
  return codeFiles(folder).map((path) => ({ path, from: join(folder, path) }));
}
