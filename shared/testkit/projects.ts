import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { TestProjectConfiguration } from "vitest/config";

const ROOT = resolve(import.meta.dirname, "../..");
/**
 * In ms. A slow or busy machine is no fault of the code: only a hang ends a test. More
 * have those alone that do one thing for a whole course.
 */
export const timeouts = { testTimeout: 300_000, hookTimeout: 300_000 };
/** In ms: for what is done for each step of a course, or for a table of apps or edits. */
export const LONG = 2 * 60 * 60_000;
/** Tests wait for processes and browsers half of their time: one more than there are cores. */
export const maxWorkers = availableParallelism() + 1;

/** For each step of a course, such as "steps": its own check. Those of the steps before are run by shared/check. */
export const stepProjects = (course: string): TestProjectConfiguration[] => {
  const steps = readdirSync(join(ROOT, course))
    .filter((name) => /^\d\d[a-z]?$/.test(name))
    .sort();
  return steps.map((step) => ({
    test: {
      ...timeouts,
      root: ROOT,
      name: `${course}/${step}`,
      include: [`${course}/${step}/check.test.ts`],
      provide: { target: { folder: join(ROOT, course, step), step, steps } },
      // Check files share nothing but the browser, which takes longer to start than most checks.
      isolate: false,
    },
  }));
};
