import type { Course, Step } from "../../course/course.ts";
import { isStepId } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { git, mustGit, requireRepository } from "../git.ts";
import { editedSince } from "./edited.ts";
import { type Files, partsOf } from "./files.ts";
import { rewrittenLines } from "./follow.ts";
import { readBlobs } from "./objects.ts";
import { changedSince } from "./since.ts";
import { permissions, snapshotOf, snapshots } from "./snapshot.ts";
import { requireNoCarry, type State } from "./state.ts";
import { committingFirst } from "./way.ts";

/** `git merge-tree --write-tree` came with it. */
const NEEDED = [2, 38] as const;

/**
 * Makes sure that git is there, is new enough, and has the course.
 * @throws CourseError otherwise
 */
export function requireGit(world: World): void {
  const { stdout } = git(world, ["version"]);
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
  if (Number(major) < NEEDED[0] || (Number(major) === NEEDED[0] && Number(minor) < NEEDED[1]))
    throw new CourseError(
      `this verb needs git ${NEEDED.join(".")} or later, and yours is ${major}.${minor}: update it from https://git-scm.com`,
    );
  requireRepository(world);
}

/**
 * Looks at all that a carry works with, before anything is touched.
 * @param from the commit to compare the step with; the last one if left out
 * @throws CourseError, UsageError where it cannot begin
 */
export function prepare(world: World, course: Course, step: Step, from?: string): State {
  requireGit(world);
  requireNoCarry(world);
  const head = commitOf(world, "HEAD");
  if (head === undefined)
    throw new CourseError(
      'there is no commit yet to compare with: git commit -am "the course" first',
    );
  const base = from === undefined ? head : baseOf(world, from);
  const later = course.steps.slice(course.steps.findIndex(({ id }) => id === step.id) + 1);
  if (later.length === 0)
    throw new CourseError(
      `step ${step.id} is the last one of ${course.folder}/: no step comes after it`,
    );
  const old = snapshotOf(world, base, step.dir);
  if (old.size === 0)
    throw new CourseError(
      `${from ?? "the last commit"} has no ${step.dir}: there is nothing to compare it with. Name a commit that has it with --from`,
    );
  const found = snapshots(
    world,
    [step, ...later].map(({ dir }) => dir),
  );
  const filesOf = (each: Step): Files => found.get(each.dir) ?? new Map();
  const now = filesOf(step);
  const nowOf = (id: string) => found.get(`${course.folder}/${id}`) ?? new Map();
  const ids = [step, ...later].map(({ id }) => id);
  return {
    course: course.folder,
    step: step.id,
    base: mustGit(world, ["rev-parse", "--short", base]),
    edited: editedSince(world, base, course.folder, ids, nowOf),
    later: later.map(({ id }) => id),
    old: { [step.id]: old, ...Object.fromEntries(later.map((it) => [it.id, filesOf(it)])) },
    modes: Object.fromEntries(later.map((it) => [it.id, permissions(world, it.dir, filesOf(it))])),
    now: { [step.id]: now },
    at: step.id,
    phase: "check",
    merged: now,
    made: {},
    saves: [],
    conflicts: [],
    lines: lessonLines(world, old, now),
    checkAll: old.get("check.test.ts") !== now.get("check.test.ts"),
  };
}

function lessonLines(world: World, old: Files, now: Files) {
  const [a, b] = [old.get("README.md"), now.get("README.md")];
  if (a === undefined || b === undefined || a === b) return [];
  const blobs = [a, b].map((entry) => partsOf(entry).blob);
  const texts = readBlobs(world, blobs);
  const [before = "", after = ""] = blobs.map((blob) => texts.get(blob)?.toString());
  return rewrittenLines(before, after);
}

function commitOf(world: World, name: string): string | undefined {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const { code, stdout } = git(world, args);
  return code === 0 ? stdout.toString().trim() : undefined;
}

function baseOf(world: World, from: string): string {
  const commit = commitOf(world, from);
  if (commit !== undefined) return commit;
  const isShallow = mustGit(world, ["rev-parse", "--is-shallow-repository"]) === "true";
  throw new UsageError(
    isShallow
      ? `'${from}' is not in this clone, which is a shallow one: git fetch --unshallow brings the older commits`
      : `there is no commit '${from}': git log --oneline shows which there are`,
  );
}

/**
 * A later step that differs from the last commit would get two changes at once, and --abort could not
 * tell them apart.
 * @throws CourseError naming the first, and the whole way
 */
export function refuseDirty(world: World, state: State): void {
  const { course, step } = state;
  const dirty = changedSince(world, "HEAD", [course]).filter((path) => {
    const id = path.slice(course.length + 1).split("/", 1)[0] ?? "";
    return isStepId(id) && id > step;
  });
  const [first] = dirty;
  if (first === undefined) return;
  const differ = dirty.length === 1 ? "differs" : `and ${dirty.length - 1} more differ`;
  // A commit of the whole course would leave nothing to carry without --from.
  throw new CourseError(
    `${first} ${differ} from the last commit, in a step after ${step}: ${committingFirst(state, step, "edits")}`,
  );
}
