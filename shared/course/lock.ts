import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { CourseError, codeOf } from "./errors.ts";
import type { World } from "./world.ts";

/** The tools' own folder in the root, git-ignored: the lock, and files that are about to be moved into place. */
export const WORK_FOLDER = ".course";

/**
 * Makes the tools' own folder.
 * @returns its absolute path
 * @throws CourseError if the root is read-only or a file has that name
 */
export function workFolder(world: Pick<World, "root">): string {
  const path = join(world.root, WORK_FOLDER);
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOTDIR")
      throw new CourseError(
        `a file named ${WORK_FOLDER} is in the way in ${world.root}: move or rename it, then try again`,
      );
    throw readOnly(world, error);
  }
  return path;
}

/** An open database that nothing refers to may be closed by the garbage collector, lock and all. */
const open = new Set<DatabaseSync>();

/** What a lock is for: its file in the tools' own folder, and what to say while another one has it. */
export interface Purpose {
  readonly file: string;
  readonly busy: string;
}

/**
 * Runs the work while no other version.sh changes the links of this repository. The lock is a
 * lock of the operating system (through SQLite), so it ends with its process, even at kill -9.
 * @param waitMs how long to wait for the other one, in milliseconds
 * @param purpose another purpose than the links
 * @throws CourseError if the other one takes longer
 */
export async function withLock<T>(
  world: World,
  work: () => T | Promise<T>,
  waitMs = 10_000,
  purpose: Purpose = {
    file: "lock.db",
    busy: `another version.sh is changing the links in ${world.root} and has not finished: wait for it or stop it, then try again`,
  },
): Promise<T> {
  refuseLongRoot(world);
  const path = join(workFolder(world), purpose.file);
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw readOnly(world, error);
  }
  open.add(database);
  try {
    const end = Date.now() + waitMs;
    while (!tryLock(world, database, purpose.file)) {
      if (Date.now() >= end) throw new CourseError(purpose.busy);
      await sleep(25);
    }
    return await work();
  } finally {
    open.delete(database);
    database.close();
  }
}

/**
 * In bytes: SQLite takes paths of up to 512, and below the root stands mine/sequels/NAME/07b/instance/chat.db-journal.
 * https://sqlite.org/src/file?name=src/os_unix.c, MAX_PATHNAME
 */
const LONGEST_ROOT = 440;

function refuseLongRoot({ root, platform }: World): void {
  const length = Buffer.byteLength(root);
  if (length <= LONGEST_ROOT || platform === "win32") return;
  throw new CourseError(
    `the path of this folder is too long for SQLite (${length} bytes, ${LONGEST_ROOT} at most): move it to a shorter one. It is ${root}`,
  );
}

const BUSY = 5;
const READ_ONLY = 8;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

function tryLock(world: World, database: DatabaseSync, file: string): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    const errcode = sqliteCode(error);
    if (errcode === BUSY) return false;
    if (errcode === NOT_A_DATABASE)
      throw new CourseError(
        `${WORK_FOLDER}/${file} is damaged: remove it (rm ${WORK_FOLDER}/${file}), then try again`,
      );
    throw readOnly(world, error);
  }
}

/** SQLite's primary result code of an error (https://sqlite.org/rescode.html); undefined if it is none. */
export function sqliteCode(error: unknown): number | undefined {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : undefined;
}

/** What to say where the root cannot be written; other errors come back as they are. */
export function readOnly(world: Pick<World, "root">, error: unknown): unknown {
  if (sqliteCode(error) === FULL)
    return new CourseError(
      `cannot write in ${world.root}: the disk is full. Free some space and try again`,
    );
  const refused = ["EACCES", "EROFS", "EPERM"].includes(codeOf(error) ?? "");
  if (!refused && ![READ_ONLY, CANNOT_OPEN].includes(sqliteCode(error) ?? 0)) return error;
  // Windows has no such number.
  const isMine = statSync(world.root).uid === (process.getuid?.() ?? 0);
  if (!isMine)
    return new CourseError(
      `cannot write in ${world.root}: it belongs to another user: sudo chown -R "$(id -un)" "${world.root}" makes it yours, or work in a clone of your own`,
    );
  return new CourseError(
    `cannot write in ${world.root}: the folder is read-only for you. Make it writable (chmod -R u+w), or work in a clone of your own`,
  );
}
