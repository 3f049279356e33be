import type { Course } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { requireGit } from "./begin.ts";
import { type Check, checkStep, goOn, ON, stepOf, stopAtConflict } from "./carry.ts";
import { type Files, partsOf } from "./files.ts";
import { markerLines } from "./markers.ts";
import { readBlobs } from "./objects.ts";
import { placeStep } from "./place.ts";
import { aboutLastSave } from "./saves.ts";
import { snapshot } from "./snapshot.ts";
import { readState, type State, saveState } from "./state.ts";
import { requireCarried, requireUntouched } from "./untouched.ts";

/**
 * Goes on after a stop, or after an interruption at any moment.
 * @throws CourseError if there is nothing to go on with, if there is still work to do, and at a stop
 */
export async function continueCarry(
  world: World,
  courseOf: (folder: string) => Course,
  check: Check,
): Promise<void> {
  const state = requireState(world);
  if (state.phase === "abort")
    throw new CourseError(
      `the carry of step ${state.step} was being taken back: ./version.sh carry --abort does the rest`,
    );
  const course = courseOf(state.course);
  const rest = state.later.slice(state.later.indexOf(state.at) + 1);
  requireUntouched(world, state, [state.step, ...rest]);
  requireCarried(world, state, state.later.slice(0, state.later.indexOf(state.at)));
  const dir = `${state.course}/${state.at}`;
  if (state.phase === "write") {
    finishWriting(world, state);
    if (state.conflicts.length > 0) stopAtConflict(world, state);
  } else if (state.phase === "conflict") {
    refuseMarkers(world, state);
    state.phase = "check";
    saveState(world, state);
  }
  await checkStep(
    world,
    state,
    stepOf(course, state.at),
    snapshot(world, dir, state.merged),
    check,
    "",
  );
  await goOn(world, course, state, check);
}

/** Writes what an interruption left unwritten, unless the author has been there since. */
function finishWriting(world: World, state: State): void {
  const dir = `${state.course}/${state.at}`;
  const now = snapshot(world, dir, state.merged);
  const [path] = ownPaths(state, state.at, now);
  if (path !== undefined)
    throw new CourseError(
      `${dir}/${path} was changed after the carry had been interrupted: take all back with ./version.sh carry --abort, which keeps a copy of it`,
    );
  placeStep(world, dir, now, state.merged);
  state.phase = "check";
  if (state.conflicts.length === 0) saveState(world, state);
}

/** The files of a step which neither were there before nor come from the merge: the author's. */
export function ownPaths(state: State, id: string, now: Files): string[] {
  const old = state.old[id] ?? new Map();
  const made = state.made[id] ?? new Map();
  return [...new Set([...now.keys(), ...old.keys(), ...made.keys()])].filter(
    (path) => now.get(path) !== old.get(path) && now.get(path) !== made.get(path),
  );
}

function refuseMarkers(world: World, state: State): void {
  const dir = `${state.course}/${state.at}`;
  const now = snapshot(world, dir, state.merged);
  const old = state.old[state.at] ?? new Map();
  const paths = [...new Set(state.conflicts.map(({ path }) => path))];
  const blobOf = (files: Files, path: string) => partsOf(files.get(path) ?? "").blob;
  const blobs = readBlobs(
    world,
    [...paths.map((path) => blobOf(now, path)), ...paths.map((path) => blobOf(old, path))].filter(
      Boolean,
    ),
  );
  const text = (files: Files, path: string) => blobs.get(blobOf(files, path))?.toString() ?? "";
  const left = paths.flatMap((path) =>
    markerLines(text(now, path), text(old, path)).map(({ line }) => `${dir}/${path}:${line}`),
  );
  if (left.length === 0) return;
  const more = left.length === 1 ? "" : ` (and ${left.slice(1).join(", ")})`;
  throw new CourseError(
    `a conflict marker still stands in ${left[0]}${more}: decide there, then ${ON}`,
  );
}

/**
 * The carry that is under way.
 * @throws CourseError if there is none
 */
export function requireState(world: World): State {
  requireGit(world);
  const state = readState(world);
  if (state === undefined)
    throw new CourseError(
      `no carry is under way: ./version.sh carry NN begins one${aboutLastSave(world)}`,
    );
  return state;
}
