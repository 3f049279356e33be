import type { Report } from "../../check/report.ts";
import type { Course, Step } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { plain } from "../../course/lesson.ts";
import { say, type World } from "../../course/world.ts";
import { printResult } from "../../own/print-report.ts";
import { prepare, refuseDirty } from "./begin.ts";
import { carried, type Files, sameFiles } from "./files.ts";
import { type Merged, mergeStep } from "./merge.ts";
import { placeStep } from "./place.ts";
import { changes, done, placeOf, printedError, row, saySkipped, sinceText } from "./say.ts";
import { clearState, keepOld, type State, saveState } from "./state.ts";
import { changedAfter, requireUntouched } from "./untouched.ts";
import { committingFirst, isChanged } from "./way.ts";

/** Runs the checks of a step as it is now; undefined where it has none. */
export type Check = (step: Step) => Promise<Report | undefined>;

/** The commands that lead on from a stop. */
export const ON = "./version.sh carry --continue (or --abort: all as before)";

/**
 * Takes what was changed in a step into all later ones, one after another, with their checks; stops
 * at the first conflict and at the first promise missed.
 * @param from the commit to compare the step with; the last one if left out
 * @throws CourseError where it cannot begin (nothing is touched then), and at a stop
 */
export async function startCarry(
  world: World,
  course: Course,
  step: Step,
  from: string | undefined,
  check: Check,
): Promise<void> {
  const state = prepare(world, course, step, from);
  if (!isChanged(world, state, from)) return;
  refuseDirty(world, state);
  // Before anything is written: a change that is wrong where it was made is not carried at all.
  const files = state.now[step.id] ?? new Map();
  const report = isReached(state, step.id, files) ? await check(step) : undefined;
  if (report?.ok === false) {
    printResult(world, step, report);
    throw new CourseError(
      `the change breaks ${step.dir} itself${printedError(report)}: mend it, then try again; nothing was carried`,
    );
  }
  say(world, row(step.id, done(sinceText(world, state), report)));
  saySkipped(world, report);
  keepOld(world, state);
  await goOn(world, course, state, check);
}

/** Merges, writes and checks the steps that are left. */
export async function goOn(
  world: World,
  course: Course,
  state: State,
  check: Check,
): Promise<void> {
  for (const id of state.later.slice(state.later.indexOf(state.at) + 1)) {
    const dir = `${state.course}/${id}`;
    const { files, conflicts, beside } = mergeNext(world, state, state.at, id);
    requireUntouched(world, state, [id]);
    const made = { ...state.made, [id]: files };
    Object.assign(state, {
      at: id,
      phase: "write",
      merged: files,
      made,
      conflicts: [...conflicts],
    });
    saveState(world, state);
    placeStep(world, dir, state.old[id] ?? new Map(), files);
    if (conflicts.length > 0) stopAtConflict(world, state);
    state.phase = "check";
    saveState(world, state);
    await checkStep(
      world,
      state,
      stepOf(course, id),
      files,
      check,
      changes(world, state, id, files, beside),
    );
  }
  const count = state.later.filter(
    (id) => !sameFiles(state.now[id] ?? new Map(), state.old[id] ?? new Map()),
  ).length;
  const own = [...state.edited, ...changedAfter(world, state)].sort();
  clearState(world);
  say(
    world,
    `\nCarried into ${count} of the ${state.later.length} steps after ${state.step}. Look at git diff, then bring the documents`,
  );
  say(
    world,
    "up to date, which quote the code: npm run generate && npm run docs:update && npm test",
  );
  const [other] = own;
  if (other !== undefined)
    say(
      world,
      `${state.course}/${other} has a change of its own since ${state.base}; to carry it, too: ${committingFirst(state, other, "carried")}`,
    );
}

export function mergeNext(world: World, state: State, before: string, id: string): Merged {
  const none: Files = new Map();
  const change = { old: state.old[before] ?? none, now: state.now[before] ?? none };
  const labels = {
    ours: `${state.course}/${id} (this step)`,
    theirs: `${state.course}/${before} (carried)`,
    base: `${state.course}/${before} (as it was)`,
  };
  return mergeStep(world, change, state.old[id] ?? none, state.lines, labels);
}

/** Checks a step, where the change reached it, and notes that it is done. */
export async function checkStep(
  world: World,
  state: State,
  step: Step,
  files: Files,
  check: Check,
  what: string,
): Promise<void> {
  const report = isReached(state, step.id, files) ? await check(step) : undefined;
  if (report?.ok === false) {
    if (what !== "") say(world, row(step.id, what));
    printResult(world, step, report);
    const { first } = report;
    const where = first ? `, of step ${first.step}: ${plain(first.title)}` : "";
    throw new CourseError(
      `${step.dir} was merged without a conflict, but misses a promise${where}${printedError(report)}. Mend ${step.dir}, then ${ON}`,
    );
  }
  state.now[step.id] = files;
  say(world, row(step.id, done(what || changes(world, state, step.id, files), report)));
  saySkipped(world, report);
}

/** Whether the checks of a step could come out in another way than before: lessons are not checked. */
function isReached(state: State, id: string, files: Files): boolean {
  return state.checkAll || !sameFiles(carried(files), carried(state.old[id] ?? new Map()));
}

/** Stops where git could not decide. */
export function stopAtConflict(world: World, state: State): never {
  state.phase = "conflict";
  saveState(world, state);
  const dir = `${state.course}/${state.at}`;
  say(world, row(state.at, "CONFLICT"));
  for (const conflict of state.conflicts)
    say(world, `      ${dir}/${placeOf(conflict)}: ${conflict.what}`);
  const [first] = state.conflicts;
  throw new CourseError(
    `stopped at ${dir}/${first && placeOf(first)}: the change cannot be merged there. Write it as it has to be in this step, without the markers, then ${ON}`,
  );
}

/**
 * A step of a carry that is under way.
 * @throws CourseError if its folder is gone
 */
export function stepOf(course: Course, id: string): Step {
  const step = course.steps.find((each) => each.id === id);
  if (step === undefined)
    throw new CourseError(
      `${course.folder}/${id} is gone since the carry began: bring it back (git restore ${course.folder}/${id}), or ./version.sh carry --abort`,
    );
  return step;
}
