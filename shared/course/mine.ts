import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDirectory, type Step } from "./course.ts";
import { filesOf, isAboutCode } from "./files.ts";
import type { World } from "./world.ts";

/** The folder of the learner's own work, git-ignored: `mine/steps/07/` is their step 07. */
export const MINE = "mine";

/**
 * The learner's own folder of a step, whether it exists or not. It has the step's name, so that
 * its version and its database come out as they do for ours.
 */
export function mineOf(world: World, step: Step): Step {
  const dir = `${MINE}/${step.dir}`;
  return { id: step.id, course: step.course, dir, path: join(world.root, dir) };
}

/** Whether the learner has begun a step. */
export function hasMine(world: World, step: Step): boolean {
  return existsSync(join(mineOf(world, step).path, "app.ts"));
}

/** The files of a step that a learner writes: without the lesson, the check and the data. */
export function codeFiles(folder: string): string[] {
  return isDirectory(folder) ? filesOf(folder).filter((path) => !isAboutCode(path)) : [];
}
