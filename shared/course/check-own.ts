import { constants } from "node:os";
import { join } from "node:path";
import { abandon, closeBrowser, type Group, type Report, runChecks } from "../check/index.ts";
import type { Course, Step } from "./course.ts";
import { withLock } from "./lock.ts";
import { noteDone } from "./progress.ts";
import type { World } from "./world.ts";

/**
 * Checks the learner's files of a step, and notes it when all promises are kept.
 * @param onGroup called with the promises of each step, in their order
 */
export async function checkOwn(
  world: World,
  course: Course,
  step: Step,
  mine: Step,
  onGroup?: (group: Group) => void,
): Promise<Report> {
  const report = await runChecks({
    course: join(step.path, ".."),
    steps: course.steps.map(({ id }) => id),
    step: step.id,
    app: mine.path,
    ...(onGroup && { onGroup }),
  });
  if (report.ok) await withLock(world, () => noteDone(world, step, "solved"));
  return report;
}

/** Runs work that starts apps and a browser: neither Ctrl-C nor its end leaves any of them behind. */
export async function withoutOrphans<T>(world: World, work: () => Promise<T>): Promise<T> {
  const off = world.onSignal(["SIGINT", "SIGTERM", "SIGHUP"], (signal) =>
    abandon(128 + constants.signals[signal]),
  );
  try {
    return await work();
  } finally {
    await closeBrowser();
    off();
  }
}
