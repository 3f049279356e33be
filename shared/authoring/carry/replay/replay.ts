import { readdirSync } from "node:fs";
import type { Checker } from "../../../check/checker.ts";
import { isStepId, readCourse } from "../../../course/course.ts";
import { CourseError } from "../../../course/errors.ts";
import type { World } from "../../../course/world.ts";
import { abortCarry } from "../abort.ts";
import { type Check, startCarry } from "../carry.ts";
import type { Authored } from "../fixture.ts";
import type { Edit } from "./edits.ts";

/** What became of an edit. */
export interface Replayed {
  readonly edit: Edit;
  /** `arrived` at the last step, all checks green, without a hand; else where it stopped. */
  readonly end: "arrived" | "conflict" | "red" | "refused";
  /** The last line that was said. */
  readonly said: string;
  /** Whether anything was left that is neither carried nor as before. */
  readonly isHalf: boolean;
}

/**
 * Makes an edit in a step of the real course and carries it; where it stops it is taken back. The
 * course is as before afterwards.
 */
export async function replay(course: Authored, edit: Edit, check: Check): Promise<Replayed> {
  let out = "";
  const world: World = {
    root: course.root,
    cwd: course.root,
    env: { PATH: process.env.PATH },
    platform: process.platform,
    execPath: process.execPath,
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => {} },
    isTTY: false,
    now: () => new Date(),
    onSignal: () => () => {},
  };
  const start = course.git("rev-parse", "HEAD").trim();
  if (edit.first !== undefined) {
    const done = await course.run(edit.first);
    if (done.code !== 0) throw new Error(done.err);
    course.git("add", "-A");
    course.git("commit", "-qm", edit.first.join(" "));
  }
  const steps = readCourse(world, "steps");
  const step = steps.steps.find(({ id }) => id === edit.step);
  if (step === undefined) throw new Error(`no step ${edit.step}`);
  for (const deed of edit.deeds) deed(step.path);
  const before = JSON.stringify(course.state());
  let end: Replayed["end"] = "arrived";
  let said = "";
  let isHalf = false;
  try {
    await startCarry(world, steps, step, undefined, check);
    isHalf = isLeft(course) || /^[<>]{7} /m.test(Object.values(course.state()).join("\n"));
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    said = error.message;
    end = /^the change breaks/.test(said)
      ? "refused"
      : /^stopped at/.test(said)
        ? "conflict"
        : "red";
    if (end !== "refused") {
      const isNoted = isLeft(course);
      abortCarry(world);
      isHalf = !isNoted;
    }
    isHalf ||= isLeft(course) || JSON.stringify(course.state()) !== before;
  }
  course.git("reset", "-q", "--hard", start);
  course.git("clean", "-fdq", "steps");
  return { edit, end, said, isHalf };
}

/** Whether a carry is under way. */
function isLeft(course: Authored): boolean {
  return course.git("for-each-ref", "refs/worktree/carry").trim() !== "";
}

/**
 * The course's checks, fewer of them than a carry runs, which would take hours for all edits.
 * @param which the steps whose promises are looked at in a step
 */
export function someChecks(
  checker: Checker,
  course: Authored,
  which: (step: string, all: readonly string[]) => string[],
): Check {
  const folder = course.path("steps");
  return async ({ id, path }) => {
    const steps = readdirSync(folder).filter(isStepId).sort();
    const upTo = steps.slice(0, steps.indexOf(id) + 1);
    const only = which(id, upTo);
    if (only.length === 0) return undefined;
    return await checker.check({ course: folder, steps, step: id, only, app: path });
  };
}

/** Whether a step's own check opens pages, which takes seconds. */
export function hasPages(course: Authored, step: string): boolean {
  return course.read(`steps/${step}/check.test.ts`).includes("browserTest");
}

/** The line that sums a replay up. */
export function summary(all: readonly Replayed[]): string {
  const of = (some: readonly Replayed[]) =>
    `${some.filter(({ end }) => end === "arrived").length} of ${some.length}`;
  return [
    `one-line fixes arrived: ${of(all.filter(({ edit }) => edit.kind === "fix"))}`,
    `all edits: ${of(all)}`,
    `half-merged states left: ${all.filter(({ isHalf }) => isHalf).length}`,
  ].join("; ");
}
