import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Step } from "../course/course.ts";
import { explain } from "../course/errors.ts";
import { withLock } from "../course/lock.ts";
import { MINE } from "../course/mine.ts";
import { savedPath } from "../course/saved.ts";
import type { World } from "../course/world.ts";
import { placeText } from "./place.ts";

/** The learner's progress, from the root. */
export const PROGRESS_FILE = `${MINE}/.progress.json`;

const date = z.iso.datetime();
const stepProgress = z.object({
  read: date.optional(),
  tried: date.optional(),
  solved: date.optional(),
  /** Whether it was solved by taking our files. */
  helped: z.boolean().optional(),
  /** Digests of the step's lesson and check when the learner last did something with it. */
  lesson: z.string().optional(),
  check: z.string().optional(),
  /** What the learner's files were copied from: `steps/06` or `mine/steps/06`. */
  from: z.string().optional(),
  /** How many hints were shown. */
  hints: z.int().nonnegative().optional(),
});
const progress = z.object({ version: z.literal(1), steps: z.record(z.string(), stepProgress) });

/** What the learner did with one step. */
export type StepProgress = z.infer<typeof stepProgress>;
/** What the learner did, by the folder of each step: `steps/07`. */
export type Progress = z.infer<typeof progress>;

/** Progress, and where a file that could not be read was put, from the root. */
export type Read = { progress: Progress; damaged?: string };

/**
 * Reads the progress: from mine/, else from the copy in the folder of git, which is there still
 * after `git clean -fdx` has taken mine/ away. A file that cannot be read is put aside. Needs the lock.
 */
export function readProgress(world: World): Read {
  let damaged: string | undefined;
  for (const path of [PROGRESS_FILE, copyPath(world)]) {
    if (path === undefined || !existsSync(resolve(world.root, path))) continue;
    const text = readFileSync(resolve(world.root, path), "utf8");
    const found = parse(text);
    if (found !== undefined) return { progress: found, ...(damaged ? { damaged } : {}) };
    if (path !== PROGRESS_FILE) continue;
    damaged = savedPath(world, "progress.json");
    renameSync(join(world.root, PROGRESS_FILE), join(world.root, damaged));
  }
  return { progress: { version: 1, steps: {} }, ...(damaged ? { damaged } : {}) };
}

function parse(text: string): Progress | undefined {
  try {
    return progress.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Changes what is known of one step. Needs the lock. */
export function changeProgress(
  world: World,
  step: Step,
  change: (before: StepProgress) => StepProgress,
): void {
  const { progress, damaged } = readProgress(world);
  if (damaged !== undefined) world.stderr.write(`version.sh: ${damagedLine(damaged)}\n`);
  const before = progress.steps[step.dir] ?? {};
  progress.steps[step.dir] = { ...change(before), ...digestsOf(step) };
  const text = `${JSON.stringify(progress, null, 2)}\n`;
  placeText(world, PROGRESS_FILE, text);
  writeCopy(world, text);
}

/** Notes that the learner did something with a step today; the first time counts. */
export function noteDone(
  world: World,
  step: Step,
  what: "read" | "tried" | "solved",
  more: StepProgress = {},
): void {
  const now = world.now().toISOString();
  changeProgress(world, step, (before) => ({ ...before, ...more, [what]: before[what] ?? now }));
}

/** Notes that a step is read. A disk that is full or read-only must not keep anybody from reading on. */
export async function noteRead(world: World, step: Step): Promise<void> {
  try {
    await withLock(world, () => noteDone(world, step, "read"));
  } catch (error) {
    world.stderr.write(`version.sh: your progress was not noted: ${explain(error).line}\n`);
  }
}

/** What to say of a progress file that could not be read. */
export function damagedLine(path: string): string {
  return `${PROGRESS_FILE} could not be read: it is kept as ${path}, and a new one begun`;
}

/** Digests of what a step asks of the learner; line endings do not count, since git may change them. */
export function digestsOf(step: Step): { lesson: string; check: string } {
  const digest = (name: string) => {
    const path = join(step.path, name);
    const text = existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : "";
    return createHash("sha256").update(text).digest("hex").slice(0, 12);
  };
  return { lesson: digest("README.md"), check: digest("check.test.ts") };
}

/** What of a step changed since the learner did it: `its lesson`, `its check`, both or nothing. */
export function changedSince(step: Step, done: StepProgress): string[] {
  const now = digestsOf(step);
  return [
    ...(done.lesson !== undefined && done.lesson !== now.lesson ? ["its lesson"] : []),
    ...(done.check !== undefined && done.check !== now.check ? ["its check"] : []),
  ];
}

/** The copy of the progress inside the folder of git; undefined where there is no such folder. */
function copyPath(world: World): string | undefined {
  const git = join(world.root, ".git");
  const entry = statSync(git, { throwIfNoEntry: false });
  if (entry === undefined) return undefined;
  if (entry.isDirectory()) return join(git, "course", "progress.json");
  // In a worktree it is a file that names the folder.
  const folder = /^gitdir: (.*)$/m.exec(readFileSync(git, "utf8"))?.[1]?.trim();
  return folder === undefined
    ? undefined
    : join(resolve(world.root, folder), "course", "progress.json");
}

function writeCopy(world: World, text: string): void {
  const path = copyPath(world);
  if (path === undefined) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch {
    // It is the second copy: the first one is written.
  }
}
