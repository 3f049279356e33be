import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Course,
  DEFAULT_COURSE,
  findStep,
  isCourse,
  isDirectory,
  isStep,
  isStepId,
  readCourse,
  type Step,
} from "./course.ts";
import { CourseError } from "./errors.ts";
import { MINE, mineOf } from "./mine.ts";
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

/** The folder of our own step that a folder of step.txt stands for: `mine/steps/07` is `steps/07`. */
export function authorDir(dir: string): string {
  return dir.startsWith(`${MINE}/`) ? dir.slice(MINE.length + 1) : dir;
}

/** The step that the learner is at. */
export interface Adopted {
  readonly course: Course;
  /** Our own folder of it: its lesson, its check, our code. */
  readonly step: Step;
  /** The learner's folder of it while they write the step themselves; else undefined. */
  readonly mine: Step | undefined;
  /** The one of the two that runs, with its data. */
  readonly running: Step;
}

/**
 * The folder of the adopted step, if its course is not there: another branch is checked out, say.
 * @returns undefined if it is there, or nothing is adopted
 */
export function goneStep(world: World): string | undefined {
  const dir = adoptedDir(world);
  const course = courseOf(dir);
  const isGone = course !== undefined && !isCourse(world.root, course);
  return isGone && course !== DEFAULT_COURSE ? dir : undefined;
}

/** The course of a folder as step.txt names it: `sequels/counter` of `mine/sequels/counter/07`. */
export function courseOf(dir: string | undefined): string | undefined {
  return dir && authorDir(dir).replace(/\/?[^/]*$/, "");
}

/** What to say where the adopted step's course is not there. */
export function goneLine(dir: string): string {
  return `the adopted step ${dir} (${STATE_FILE}) is of a course that is not here (another branch?): until it is back, ./version.sh adopt ${DEFAULT_COURSE}/00 goes on with ${DEFAULT_COURSE}/`;
}

/**
 * The adopted step.
 * @returns undefined if no step was adopted yet, or its course is not there
 * @throws CourseError if the course does not have this step any more
 */
export function adoptedStep(world: World): Adopted | undefined {
  const dir = adoptedDir(world);
  if (dir === undefined || goneStep(world) !== undefined) return undefined;
  const author = authorDir(dir);
  const path = join(world.root, dir);
  if (dir === author ? !isStep(path) : !isDirectory(path))
    throw new CourseError(
      dir === author
        ? `the adopted step ${dir} (${STATE_FILE}) is not there any more: choose another with ./version.sh list and ./version.sh adopt NN`
        : `your own step ${dir} (${STATE_FILE}) is not there any more: ./version.sh restore lists what was saved, ./version.sh try NN begins a step`,
    );
  const folder = author.slice(0, author.lastIndexOf("/"));
  const course = readCourse(world, folder);
  const step = findStep(course, author.slice(folder.length + 1));
  const mine = dir === author ? undefined : mineOf(world, step);
  return { course, step, mine, running: mine ?? step };
}

/**
 * The step that the learner is writing.
 * @throws CourseError if they are at a step of ours
 */
export function triedStep(world: World): Adopted & { readonly mine: Step } {
  const adopted = adoptedStep(world);
  if (adopted?.mine !== undefined) return { ...adopted, mine: adopted.mine };
  const now = adopted === undefined ? "" : ` (step ${adopted.step.id} is ours)`;
  throw new CourseError(
    `you are not writing a step yourself just now${now}: begin with ./version.sh try ${adopted?.step.id ?? "NN"}`,
  );
}

/** The line for a verb that needs an adopted step when there is none. */
export function nothingAdopted(world: World): CourseError {
  const gone = goneStep(world);
  if (gone !== undefined) return new CourseError(goneLine(gone));
  return new CourseError(
    "no step is adopted yet: choose one with ./version.sh adopt NN, for example ./version.sh adopt 00",
  );
}
