import { isAboutCode } from "../../course/files.ts";
import type { World } from "../../course/world.ts";
import { carried, type Files, sameFiles, takesPart } from "./files.ts";
import { mergeStep } from "./merge.ts";
import { changedSince } from "./since.ts";
import { snapshotOf } from "./snapshot.ts";

const NAMES = { ours: "this step", theirs: "carried", base: "as it was" };

/**
 * The later steps, but for the last one, with a change of their own since a commit: one that is more
 * than what the step before them was changed by, too. It is not carried with the change of an earlier step.
 * @param ids the changed step and all later ones, in order
 * @param now their files as they are
 */
export function editedSince(
  world: World,
  commit: string,
  course: string,
  ids: readonly string[],
  now: (id: string) => Files,
): string[] {
  const dirOf = (id: string) => `${course}/${id}`;
  const paths = changedSince(world, commit, ids.map(dirOf));
  const isOf = (id: string) => (path: string) => {
    const inside = path.slice(dirOf(id).length + 1);
    return path.startsWith(`${dirOf(id)}/`) && takesPart(inside) && !isAboutCode(inside);
  };
  return ids.slice(1, -1).filter((id, index) => {
    if (!paths.some(isOf(id))) return false;
    const before = ids[index] ?? "";
    const base = carried(snapshotOf(world, commit, dirOf(id)));
    // A step that was added since is not changed.
    if (base.size === 0) return false;
    const change = {
      old: carried(snapshotOf(world, commit, dirOf(before))),
      now: carried(now(before)),
    };
    const merge = (old: Files, theirs: Files, ours: Files) =>
      mergeStep(world, { old, now: theirs }, ours, [], NAMES);
    const brought = merge(change.old, change.now, base);
    const both = merge(base, carried(now(id)), brought.files);
    const isOpen = brought.conflicts.length > 0 || both.conflicts.length > 0;
    return isOpen || !sameFiles(both.files, brought.files);
  });
}
