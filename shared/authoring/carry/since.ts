import type { World } from "../../course/world.ts";
import { mustGit } from "../git.ts";

/**
 * The files of the work tree that are not as in a commit, new ones too. What is only staged does not
 * count: a carry works with files alone.
 * @param folders from the root: `steps`, or `steps/07`
 * @returns paths from the root
 */
export function changedSince(world: World, commit: string, folders: readonly string[]): string[] {
  const where = ["--", ...folders.map((folder) => `:(literal)${folder}`)];
  const options = ["--name-only", "-z", "--no-renames", "--no-ext-diff"];
  const list = (args: readonly string[]) =>
    mustGit(world, [...args, ...where], { ownLineEnds: true })
      .split("\0")
      .filter((path) => path !== "");
  const changed = list(["diff", ...options, commit]);
  return [...new Set([...changed, ...list(["ls-files", "--others", "--exclude-standard", "-z"])])];
}
