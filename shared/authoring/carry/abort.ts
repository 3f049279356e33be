import { say, type World } from "../../course/world.ts";
import type { Files } from "./files.ts";
import { keepOwn } from "./keep-own.ts";
import { placeStep } from "./place.ts";
import { requireState } from "./resume.ts";
import { changedSince } from "./since.ts";
import { snapshots } from "./snapshot.ts";
import { clearState, saveState } from "./state.ts";

/** Takes a carry back: all later steps as they were, byte for byte. The changed step stays as it is. */
export function abortCarry(world: World): void {
  const state = requireState(world);
  const touched = state.later.slice(0, state.later.indexOf(state.at) + 1);
  const dirOf = (id: string) => `${state.course}/${id}`;
  const written = new Map(
    touched.map((id) => [dirOf(id), (id === state.at ? state.merged : state.now[id]) ?? new Map()]),
  );
  const read = snapshots(world, touched.map(dirOf), written);
  const found = new Map(
    touched.map((id): [string, Files] => [id, read.get(dirOf(id)) ?? new Map()]),
  );
  const saves = keepOwn(world, state, found);
  // Noted before anything is taken back: an abort that is interrupted tells of all of them in the end.
  saveState(world, { ...state, phase: "abort", saves });
  for (const [id, files] of found)
    placeStep(world, dirOf(id), files, state.old[id] ?? new Map(), state.modes[id]);
  clearState(world);
  say(world, `Taken back: the steps after ${state.step} are as they were before the carry.`);
  sayCommitted(world, touched.map(dirOf));
}

/** A commit of the author's is in its branch, but no longer in the files: whoever commits all now would undo it. */
function sayCommitted(world: World, dirs: readonly string[]): void {
  if (dirs.length === 0) return;
  const changed = changedSince(world, "HEAD", dirs);
  const others = dirs.filter((dir) => changed.some((path) => path.startsWith(`${dir}/`)));
  if (others.length === 0) return;
  say(
    world,
    `The last commit is not the one that the carry began with, and has other files: git checkout HEAD -- ${others.join(" ")}`,
  );
}
