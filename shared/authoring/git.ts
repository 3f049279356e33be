import { spawnSync } from "node:child_process";
import { CourseError } from "../course/errors.ts";
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
 * @throws CourseError if there is no git on this machine
 */
export function git(world: GitWorld, args: readonly string[], call: Call = {}): Answer {
  const nowhere = Object.fromEntries(LOCATIONS.map((name) => [name, undefined]));
  const lineEnds = call.ownLineEnds ? [] : ["-c", "core.autocrlf=false"];
  const { error, status, stdout, stderr } = spawnSync(
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
  if (error !== undefined)
    throw new CourseError(
      "this verb needs git, and there is none on the PATH: install it from https://git-scm.com",
    );
  return { code: status ?? 1, stdout, stderr: stderr.toString() };
}

/**
 * Calls git where a failure is not expected.
 * @returns its answer without the last line end
 * @throws CourseError with the first line that git complained with
 */
export function mustGit(world: World, args: readonly string[], call: Call = {}): string {
  const { code, stdout, stderr } = git(world, args, call);
  if (code !== 0)
    throw new CourseError(`git ${args[0]} failed: ${stderr.trim().split("\n", 1)[0]}`);
  return stdout.toString().replace(/\n$/, "");
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
