import { join } from "node:path";
import { openChecker } from "../../check/checker.ts";
import type { Course } from "../../course/course.ts";

/** A step that does not keep its promises. */
export interface BrokenStep {
  readonly step: string;
  /** The first promise missed, or why it could not be checked. */
  readonly why: string;
}

/** How many steps are checked at a time: each check starts apps and a browser. */
const AT_A_TIME = 2;

/**
 * Runs the checks of each step of a course on it, up to the first one missed, in processes that
 * load the packages afresh.
 * @param onStep called when a step is done
 */
export async function checkSteps(
  root: string,
  course: Course,
  onStep: (step: string, broken: BrokenStep | undefined) => void = () => {},
): Promise<BrokenStep[]> {
  const steps = course.steps.map(({ id }) => id);
  const queue = [...course.steps];
  const broken = new Map<string, BrokenStep>();
  const worker = async () => {
    const checker = openChecker();
    try {
      for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
        const { id, path } = step;
        const checks = { course: join(root, course.folder), steps, step: id, app: path };
        const why = await checker.check({ ...checks, firstMiss: true }).then(
          (report) =>
            report.first
              ? `step ${report.first.step}: ${report.first.title}`
              : report.broken?.sentence.split("\n", 1)[0],
          (error: Error) => error.message.split("\n", 1)[0],
        );
        if (why !== undefined) broken.set(id, { step: id, why });
        onStep(id, broken.get(id));
      }
    } finally {
      await checker.close();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return steps.flatMap((id) => broken.get(id) ?? []);
}
