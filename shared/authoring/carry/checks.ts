import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Checker } from "../../check/checker.ts";
import type { Course } from "../../course/course.ts";
import type { Check } from "./carry.ts";

/**
 * The checks of a course, each step's own and those of all steps before it, as a learner runs them.
 * They run in a process of their own, which ends with this one, and takes apps and browser along.
 * @param courseOf called when the first check is wanted
 */
export function courseChecks(courseOf: () => Course): { check: Check; close: () => Promise<void> } {
  let checker: Checker | undefined;
  return {
    async check(step) {
      const course = courseOf();
      const folder = join(step.path, "..");
      const upTo = course.steps.slice(0, course.steps.findIndex(({ id }) => id === step.id) + 1);
      const only = upTo
        .filter(({ path }) => existsSync(join(path, "check.test.ts")))
        .map(({ id }) => id);
      if (only.length === 0) return undefined;
      const { openChecker } = await import("../../check/checker.ts");
      checker ??= openChecker();
      const steps = course.steps.map(({ id }) => id);
      return await checker.check({ course: folder, steps, step: step.id, only, app: step.path });
    },
    close: async () => checker?.close(),
  };
}
