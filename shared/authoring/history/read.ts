import { join } from "node:path";
import type { Course, Step } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import { withLock } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";
import { requireNoCarry } from "../carry/state.ts";
import { git, mustGit, requireRepository } from "../git.ts";
import { follow } from "../steps/at-end.ts";
import { commit, finish, type NewFile, statOf } from "../steps/journal.ts";
import { type Commit, commitsOf, refOf, tipOf } from "./branch.ts";
import { stepIn } from "./subject.ts";
import { type Entry, entriesIn, entriesOf } from "./tree.ts";

/**
 * Brings the files of a branch's commits back into the folders of their steps.
 * @returns the files that changed, from the root
 * @throws UsageError if there is no such branch; CourseError where its commits are not the course's
 *   steps, one each, or a step's folder has uncommitted changes; nothing is touched then
 */
export async function readHistory(world: World, course: Course, branch: string): Promise<string[]> {
  requireRepository(world);
  requireNoCarry(world, course.folder);
  const ref = refOf(world, branch);
  if (tipOf(world, ref) === undefined)
    throw new UsageError(
      `there is no branch '${branch}': git branch lists those that there are, ./version.sh history --branch ${branch} writes it`,
    );
  return await withLock(world, () => {
    const pairs = pairsOf(world, course, commitsOf(world, ref), branch);
    refuseUncommitted(world, course);
    const files = new Map<string, NewFile>();
    const removed: string[] = [];
    for (const { step, commit } of pairs) {
      const now = new Map(entriesIn(world, step.dir).map((entry) => [entry.path, entry]));
      const wanted = entriesOf(world, commit.id);
      if (!wanted.some(({ path }) => path === "app.ts"))
        throw new CourseError(
          `commit ${nameOf(commit)} has no app.ts: a step is a complete app (git rebase -i, edit)`,
        );
      for (const entry of wanted) {
        const path = `${step.dir}/${entry.path}`;
        const old = now.get(entry.path);
        if (old?.id === entry.id && old.mode === entry.mode) continue;
        refuseIgnored(world, path, old);
        files.set(path, contentOf(world, entry));
      }
      const paths = new Set(wanted.map(({ path }) => path));
      removed.push(
        ...[...now.keys()].filter((path) => !paths.has(path)).map((path) => `${step.dir}/${path}`),
      );
    }
    if (files.size + removed.length === 0) return [];
    commit(world, {
      ...{ course: course.folder, moves: [], copies: [], texts: files, removed },
      adopt: undefined,
    });
    finish(world, follow);
    return [...files.keys(), ...removed].sort();
  });
}

/** Each step with its commit. */
function pairsOf(
  world: World,
  { folder, steps }: Course,
  commits: readonly Commit[],
  branch: string,
): { step: Step; commit: Commit }[] {
  const found = new Map<string, Commit>();
  for (const commit of commits) {
    if (commit.parents.length > 1)
      throw new CourseError(
        `commit ${nameOf(commit)} is a merge: make branch ${branch} a line of one commit a step (git rebase)`,
      );
    const id = stepIn(commit.subject);
    if (id === undefined)
      throw new CourseError(
        `commit ${nameOf(commit)} names no step: reword it to "step NN - its title", or squash it into its step (git rebase -i)`,
      );
    const first = found.get(id);
    if (first !== undefined)
      throw new CourseError(
        `step ${id} is there twice, as ${nameOf(first)} and ${nameOf(commit)}: squash the one into the other (git rebase -i)`,
      );
    if (!steps.some((step) => step.id === id))
      throw new CourseError(
        `commit ${nameOf(commit)} is of a step that ${folder}/ does not have: ./version.sh insert adds one`,
      );
    found.set(id, commit);
  }
  const isShallow = git(world, ["rev-parse", "--is-shallow-repository"]).stdout.includes("true");
  const pairs = steps.map((step) => {
    const commit = found.get(step.id);
    if (commit !== undefined) return { step, commit };
    throw new CourseError(
      `branch ${branch} has no commit of step ${step.id}: ${isShallow ? "this clone is shallow, so git fetch --unshallow first" : `bring it back, or ./version.sh remove ${step.id} first`}`,
    );
  });
  const wrong = commits.findIndex((commit, index) => commit !== pairs[index]?.commit);
  if (wrong !== -1)
    throw new CourseError(
      `commit ${nameOf(commits[wrong] as Commit)} stands where step ${steps[wrong]?.id} belongs: keep the order of ${folder}/ (git rebase -i)`,
    );
  return pairs;
}

function nameOf({ id, subject }: Commit): string {
  return `${id.slice(0, 10)} "${subject}"`;
}

function refuseUncommitted(world: World, { steps }: Course): void {
  const dirs = steps.map(({ dir }) => dir);
  const status = mustGit(world, [
    "status",
    "--porcelain",
    "-z",
    "-uall",
    "--no-renames",
    "--",
    ...dirs,
  ]);
  const [first] = status.split("\0").filter(Boolean);
  if (first === undefined) return;
  throw new CourseError(
    `${first.slice(3)} has changes that are not committed, and import would mix with them: commit them, or put them aside with git stash -u`,
  );
}

/** A file that git ignores is the author's own, and nobody has a copy of it. */
function refuseIgnored(world: World, path: string, old: Entry | undefined): void {
  if (old !== undefined) return;
  const there = statOf(join(world.root, path));
  if (there === undefined || there.isDirectory()) return;
  throw new CourseError(
    `${path} is in the way, a file that git ignores: move it away, then try again`,
  );
}

function contentOf(world: World, { id, mode }: Entry): NewFile {
  const { stdout } = git(world, ["cat-file", "blob", id]);
  return {
    bytes: stdout,
    mode: mode === "120000" ? "link" : mode === "100755" ? "program" : "file",
  };
}
