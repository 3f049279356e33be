import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import type { Step } from "../course/course.ts";
import { adoptedStep } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { databaseNeeded, databaseOf, dataOf } from "./data.ts";

/**
 * Copies the data of the adopted step into another one that has none. SQLite's own backup makes
 * the copy: consistent while a server writes, complete after one was killed.
 * @returns a line that says what was done
 */
export async function bringData(world: World, step: Step): Promise<string> {
  const from = adoptedStep(world)?.running;
  if (from === undefined || from.dir === step.dir)
    return "No other step was adopted: no data to bring.";
  if (from.course !== step.course)
    return `Step ${from.id} is one of ${from.course}/, whose data fits no other course: nothing was brought.`;
  const to = databaseOf(world.root, step);
  if (to === undefined) return `Step ${step.id} has no database to bring data to.`;
  if (dataOf(to) !== "none") return `Step ${step.id} has data of its own: kept as it is.`;
  switch (dataOf(databaseOf(world.root, from))) {
    case "none":
      return `Step ${from.id} has no data to bring.`;
    case "unreadable":
      return `The database of step ${from.id} cannot be read: nothing was brought (./version.sh reset ${from.id} makes a fresh one).`;
    case "some":
      await copyDatabase(databaseNeeded(world.root, from), to);
      return `The data of step ${from.id} is in step ${step.id} now too.`;
  }
}

/** Copies one database over another, in one transaction of the second. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    await backup(source, to);
  } finally {
    source.close();
  }
}
