import { join } from "node:path";
import { titlesOf } from "../check/index.ts";
import type { Course, Step } from "../course/course.ts";

/** What the check of a step looks at: the titles of its tests. */
export function promisesOf(course: Course, step: Step): Promise<string[]> {
  const steps = course.steps.map(({ id }) => id);
  return titlesOf({ course: join(step.path, ".."), steps, step: step.id, app: step.path });
}
