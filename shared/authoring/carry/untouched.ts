import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { carried, type Files, sameFiles } from "./files.ts";
import { snapshots } from "./snapshot.ts";
import type { State } from "./state.ts";

/**
 * Makes sure that steps which the carry has not reached are as they were when it began: an author
 * may write in them at any time, also while it runs.
 * @throws CourseError naming the first that is not
 */
export function requireUntouched(world: World, state: State, ids: readonly string[]): void {
  const dirOf = (id: string) => `${state.course}/${id}`;
  const found = snapshots(world, ids.map(dirOf));
  for (const id of ids) {
    const expected: Files | undefined = id === state.step ? state.now[id] : state.old[id];
    if (sameFiles(found.get(dirOf(id)) ?? new Map(), expected ?? new Map())) continue;
    const dir = dirOf(id);
    throw new CourseError(
      id === state.step
        ? `${dir} has changed since its carry began, and the steps that are done have it as it was: bring that back (git stash pop, if you stashed it), then ./version.sh carry --continue; or ./version.sh carry --abort, then ./version.sh carry ${id}`
        : `${dir} has changed since the carry began, and is not reached yet: take it back (git stash -u -- ${dir}), then ./version.sh carry --continue`,
    );
  }
}

/**
 * Makes sure that steps which are done still have what was carried: who stashes it, or goes to another
 * branch, would go on without it.
 * @throws CourseError naming the first that is as before the carry
 */
export function requireCarried(world: World, state: State, ids: readonly string[]): void {
  const dirOf = (id: string) => `${state.course}/${id}`;
  const found = doneNow(world, state, ids);
  const none: Files = new Map();
  const isLost = (id: string) => {
    const [old, now] = [state.old[id] ?? none, state.now[id] ?? none];
    return !sameFiles(old, now) && sameFiles(found.get(dirOf(id)) ?? none, old);
  };
  const lost = ids.find(isLost);
  if (lost === undefined) return;
  throw new CourseError(
    `${dirOf(lost)} is as it was before the carry: bring back what was carried there (git stash pop, if you stashed it), then ./version.sh carry --continue; or begin anew with --abort`,
  );
}

/** The steps, but for the last one, whose code the author has changed after the carry had been there. */
export function changedAfter(world: World, state: State): string[] {
  const dirOf = (id: string) => `${state.course}/${id}`;
  const ids = state.later.slice(0, -1);
  const found = doneNow(world, state, ids);
  const code = (files: Files | undefined) => carried(files ?? new Map());
  return ids.filter((id) => !sameFiles(code(found.get(dirOf(id))), code(state.now[id])));
}

/** The files of steps that are done, as they are now; what the carry brought counts where git ignores it, too. */
function doneNow(world: World, state: State, ids: readonly string[]): Map<string, Files> {
  if (ids.length === 0) return new Map();
  const dirOf = (id: string) => `${state.course}/${id}`;
  const brought = new Map(ids.map((id) => [dirOf(id), state.now[id] ?? new Map()]));
  return snapshots(world, ids.map(dirOf), brought);
}
