import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TestProjectConfiguration } from "vitest/config";

const ROOT = resolve(import.meta.dirname, "../..");
/** In ms. A slow or busy machine is no fault of the code: only a hang ends a test. */
export const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

const stepsOf = (course: string): string[] =>
  readdirSync(join(ROOT, course))
    .filter((name) => /^\d\d[a-z]?$/.test(name))
    .sort();

const project = (
  course: string,
  steps: string[],
  { step, folder, check }: { step: string; folder: string; check: string },
  setupFiles: string[] = [],
): TestProjectConfiguration => ({
  test: {
    ...timeouts,
    root: ROOT,
    name: `${course}/${step}`,
    include: [`${course}/${check}/check.test.ts`],
    provide: { target: { folder: join(ROOT, course, folder), step, steps } },
    // Check files share nothing but the browser, which takes longer to start than most checks.
    isolate: false,
    setupFiles,
  },
});

/** For each step of a course, such as "steps": its own check. Those of the steps before are run by shared/check. */
export const stepProjects = (course: string): TestProjectConfiguration[] => {
  const steps = stepsOf(course);
  return steps.map((step) => project(course, steps, { step, folder: step, check: step }));
};

/** For each step but the first: its own checks, pointed at the step before it. */
export const previousProjects = (course: string): TestProjectConfiguration[] => {
  const steps = stepsOf(course);
  return steps.flatMap((step, index) => {
    const previous = steps[index - 1];
    if (previous === undefined) return [];
    const own = { step, folder: previous, check: step };
    // Only the first failure of a file counts: the rest would wait in vain, too.
    return [project(course, steps, own, ["shared/testkit/first-failure.ts"])];
  });
};
