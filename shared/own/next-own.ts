import { neighbour, type Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { mineOf } from "../course/mine.ts";
import type { triedStep } from "../course/state.ts";
import { painter } from "../course/text.ts";
import { say, type World } from "../course/world.ts";
import { bringData } from "../running/keep-data.ts";
import { beginStep } from "./begin.ts";
import { checkOwn, withoutOrphans } from "./check-own.ts";
import { conflictsWith } from "./conflicts.ts";
import { printMiss } from "./print-report.ts";
import { reportBegun } from "./report-begun.ts";

/**
 * `next` while the learner writes: on to the next step with their own code, when all is kept.
 * @throws CourseError if a promise is missed, or there is no next step
 */
export async function nextOwn(
  world: World,
  { course, step, mine }: ReturnType<typeof triedStep>,
  keepData: boolean,
): Promise<void> {
  say(world, `Checking your step ${step.id} …`);
  const report = await withoutOrphans(world, () => checkOwn(world, course, step, mine));
  if (!report.ok) {
    if (report.first !== undefined) printMiss(world, report.first.miss, painter(world));
    const missed = report.missed === 1 ? "1 promise is" : `${report.missed} promises are`;
    const what = report.broken?.sentence.split("\n")[0] ?? `${missed} missed`;
    throw new CourseError(
      `step ${step.id} is not done yet (${what}): ./version.sh check shows all, ./version.sh solve takes our files`,
    );
  }
  say(world, `All ${report.kept} promises are kept.\n`);
  const next = neighbour(course, step, 1);
  if (next === undefined) {
    say(world, "That was the last step. You have built it all yourself: congratulations!");
    say(world, "./version.sh progress shows your way.");
    return;
  }
  const note = keepData ? await bringData(world, mineOf(world, next)) : "";
  const begun = await beginStep(world, course, next, mine, false);
  await reportBegun(world, course, next, begun);
  reportConflicts(world, step, mine, next);
  if (note !== "") say(world, `\n${note}`);
}

/** The places to look at with care: no more than these, since a whole file written anew has many. */
const SHOWN = 6;

function reportConflicts(world: World, step: Step, mine: Step, next: Step): void {
  const conflicts = conflictsWith(step, mine, next);
  if (conflicts.length === 0) return;
  say(
    world,
    `\nOur step ${next.id} changes lines that you have written differently, so do it your way:`,
  );
  for (const { path, line, text } of conflicts.slice(0, SHOWN)) {
    if (line === 0) say(world, `  ${path}: you have no such file`);
    else say(world, `  ${step.dir}/${path}:${line}  ${text}`);
  }
  if (conflicts.length > SHOWN) say(world, `  … and ${conflicts.length - SHOWN} more`);
}
