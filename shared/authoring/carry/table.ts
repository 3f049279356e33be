import type { World } from "../../course/world.ts";
import { git } from "../git.ts";
import { changedPaths, type Files } from "./files.ts";
import { writeTrees } from "./objects.ts";

/** What a merge changes in a step, in a few words: `app.ts +1 -1, views/new.ejs (new file)`. */
export function changeText(world: World, before: Files, after: Files): string {
  const paths = changedPaths(before, after);
  const [a = "", b = ""] = writeTrees(world, [before, after]);
  const { stdout } = git(world, ["diff-tree", "-r", "-z", "--no-renames", "--numstat", a, b]);
  const sizes = new Map(
    stdout
      .toString()
      .split("\0")
      .map((line): [string, string] => {
        const [added = "", removed = "", path = ""] = line.split("\t");
        return [path, size(added, removed)];
      }),
  );
  return paths
    .map((path) => {
      if (!before.has(path)) return `${path} (new file)`;
      if (!after.has(path)) return `${path} (file removed)`;
      return `${path} ${sizes.get(path) ?? ""}`.trimEnd();
    })
    .join(", ");
}

function size(added: string, removed: string): string {
  if (added === "-") return "(binary)";
  const parts = [Number(added) > 0 && `+${added}`, Number(removed) > 0 && `-${removed}`];
  return parts.filter((part) => part !== false).join(" ") || "(mode)";
}
