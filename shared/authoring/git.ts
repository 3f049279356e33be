import { spawnSync } from "node:child_process";
import { CourseError, codeOf } from "../course/errors.ts";
import type { World } from "../course/world.ts";

/** What git answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** How to call git: text for its input, more of the environment. */
export interface Call {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether line ends are turned as the author's settings say: where files of the work tree are meant. */
  readonly ownLineEnds?: boolean;
}

/** A world in which each call of git has more in its environment. */
export interface GitWorld extends World {
  readonly gitEnv?: Readonly<Record<string, string>>;
}

/** As much as git may answer, in bytes: a course with its pictures is far below. */
const MAX_ANSWER = 256 * 1024 * 1024;

/**
 * Variables by which git finds a repository elsewhere than where it is called, of those that `git
 * rev-parse --local-env-vars` lists: a hook of another repository sets them for all that it starts.
 */
export const LOCATIONS = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_COMMON_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_GRAFT_FILE",
  "GIT_SHALLOW_FILE",
  "GIT_REPLACE_REF_BASE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
] as const;

/**
 * Calls git in the repository, with nothing of the user's settings that would change an answer's form.
 * @throws CourseError if there is no git on this machine, or it was killed
 */
export function git(world: GitWorld, args: readonly string[], call: Call = {}): Answer {
  const nowhere = Object.fromEntries(LOCATIONS.map((name) => [name, undefined]));
  const lineEnds = call.ownLineEnds ? [] : ["-c", "core.autocrlf=false"];
  const { error, status, signal, stdout, stderr } = spawnSync(
    "git",
    ["-c", "core.quotePath=false", ...lineEnds, "-c", "color.ui=false", ...args],
    {
      cwd: world.root,
      env: {
        ...world.env,
        ...nowhere,
        LC_ALL: "C",
        GIT_OPTIONAL_LOCKS: "0",
        ...world.gitEnv,
        ...call.env,
      },
      maxBuffer: MAX_ANSWER,
      ...(call.input === undefined ? {} : { input: call.input }),
    },
  );
  if (codeOf(error) === "ENOENT")
    throw new CourseError(
      "this verb needs git, and there is none on the PATH: install it from https://git-scm.com",
    );
  // Half an answer would be taken for a whole one.
  if (status === null)
    throw new CourseError(
      `${nameOf(args)} was ended by ${signal ?? codeOf(error)} before it was done: try again`,
    );
  return { code: status, stdout, stderr: stderr.toString() };
}

/**
 * Calls git where a failure is not expected.
 * @returns its answer without the last line end
 * @throws CourseError with the first line that git complained with, or with the cure where it is known
 */
export function mustGit(world: World, args: readonly string[], call: Call = {}): string {
  const { code, stdout, stderr } = git(world, args, call);
  if (code !== 0) throw failure(args, stderr);
  return stdout.toString().replace(/\n$/, "");
}

/** What is the matter, from what git complained with. */
export function failure(args: readonly string[], stderr: string): CourseError {
  const name = nameOf(args);
  // Of a small file it says only that it could not be written, and of an index not even which.
  if (
    /No space left on device|Disk quota exceeded|couldn't write '|unable to write new index/.test(
      stderr,
    )
  )
    return new CourseError(`${name} cannot write: the disk is full. Free some space and try again`);
  const lock = /Unable to create '(.*\.lock)': File exists/.exec(stderr)?.[1];
  if (lock !== undefined)
    return new CourseError(
      `${name} is kept out by ${lock}: another git is at work, or was killed. If none is, rm "${lock}", then try again`,
    );
  return new CourseError(`${name} failed: ${stderr.trim().split("\n", 1)[0]}`);
}

/** `git log` of all that was called: settings stand before the command. */
function nameOf(args: readonly string[]): string {
  const at = args.findIndex((arg, index) => arg !== "-c" && args[index - 1] !== "-c");
  return `git ${args[at]}`;
}

/**
 * Makes sure that the course lies in a git repository of its own.
 * @throws CourseError if it does not: a downloaded archive has no history to compare with
 */
export function requireRepository(world: World): void {
  const { code, stdout, stderr } = git(world, ["rev-parse", "--show-cdup"]);
  if (stderr.includes("dubious ownership"))
    throw new CourseError(
      `git refuses (${stderr.trim().split("\n", 1)[0]}), since the folder belongs to another user: make it yours (chown), or say that you trust it with git config --global --add safe.directory "${world.root}"`,
    );
  if (code !== 0 || stdout.toString().trim() !== "")
    throw new CourseError(
      `${world.root} is not a git repository: clone the course, or run git init && git add -A && git commit -m "the course" here`,
    );
}
