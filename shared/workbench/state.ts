import { statSync } from "node:fs";
import { join } from "node:path";
import type { Course } from "../course/course.ts";
import { explain } from "../course/errors.ts";
import { withLock } from "../course/lock.ts";
import { type Adopted, adoptedStep, STATE_FILE } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { changedSince, PROGRESS_FILE, readProgress } from "../own/progress.ts";

/** Where the learner is, as the pages show it. */
export type Place = {
  /** The adopted step, such as "07"; undefined before the first. */
  adopted?: string;
  /** The folder of the adopted step where it is one of another course: `sequels/counter/07`. */
  other?: string;
  /** Whether the learner's own version of the adopted step runs. */
  isOwn: boolean;
  /** For each step what was done: the furthest of it, and whether the step changed since. */
  steps: Record<string, { done: "read" | "tried" | "solved"; changed: string[] }>;
  /** What is wrong with the files that say so. */
  problem?: string;
};

/** Reads where the learner is; a damaged file is told, not thrown. */
export const readPlace = async (world: World, course: Course): Promise<Place> => {
  try {
    const adopted = adoptedStep(world);
    const { progress } = await withLock(world, () => readProgress(world));
    const steps = course.steps.flatMap((step) => {
      const done = progress.steps[step.dir];
      if (done === undefined) return [];
      const furthest = done.solved ? "solved" : done.tried ? "tried" : "read";
      return [[step.id, { done: furthest, changed: changedSince(step, done) }] as const];
    });
    return { ...whereIs(adopted, course), steps: Object.fromEntries(steps) };
  } catch (error) {
    return { isOwn: false, steps: {}, problem: explain(error).line };
  }
};

const whereIs = (adopted: Adopted | undefined, course: Course): Omit<Place, "steps"> => {
  if (adopted === undefined) return { isOwn: false };
  if (adopted.course.folder !== course.folder) return { other: adopted.step.dir, isOwn: false };
  return { adopted: adopted.step.id, isOwn: adopted.mine !== undefined };
};

/** Changes whenever a verb in a terminal, or here, changes where the learner is. */
export const stamp = (world: World): string =>
  [STATE_FILE, PROGRESS_FILE, "app.ts"]
    .map((name) => statSync(join(world.root, name), { throwIfNoEntry: false })?.mtimeMs ?? "-")
    .join(" ");
