import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { git, mustGit } from "../git.ts";
import type { Files } from "./files.ts";
import { writeCommit, writeTrees } from "./objects.ts";

/**
 * Where a carry stands. It is kept in the git directory of this work tree, as git keeps its own
 * merges there: `git clean -fdx` does not take it away, and it is in nobody's commit. It is written
 * before any folder is changed, so at each moment it tells enough to go on and to go back.
 */
const FOLDER = "carry";
const FILE = "state.json";

/** Keeps the files as they were from git's garbage collection, however long a carry stands still. */
const REF = "refs/worktree/carry";

const files = z.array(z.tuple([z.string(), z.string()])).transform((it): Files => new Map(it));
const modes = z
  .array(z.tuple([z.string(), z.number()]))
  .transform((it): ReadonlyMap<string, number> => new Map(it));

const schema = z.object({
  /** The course's folder: `steps`. */
  course: z.string(),
  /** The step that was changed. */
  step: z.string(),
  /** The commit that it is compared with, in short. */
  base: z.string().default("HEAD~1"),
  /** The later steps with a change of their own since that commit. */
  edited: z.array(z.string()).default([]),
  /** The steps after it, in order. */
  later: z.array(z.string()),
  /** All these steps as they were. */
  old: z.record(z.string(), files),
  /** The permissions of the later steps' files, as they were. */
  modes: z.record(z.string(), modes),
  /** The steps as they are now: the changed one and those that are done. */
  now: z.record(z.string(), files),
  /** The step that the carry is at. */
  at: z.string(),
  /** What it is doing there: writing files, waiting for the author's hand, checking; or going back. */
  phase: z.enum(["write", "conflict", "check", "abort"]),
  /** What the merge made of the step that the carry is at. */
  merged: files,
  /** What it made of each step so far: what differs from it was written by hand, at whichever stop. */
  made: z.record(z.string(), files).default({}),
  /** Under which names an abort has kept what of the author's. */
  saves: z
    .array(z.object({ name: z.string(), what: z.enum(["wrote yourself", "had staged"]) }))
    .default([]),
  conflicts: z.array(z.object({ path: z.string(), line: z.number().optional(), what: z.string() })),
  /** The lines of the lesson that were rewritten. */
  lines: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Whether unchanged steps are checked as well, because a check of the changed step is another. */
  checkAll: z.boolean(),
});

/** Where a carry stands. */
export type State = z.infer<typeof schema>;

/** What an abort has kept. */
export type Save = State["saves"][number];

function folderOf(world: World): string {
  return resolve(world.root, mustGit(world, ["rev-parse", "--git-path", FOLDER]));
}

/**
 * The carry that is under way; undefined if there is none.
 * @throws CourseError if what was noted cannot be read
 */
export function readState(world: World): State | undefined {
  const path = join(folderOf(world), FILE);
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new CourseError(
      `${path} is damaged: what was carried and what you wrote stands in the steps. To begin anew, put all that differs from the last commit aside, your change too: git stash -u, then rm -r "${folderOf(world)}"`,
    );
  }
}

/**
 * Makes sure that no carry is under way.
 * @param course a carry of another course is in nobody's way; if left out, it is
 * @throws CourseError that says how to end it
 */
export function requireNoCarry(world: World, course?: string): void {
  // Where there is no git, nothing is carried.
  if (git(world, ["rev-parse", "--git-dir"]).code !== 0) return;
  const state = readState(world);
  if (state === undefined || (course !== undefined && course !== state.course)) return;
  throw new CourseError(
    `a carry of step ${state.step} is under way, at ${state.course}/${state.at}: finish it with ./version.sh carry --continue, or take it back with --abort, which keeps what you wrote`,
  );
}

/** Notes where the carry stands: the old or the new note is there at any moment. */
export function saveState(world: World, state: State): void {
  const folder = folderOf(world);
  mkdirSync(folder, { recursive: true });
  const ready = join(folder, `${FILE}.new`);
  const text = JSON.stringify(state, (_key, value) => (value instanceof Map ? [...value] : value));
  writeFileSync(ready, text);
  const handle = openSync(ready, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(ready, join(folder, FILE));
}

/** Keeps the files of a carry's steps in git until it is over. */
export function keepOld(world: World, state: State): void {
  mustGit(world, ["update-ref", REF, writeCommit(world, treeOf(world, state.course, state.old))]);
}

/** Writes files of steps as a tree with their paths from the root. */
export function treeOf(
  world: World,
  course: string,
  steps: Readonly<Record<string, Files>>,
): string {
  const all = new Map(
    Object.entries(steps).flatMap(([id, its]) =>
      [...its].map(([path, entry]): [string, string] => [`${course}/${id}/${path}`, entry]),
    ),
  );
  const [tree = ""] = writeTrees(world, [all]);
  return tree;
}

/** Forgets a carry that is over: the note last, so that an interruption here is one of the carry, too. */
export function clearState(world: World): void {
  mustGit(world, ["update-ref", "-d", REF]);
  rmSync(folderOf(world), { recursive: true, force: true });
}
