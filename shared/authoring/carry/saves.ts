import type { World } from "../../course/world.ts";
import { mustGit } from "../git.ts";
import type { Files } from "./files.ts";
import { readTree, split, writeCommit } from "./objects.ts";
import { treeOf } from "./state.ts";

/**
 * What `--abort` takes back of an author's own work is kept below this name, numbered. All work
 * trees share it, so a save is still there when the tree is gone that it was made in.
 */
const SAVES = "refs/carry-aborted";

/**
 * Keeps files of steps.
 * @returns the name that they are kept under
 */
export function keepAside(
  world: World,
  course: string,
  steps: Readonly<Record<string, Files>>,
): string {
  const [last = "0"] = list(world).map(({ name }) => name.slice(SAVES.length + 1));
  const name = `${SAVES}/${Number(last) + 1}`;
  const tree = treeOf(world, course, steps);
  // `restoring` reads them from the message.
  const dirs = Object.keys(steps).map((id) => `${course}/${id}`);
  const seconds = Math.floor(world.now().getTime() / 1000);
  mustGit(world, ["update-ref", name, writeCommit(world, tree, [], dirs.join(" "), seconds)]);
  return name;
}

/** The files of a save: path from the root → mode and blob. */
export function filesOfSave(world: World, name: string): Files {
  return readTree(world, name);
}

/** Whether a save is still there: its author may have removed it. */
export function isSaved(world: World, name: string): boolean {
  return list(world).some((save) => save.name === name);
}

/** The command that brings a save back. */
export function restoring(world: World, name: string): string {
  const dirs = list(world).find((save) => save.name === name)?.dirs;
  return `git checkout ${name} -- ${dirs}`;
}

/** What to say of the last save, where there is no carry any more; "" if there is none. */
export function aboutLastSave(world: World): string {
  const [last] = list(world);
  if (last === undefined) return "";
  return `. The last --abort kept what you wrote, on ${last.date}: ${restoring(world, last.name)} (git for-each-ref ${SAVES} lists all that is kept)`;
}

/** All saves, the last one first. */
function list(world: World): { name: string; dirs: string; date: string }[] {
  const format = "--format=%(refname) %(creatordate:short-local) %(contents:subject)";
  return mustGit(world, ["for-each-ref", "--sort=-version:refname", format, SAVES])
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name, rest = ""] = split(line, " ");
      const [date, dirs = ""] = split(rest, " ");
      return { name, date, dirs };
    });
}
