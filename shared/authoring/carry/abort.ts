import { say, type World } from "../../course/world.ts";
import { type Files, sameFiles } from "./files.ts";
import { placeStep } from "./place.ts";
import { ownPath, requireState } from "./resume.ts";
import { snapshots } from "./snapshot.ts";
import { clearState, keep, saveState } from "./state.ts";

/** What `--abort` takes back of an author's own work is kept under this name. */
export const ABORTED = "refs/worktree/carry-aborted";

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
  if (state.phase !== "abort") {
    const own = touched.filter((id) =>
      id === state.at
        ? ownPath(state, filesOf(id)) !== undefined
        : !sameFiles(filesOf(id), written.get(dirOf(id)) ?? new Map()),
    );
    if (own.length > 0) {
      keep(world, ABORTED, state.course, Object.fromEntries(own.map((id) => [id, filesOf(id)])));
      const names = own.map(dirOf).join(" ");
      say(world, `What you wrote yourself is kept: git checkout ${ABORTED} -- ${names}`);
    }
    saveState(world, { ...state, phase: "abort" });
  }
  for (const id of touched)
    placeStep(world, dirOf(id), filesOf(id), state.old[id] ?? new Map(), state.modes[id]);
  clearState(world);
  say(world, `Taken back: the steps after ${state.step} are as they were before the carry.`);
}
