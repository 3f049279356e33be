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
  { step, folder, checks }: { step: string; folder: string; checks: string[] },
  setupFiles: string[] = [],
): TestProjectConfiguration => ({
  test: {
    ...timeouts,
    root: ROOT,
    name: `${course}/${step}`,
    include: checks.map((check) => `${course}/${check}/check.test.ts`),
    provide: { target: { folder: join(ROOT, course, folder), step, steps } },
    // Check files share nothing but the browser, which takes longer to start than most checks.
    isolate: false,
    setupFiles,
  },
});

/** For each step of a course, such as "steps": its checks and those of all steps before it. */
export const stepProjects = (course: string): TestProjectConfiguration[] => {
  const steps = stepsOf(course);
  return steps.map((step, index) =>
    project(course, steps, { step, folder: step, checks: steps.slice(0, index + 1) }),
  );
};

/** For each step but the first: its own checks, pointed at the step before it. */
export const previousProjects = (course: string): TestProjectConfiguration[] => {
  const steps = stepsOf(course);
  return steps.flatMap((step, index) => {
    const previous = steps[index - 1];
    if (previous === undefined) return [];
    const own = { step, folder: previous, checks: [step] };
    // Only the first failure of a file counts: the rest would wait in vain, too.
    return [project(course, steps, own, ["shared/testkit/first-failure.ts"])];
  });
};
