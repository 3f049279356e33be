import type { World } from "../../course/world.ts";
import { mustGit } from "../git.ts";
import { type Files, takesPart } from "./files.ts";
import { differing } from "./since.ts";

/**
 * The files of step folders that stand in the index alone: staged, and neither in the last commit
 * nor, as they were staged, in the work tree any more.
 * @param dirs from the root: `steps/07`
 * @returns each folder's own
 */
export function stagedAlone(world: World, dirs: readonly string[]): Map<string, Files> {
  const where = ["--", ...dirs.map((dir) => `:(literal)${dir}`)];
  const found = new Map(dirs.map((dir) => [dir, new Map<string, string>()]));
  const written = new Set(differing(world, where));
  if (written.size === 0) return found;
  // `:100644 100644 ce01… 7c4f… M`, then the path.
  const args = ["diff-index", "--cached", "-z", "--no-renames", "HEAD"];
  const records = mustGit(world, [...args, ...where]).split("\0");
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [, mode, , blob = "", status] = (records[at] ?? "").split(" ");
    const path = records[at + 1] ?? "";
    const dir = dirs.find((each) => path.startsWith(`${each}/`)) ?? "";
    const inside = path.slice(dir.length + 1);
    const isFile = status !== "D" && status !== "U" && !/^0*$/.test(blob);
    if (isFile && written.has(path) && takesPart(inside))
      found.get(dir)?.set(inside, `${mode} ${blob}`);
  }
  return found;
}
