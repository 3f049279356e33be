import { constants } from "node:os";
import { join } from "node:path";
import { abandon, closeBrowser, type Group, type Report, runChecks } from "../check/index.ts";
import type { Course, Step } from "../course/course.ts";
import { withLock } from "../course/lock.ts";
import type { World } from "../course/world.ts";
import { keyOf, readLastCheck, writeLastCheck } from "./last-check.ts";
import { noteDone } from "./progress.ts";

/** How to check. */
export type How = {
  /** Whether to check even if nothing has changed since all promises were kept. */
  again?: boolean;
  /** Called with the promises of each step, in their order. */
  onGroup?: (group: Group) => void;
};
/** What came out; `at` is when, if that was before and nothing has changed since. */
export type Checked = Report & { at?: Date };

/** Checks the learner's files of a step, and notes it when all promises are kept. */
export async function checkOwn(
  world: World,
  course: Course,
  step: Step,
  mine: Step,
  { again = false, onGroup }: How = {},
): Promise<Checked> {
  const key = keyOf(world, course, step, mine);
  const last = again || key === undefined ? undefined : readLastCheck(world, key);
  if (last !== undefined) {
    for (const group of last.report.groups) onGroup?.(group);
    await withLock(world, () => noteDone(world, step, "solved"));
    return { ...last.report, at: last.at };
  }
  const report = await runChecks({
    course: join(step.path, ".."),
    steps: course.steps.map(({ id }) => id),
    step: step.id,
    app: mine.path,
    ...(onGroup && { onGroup }),
  });
  if (!report.ok) return report;
  await withLock(world, () => {
    noteDone(world, step, "solved");
    // Somebody may have saved a file while it was checked.
    if (key !== undefined && keyOf(world, course, step, mine) === key)
      writeLastCheck(world, key, report);
  });
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
