import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Checker, openChecker } from "../../check/checker.ts";
import { type Course, neighbour, type Step } from "../../course/course.ts";
import type { Finding } from "./finding.ts";

/** How long a check waits for what the step before does not do, in ms: it waits in vain. */
const PATIENCE = 5000;

/** What the checks of a course prove. */
export interface Proof {
  readonly findings: Finding[];
  /** The steps whose check needs a browser, where none is installed. */
  readonly notSeen: string[];
}

/**
 * The checks that prove nothing: those that miss a promise on their own step, and those that the
 * step before passes, too, which would check nothing of what their step adds. On the step before,
 * each is run until it misses its first promise. It must be a promise that is missed: an app that
 * does not start proves nothing.
 */
export async function provesNothing(root: string, course: Course): Promise<Proof> {
  const queue = course.steps.filter(({ path }) => existsSync(join(path, "check.test.ts")));
  const results = new Map<string, Finding | "not seen">();
  const worker = async () => {
    const checker = openChecker({ patience: PATIENCE });
    try {
      for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
        const result = await look(root, course, step, checker);
        if (result !== undefined) results.set(step.id, result);
      }
    } finally {
      await checker.close();
    }
  };
  // Most of their time these checks wait in vain, which costs no processor.
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism() + 1) }, worker));
  const inOrder = course.steps.flatMap(({ id }) => {
    const result = results.get(id);
    return result === undefined ? [] : [{ id, result }];
  });
  return {
    findings: inOrder.flatMap(({ result }) => (result === "not seen" ? [] : [result])),
    notSeen: inOrder.flatMap(({ id, result }) => (result === "not seen" ? [id] : [])),
  };
}

/** Does something with a checker that waits as long as a learner's does. */
async function withPatience<T>(work: (patient: Checker) => Promise<T>): Promise<T> {
  const patient = openChecker();
  try {
    return await work(patient);
  } finally {
    await patient.close();
  }
}

async function look(
  root: string,
  course: Course,
  step: Step,
  checker: Checker,
): Promise<Finding | "not seen" | undefined> {
  const file = `${step.dir}/check.test.ts`;
  const shows = `npx vitest run --project ${step.dir} shows where`;
  const run = (app: string, by = checker) =>
    by
      .check({
        course: join(root, course.folder),
        steps: course.steps.map(({ id }) => id),
        step: step.id,
        only: [step.id],
        app,
        firstMiss: true,
      })
      .catch((error: Error) => error);
  if (!existsSync(join(step.path, "app.ts"))) return undefined;
  let own = await run(step.path);
  // On a busy machine the wait may have been too short: what is no fault is kept with more patience.
  if (!(own instanceof Error) && !own.ok)
    own = await withPatience((patient) => run(step.path, patient));
  if (own instanceof Error)
    return { file, what: `cannot be run (${firstLine(own.message)})`, cure: shows };
  const missed = own.broken?.sentence ?? own.first?.title;
  if (missed !== undefined)
    return { file, what: `is not kept by its own step (${firstLine(missed)})`, cure: shows };
  if (own.kept === 0 && own.skipped > 0) return "not seen";

  const before = neighbour(course, step, -1);
  if (before === undefined || !existsSync(join(before.path, "app.ts"))) return undefined;
  const report = await run(before.path);
  if (report instanceof Error)
    return { file, what: `cannot be run (${firstLine(report.message)})`, cure: shows };
  const { kept, skipped, first, broken } = report;
  if (broken !== undefined)
    return {
      file,
      what: `cannot be run on step ${before.id} (${firstLine(broken.sentence)})`,
      cure: `make ${before.dir}/app.ts start: ./version.sh adopt ${before.id}`,
    };
  if (first !== undefined) return undefined;
  if (kept === 0 && skipped > 0) return "not seen";
  return {
    file,
    what: `step ${before.id} passes this check, too`,
    cure: "let it ask for what its step adds",
  };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
