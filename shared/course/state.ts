import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Course, findStep, isDirectory, isStepId, readCourse, type Step } from "./course.ts";
import { CourseError } from "./errors.ts";
import type { World } from "./world.ts";

/**
 * The file in the root that says which step is adopted ("steps/07"). It is visible on purpose:
 * `tsx watch --include step.txt` restarts the server when it is rewritten, and ignores dot files.
 */
export const STATE_FILE = "step.txt";

/**
 * The folder of the adopted step as step.txt names it, whether that step still exists or not.
 * @returns undefined if no step was adopted yet
 * @throws CourseError if step.txt is something that no verb wrote
 */
export function adoptedDir(world: World): string | undefined {
  const path = join(world.root, STATE_FILE);
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return undefined;
  const text = entry.isFile() && entry.size < 1000 ? readFileSync(path, "utf8").trim() : "?";
  // An empty file is what a full disk leaves behind.
  if (text === "") return undefined;
  const parts = text.split("/");
  if (parts.length < 2 || !isStepId(parts.at(-1) ?? "") || parts.includes(".."))
    throw new CourseError(
      `${STATE_FILE} was not written by version.sh (it should hold a step such as steps/07): move it away, then ./version.sh adopt NN`,
    );
  return text;
}

/**
 * The adopted step.
 * @returns undefined if no step was adopted yet
 * @throws CourseError if the adopted step does not exist any more
 */
export function adoptedStep(world: World): { course: Course; step: Step } | undefined {
  const dir = adoptedDir(world);
  if (dir === undefined) return undefined;
  const folder = dir.slice(0, dir.lastIndexOf("/"));
  if (!isDirectory(join(world.root, dir)))
    throw new CourseError(
      `the adopted step ${dir} (${STATE_FILE}) is not there any more: choose another with ./version.sh list and ./version.sh adopt NN`,
    );
  const course = readCourse(world, folder);
  return { course, step: findStep(course, dir.slice(folder.length + 1)) };
}

/** The line for a verb that needs an adopted step when there is none. */
export function nothingAdopted(): CourseError {
  return new CourseError(
    "no step is adopted yet: choose one with ./version.sh adopt NN, for example ./version.sh adopt 00",
  );
}
