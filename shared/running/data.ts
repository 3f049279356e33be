import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storeOf } from "../course/about.ts";
import type { Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { DATA_FOLDER } from "../course/files.ts";

/**
 * Absolute path of a step's database, whether it exists or not.
 * @returns undefined where the course says that this step has none in its data folder
 */
export function databaseOf(root: string, step: Step): string | undefined {
  const store = storeOf(root, step);
  return store !== undefined && "sqlite" in store
    ? join(step.path, DATA_FOLDER, store.sqlite)
    : undefined;
}

/**
 * The same, for what needs one.
 * @throws CourseError that says what the step has instead
 */
export function databaseNeeded(root: string, step: Step): string {
  const path = databaseOf(root, step);
  if (path !== undefined) return path;
  const store = storeOf(root, step);
  throw new CourseError(
    store === undefined
      ? `step ${step.id} of ${step.course}/ has no database: choose a later one (./version.sh list shows all)`
      : `step ${step.id} of ${step.course}/ keeps its data in PostgreSQL, not in a file: see its lesson ${step.course}/${step.id}/README.md`,
  );
}

/** What `dataOf` tells of the database of a step. */
export function dataOfStep(root: string, step: Step): ReturnType<typeof dataOf> {
  return dataOf(databaseOf(root, step));
}

/**
 * Whether a database has a row in one of its tables. Safe while a server uses it, and after one was
 * killed: reading brings in what its write-ahead log still holds.
 * @returns `none` also for a file that is not there
 */
export function dataOf(path: string | undefined): "none" | "some" | "unreadable" {
  if (path === undefined || !existsSync(path)) return "none";
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    const hasRow = tableNames(database).some((name) => {
      const row = database?.prepare(`SELECT EXISTS (SELECT 1 FROM ${quote(name)}) AS found`).get();
      return row?.found === 1;
    });
    return hasRow ? "some" : "none";
  } catch {
    return "unreadable";
  } finally {
    database?.close();
  }
}

/** The names of a database's own tables. */
export function tableNames(database: DatabaseSync): string[] {
  return database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all()
    .map((row) => String(row.name));
}

/** A name as SQL takes it, whatever it holds. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
