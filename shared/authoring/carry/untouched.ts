import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { type Files, sameFiles } from "./files.ts";
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
        ? `${dir} has changed since its carry began, and the steps that are done have it as it was: ./version.sh carry --abort, then ./version.sh carry ${id}`
        : `${dir} has changed since the carry began, and is not reached yet: take it back (git stash -u -- ${dir}), then ./version.sh carry --continue`,
    );
  }
}
