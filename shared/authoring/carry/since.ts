import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { World } from "../../course/world.ts";
import { mustGit } from "../git.ts";

/**
 * The files of the work tree that are not as in a commit, new ones too. What is only staged does not
 * count: a carry works with files alone.
 * @param folders from the root: `steps`, or `steps/07`
 * @returns paths from the root
 */
export function changedSince(world: World, commit: string, folders: readonly string[]): string[] {
  const where = folders.map((folder) => `:(literal)${folder}`);
  const list = ["ls-files", "--others", "--exclude-standard", "-z", "--", ...where];
  const added = mustGit(world, list).split("\0").filter(Boolean);
  return [...new Set([...differing(world, [commit, "--", ...where]), ...added])];
}

/**
 * The files of the work tree that `git diff` names, after these arguments.
 * @returns paths from the root
 */
export function differing(world: World, args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "carry-"));
  try {
    // git diff notes in the index which files it has looked at; the author's is not ours to write.
    const index = resolve(world.root, mustGit(world, ["rev-parse", "--git-path", "index"]));
    const copy = join(folder, "index");
    if (existsSync(index)) {
      copyFileSync(index, copy);
      // git trusts what the index notes of a file that is older than it: a new date would make all older.
      const date = Math.floor(statSync(index).mtimeMs) / 1000;
      utimesSync(copy, date, date);
    }
    const options = ["--name-only", "-z", "--no-renames", "--no-ext-diff"];
    return mustGit(world, ["diff", ...options, ...args], {
      ownLineEnds: true,
      env: { GIT_INDEX_FILE: copy },
    })
      .split("\0")
      .filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
