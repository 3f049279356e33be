import { UsageError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { git, mustGit } from "../git.ts";

/** A commit of a course's branch. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly tree: string;
  /** The address of who made it, and when. */
  readonly committer: string;
  readonly subject: string;
}

/**
 * The full name of a branch.
 * @throws UsageError for what git takes for no name
 */
export function refOf(world: World, name: string): string {
  const ref = `refs/heads/${name}`;
  if (name.startsWith("-") || git(world, ["check-ref-format", ref]).code !== 0)
    throw new UsageError(`'${name}' is no name for a branch: give a word such as --branch course`);
  return ref;
}

/** The commit that a branch is at; undefined if there is no such branch. */
export function tipOf(world: World, ref: string): string | undefined {
  const { code, stdout } = git(world, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  return code === 0 ? stdout.toString().trim() : undefined;
}

/** All commits of a branch, the oldest first. */
export function commitsOf(world: World, ref: string): Commit[] {
  const format = "%H%x00%P%x00%T%x00%ce %ct%x00%s";
  const log = mustGit(world, [
    ...["-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=utf-8"],
    ...["log", "--reverse", "--topo-order", "--no-notes", `--format=${format}`, ref, "--"],
  ]);
  return log
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [id = "", parents = "", tree = "", committer = "", subject = ""] = line.split("\0");
      return { id, parents: parents.split(" ").filter(Boolean), tree, committer, subject };
    });
}

/** Where a branch is checked out, here or in another working tree, and whether that folder is gone. */
export function checkedOutAt(
  world: World,
  ref: string,
): { folder: string; isGone: boolean } | undefined {
  const list = mustGit(world, ["worktree", "list", "--porcelain"]);
  const entry = list
    .split("\n\n")
    .map((each) => each.split("\n"))
    .find((lines) => lines.includes(`branch ${ref}`));
  if (entry === undefined) return undefined;
  const folder = (entry[0] ?? "").slice("worktree ".length);
  return { folder, isGone: entry.some((line) => line.startsWith("prunable")) };
}
