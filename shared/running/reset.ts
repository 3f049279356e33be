import { existsSync, renameSync, rmSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DEFAULT_COURSE, type Step } from "../course/course.ts";
import { CourseError, codeOf } from "../course/errors.ts";
import { sqliteCode } from "../course/lock.ts";
import { savedPath } from "../course/saved.ts";
import type { World } from "../course/world.ts";
import { databaseNeeded, dataOf, quote } from "./data.ts";
import { copyDatabase } from "./keep-data.ts";

/** How long to wait for a server that is just writing, in milliseconds. */
const WAIT_MS = 5000;

/**
 * Empties a step's database and keeps the old one aside. The file stays where it is, since a
 * running server has it open (Windows would not even let go of it): SQLite empties it from inside.
 * @returns where the old one is now, from the root; undefined if there was none
 */
export function resetDatabase(world: World, step: Step): string | undefined {
  const path = databaseNeeded(world.root, step);
  if (!existsSync(path)) return undefined;
  const saved = savedPath(world, savedName(step, path));
  try {
    emptyInto(path, join(world.root, saved));
  } catch (error) {
    // A full disk may leave half a copy.
    rmSync(join(world.root, saved), { force: true });
    if (!isGarbage(error)) throw unusable(world, path, error);
    moveAside(world, path, join(world.root, saved));
  }
  return saved;
}

/**
 * Brings a kept database back; what was there is kept aside first.
 * @param from absolute path of the kept database
 * @returns where the replaced one is now, from the root; undefined if there was none
 */
export async function restoreDatabase(
  world: World,
  step: Step,
  from: string,
): Promise<string | undefined> {
  const path = databaseNeeded(world.root, step);
  if (!existsSync(from))
    throw new CourseError(`${from} is not there: ls mine/.saved shows what was kept`);
  if (dataOf(from) === "unreadable")
    throw new CourseError(
      `${from} is not a database that can be read: ls mine/.saved shows what was kept`,
    );
  // Emptied before it is overwritten, so that nothing can be written between keeping and replacing.
  const saved = resetDatabase(world, step);
  try {
    await copyDatabase(from, path);
  } catch (error) {
    throw unusable(world, path, error);
  }
  return saved;
}

/** The command that brings a kept database back. */
export function restoreCommand(step: Step, saved: string): string {
  return `./version.sh reset ${nameOf(step)} --from ${saved}`;
}

/** Moves a database that cannot be read, and its log, which would spoil the next one. */
function moveAside(world: World, path: string, saved: string): void {
  try {
    for (const ending of ["-shm", "-wal", ""])
      if (existsSync(path + ending)) renameSync(path + ending, saved + ending);
  } catch (error) {
    throw unusable(world, path, error);
  }
}

/** A step as it is typed: `07`, or its folder where that alone says which. */
function nameOf(step: Step): string {
  return step.dir === `${DEFAULT_COURSE}/${step.id}` ? step.id : step.dir;
}

function savedName(step: Step, path: string): string {
  const ending = extname(path);
  return `${basename(path, ending)}-${nameOf(step).replaceAll("/", "-")}${ending}`;
}

function emptyInto(path: string, saved: string): void {
  const database = new DatabaseSync(path, { timeout: WAIT_MS, enableForeignKeyConstraints: false });
  try {
    // From here on nobody else can write, so nothing is missing in the copy.
    database.exec("BEGIN IMMEDIATE");
    const reader = new DatabaseSync(path, { readOnly: true, timeout: WAIT_MS });
    try {
      reader.prepare("VACUUM INTO ?").run(saved);
    } finally {
      reader.close();
    }
    dropAll(database);
    database.exec("COMMIT");
  } finally {
    // Rolls back what was not committed.
    database.close();
  }
}

/** Drops everything; a virtual table takes its own tables with it, so each is looked up anew. */
function dropAll(database: DatabaseSync): void {
  const next = database.prepare(
    `SELECT type, name FROM sqlite_schema
     WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     ORDER BY type = 'view' DESC, sql LIKE 'CREATE VIRTUAL%' DESC LIMIT 1`,
  );
  for (let row = next.get(); row !== undefined; row = next.get())
    database.exec(`DROP ${String(row.type)} ${quote(String(row.name))}`);
}

const BUSY = 5;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;
const CORRUPT = 11;

function isGarbage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === NOT_A_DATABASE || code === CORRUPT;
}

function unusable(world: World, path: string, error: unknown): unknown {
  const code = sqliteCode(error);
  const file = relative(world.root, path).replaceAll("\\", "/");
  if (code === BUSY || ["EBUSY", "EPERM"].includes(codeOf(error) ?? ""))
    return new CourseError(
      `${file} is in use by something that does not let go of it (a transaction left open?): stop it, then try again`,
    );
  if (code === READ_ONLY || code === CANNOT_OPEN)
    return new CourseError(
      `${file} or mine/.saved is read-only for you: make it writable (chmod -R u+w), then try again`,
    );
  return error;
}
