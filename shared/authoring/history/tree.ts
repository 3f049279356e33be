import { readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CourseError } from "../../course/errors.ts";
import { workFolder } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";
import { mustGit } from "../git.ts";
import { statOf } from "../steps/journal.ts";

/** A file as git keeps it. */
export interface Entry {
  /** Inside the step's folder, with forward slashes. */
  readonly path: string;
  /** `100644`, `100755` if it may be executed, `120000` for a symbolic link. */
  readonly mode: string;
  /** The name of its blob. */
  readonly id: string;
}

/**
 * The files of a folder that git would commit, byte for byte; the blobs are in git's store then.
 * What git ignores, such as a step's data, is left out.
 * @param dir from the root
 */
export function entriesIn(world: World, dir: string): Entry[] {
  const listed = mustGit(world, ["ls-files", "-z", "-co", "--exclude-standard", "--", dir]);
  const files = [...new Set(listed.split("\0").filter(Boolean))]
    .map((path) => ({ path, stat: statOf(join(world.root, path)) }))
    .flatMap(({ path, stat }) => (stat === undefined || stat.isDirectory() ? [] : { path, stat }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const plain = files.filter(({ stat }) => !stat.isSymbolicLink()).map(({ path }) => path);
  const ids = plain.length === 0 ? [] : hash(world, ["--", ...plain]).split("\n");
  return files.map(({ path, stat }) => {
    const inside = path.slice(dir.length + 1);
    if (stat.isSymbolicLink()) {
      const input = readlinkSync(join(world.root, path), { encoding: "buffer" });
      return { path: inside, mode: "120000", id: hash(world, ["--stdin"], input) };
    }
    const mode = stat.mode & 0o100 ? "100755" : "100644";
    return { path: inside, mode, id: ids[plain.indexOf(path)] ?? "" };
  });
}

/** Without filters, so that line ends stay as they are. */
function hash(world: World, args: readonly string[], input?: Uint8Array): string {
  const call = input === undefined ? {} : { input };
  return mustGit(world, ["hash-object", "-w", "--no-filters", ...args], call);
}

/** Writes a tree with these files, through an index of its own: the author's stays as it is. Needs the lock. */
export function writeTree(world: World, entries: readonly Entry[]): string {
  const index = join(workFolder(world), "history.index");
  const env = { GIT_INDEX_FILE: index };
  try {
    rmSync(index, { force: true });
    const input = entries.map(({ mode, id, path }) => `${mode} ${id} 0\t${path}\0`).join("");
    mustGit(world, ["update-index", "-z", "--index-info"], { input, env });
    return mustGit(world, ["write-tree"], { env });
  } finally {
    for (const path of [index, `${index}.lock`]) rmSync(path, { force: true });
  }
}

/**
 * The files of a commit.
 * @throws CourseError for what cannot stand in a step's folder
 */
export function entriesOf(world: World, commit: string): Entry[] {
  const listed = mustGit(world, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  return listed
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [, mode = "", id = "", path = ""] = /^(\d+) \w+ (\w+)\t([\s\S]*)$/.exec(line) ?? [];
      const parts = path.split("/");
      const wrong = parts.find((part) => ["", ".", "..", ".git", "instance"].includes(part));
      if (wrong !== undefined || mode === "160000")
        throw new CourseError(
          `commit ${commit.slice(0, 10)} holds ${path}, which is no file of a step: take it out of that commit (git rebase -i, edit)`,
        );
      return { path, mode, id };
    });
}
