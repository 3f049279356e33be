import { realpathSync } from "node:fs";
import { type Course, lessonOf } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { withLock } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";
import { mustGit, requireRepository } from "../git.ts";
import { checkedOutAt, commitsOf, refOf, tipOf } from "./branch.ts";
import { subjectOf } from "./subject.ts";
import { entriesIn, writeTree } from "./tree.ts";

/** Who makes the commits. It is the same everywhere, so that the same course has the same commits. */
const NAME = "The course";
const EMAIL = "course@localhost";
/** When the first step is committed, in seconds since 1970; each later one an hour after: 2026-01-01. */
const BEGINNING = 1_767_225_600;
const HOUR = 3600;

/** What came of writing a branch. */
export interface Written {
  readonly commits: number;
  readonly tip: string;
  /** What the branch was at before; undefined if it is new. */
  readonly before: string | undefined;
}

/**
 * Writes a course as a branch: a commit a step, with the step's files at its root. HEAD, the index
 * and the files stay as they are.
 * @param force overwrites a branch that `history` has not written
 * @throws CourseError where there is no git, or the branch is checked out or somebody's own
 */
export async function writeHistory(
  world: World,
  course: Course,
  branch: string,
  force: boolean,
): Promise<Written> {
  requireRepository(world);
  const ref = refOf(world, branch);
  return await withLock(world, () => {
    refuseCheckedOut(world, branch, ref);
    const before = tipOf(world, ref);
    const trees = course.steps.map((step) => {
      const entries = entriesIn(world, step.dir);
      if (!entries.some(({ path }) => path === "app.ts"))
        throw new CourseError(
          `step ${step.id} has no app.ts that git would commit: bring it back with git checkout -- ${step.dir}`,
        );
      return { step, tree: writeTree(world, entries) };
    });
    if (before !== undefined && !force) refuseOwn(world, branch, ref, trees);
    let tip: string | undefined;
    for (const [index, { step, tree }] of trees.entries()) {
      const parent: string[] = tip === undefined ? [] : ["-p", tip];
      const date = `${BEGINNING + index * HOUR} +0000`;
      tip = mustGit(
        world,
        ["-c", "i18n.commitEncoding=utf-8", "commit-tree", tree, ...parent, "-F", "-"],
        { input: `${subjectOf(step.id, lessonOf(step))}\n`, env: identity(date) },
      );
    }
    if (tip !== before)
      mustGit(world, [
        ...["update-ref", "-m", "version.sh history"],
        ...[ref, tip ?? "", before ?? "0".repeat(tip?.length ?? 40)],
      ]);
    return { commits: trees.length, tip: tip ?? "", before };
  });
}

function identity(date: string): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: NAME,
    GIT_AUTHOR_EMAIL: EMAIL,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: NAME,
    GIT_COMMITTER_EMAIL: EMAIL,
    GIT_COMMITTER_DATE: date,
  };
}

/** Nothing is lost where all commits are ours, or their files are what the folders hold. */
function refuseOwn(
  world: World,
  branch: string,
  ref: string,
  trees: readonly { tree: string }[],
): void {
  const commits = commitsOf(world, ref);
  const isOurs = commits.every(
    ({ committer }, index) => committer === `${EMAIL} ${BEGINNING + index * HOUR}`,
  );
  const isSame =
    commits.length === trees.length && commits.every((it, at) => it.tree === trees[at]?.tree);
  if (isOurs || isSame) return;
  throw new CourseError(
    `branch ${branch} holds commits that history has not written: bring them back with ./version.sh import --branch ${branch}, or overwrite them with --force`,
  );
}

/** git would not tell a working tree that its branch has moved. */
function refuseCheckedOut(world: World, branch: string, ref: string): void {
  const place = checkedOutAt(world, ref);
  if (place === undefined) return;
  const { folder, isGone } = place;
  if (isGone)
    throw new CourseError(
      `branch ${branch} is noted as checked out in ${folder}, which is gone: git worktree prune, then try again`,
    );
  const isHere = realpathSync(folder) === realpathSync(world.root);
  throw new CourseError(
    isHere
      ? `branch ${branch} is checked out: switch to another one first (git switch main), or give another name`
      : `branch ${branch} is checked out in ${folder}: leave it there (git -C "${folder}" switch --detach), or give another name`,
  );
}
