import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Step } from "../course/course.ts";
import { DATA_FOLDER } from "../course/files.ts";

/** The name of a step's database, inside its data folder. */
export const DATABASE = "chat.db";

/** Absolute path of a step's database, whether it exists or not. */
export function databaseOf(step: Step): string {
  return join(step.path, DATA_FOLDER, DATABASE);
}

/**
 * Whether a database has a row in one of its tables. Safe while a server uses it, and after one was
 * killed: reading brings in what its write-ahead log still holds.
 * @returns `none` also for a file that is not there
 */
export function dataOf(path: string): "none" | "some" | "unreadable" {
  if (!existsSync(path)) return "none";
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
