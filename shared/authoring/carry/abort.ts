import { say, type World } from "../../course/world.ts";
import { mustGit } from "../git.ts";
import type { Files } from "./files.ts";
import { placeStep } from "./place.ts";
import { ownPath, requireState } from "./resume.ts";
import { snapshots } from "./snapshot.ts";
import { clearState, keep, saveState } from "./state.ts";

/** What `--abort` takes back of an author's own work is kept under this name, or this one with a number. */
const ABORTED = "refs/worktree/carry-aborted";

/** Takes a carry back: all later steps as they were, byte for byte. The changed step stays as it is. */
export function abortCarry(world: World): void {
  const state = requireState(world);
  const touched = state.later.slice(0, state.later.indexOf(state.at) + 1);
  const dirOf = (id: string) => `${state.course}/${id}`;
  const written = new Map(
    touched.map((id) => [dirOf(id), (id === state.at ? state.merged : state.now[id]) ?? new Map()]),
  );
  const found = snapshots(world, touched.map(dirOf), written);
  const filesOf = (id: string): Files => found.get(dirOf(id)) ?? new Map();
  // At each stop, not the last one alone; after an interruption, what is still there of it.
  const own = touched.filter((id) => ownPath(state, id, filesOf(id)) !== undefined);
  if (own.length > 0) {
    const name = freeName(world);
    keep(world, name, state.course, Object.fromEntries(own.map((id) => [id, filesOf(id)])));
    say(
      world,
      `What you wrote yourself is kept: git checkout ${name} -- ${own.map(dirOf).join(" ")}`,
    );
  }
  saveState(world, { ...state, phase: "abort" });
  for (const id of touched)
    placeStep(world, dirOf(id), filesOf(id), state.old[id] ?? new Map(), state.modes[id]);
  clearState(world);
  say(world, `Taken back: the steps after ${state.step} are as they were before the carry.`);
}

/** A name that keeps nothing yet: what an earlier carry left there stays. */
function freeName(world: World): string {
  const format = "--format=%(refname)";
  const taken = mustGit(world, ["for-each-ref", format, `${ABORTED}*`]).split("\n");
  for (let number = 1; ; number++) {
    const name = number === 1 ? ABORTED : `${ABORTED}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
