import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { changesBetween, type FileChange, type Side } from "../course/changes.ts";
import { CourseError } from "../course/errors.ts";
import { colourDiff, painter, sizeLines } from "../course/text.ts";
import { say, type World } from "../course/world.ts";
import { findCommand, page } from "./pager.ts";

/** How a comparison is shown. */
export interface DiffOptions {
  /** Only the number of lines of each file. */
  readonly stat?: boolean;
  /** In VS Code. */
  readonly code?: boolean;
}

/**
 * Shows how two folders differ.
 * @param same what to say where they do not
 * @param isShown which files count; all of them if left out
 */
export async function showDiff(
  world: World,
  before: Side,
  after: Side,
  { stat }: DiffOptions,
  same: string,
  isShown: (change: FileChange) => boolean = () => true,
): Promise<void> {
  const changes = changesBetween(before, after).filter(isShown);
  const paint = painter(world);
  if (changes.length === 0) say(world, same);
  else if (!stat)
    await page(world, colourDiff(changes.map((change) => change.patch).join(""), paint));
  else {
    say(world, `From ${before.path === undefined ? "nothing" : before.name} to ${after.name}:`);
    for (const line of sizeLines(changes, paint)) say(world, `  ${line}`);
    const sum = (key: "added" | "removed") =>
      changes.reduce((total, change) => total + change[key], 0);
    const files = changes.length === 1 ? "1 file" : `${changes.length} files`;
    say(world, `${files}, +${sum("added")} -${sum("removed")}`);
  }
}

/**
 * Opens the programs of two folders side by side in VS Code: app.ts, and each module that differs.
 * A module that only one of them has is opened alone.
 * @throws CourseError if it is not installed, or did not open
 */
export function openInCode(world: World, before: string, after: string): void {
  const code = findCommand(world, "code");
  if (code === undefined)
    throw new CourseError(
      "VS Code's command `code` is not on the PATH: in VS Code press F1 and choose \"Shell Command: Install 'code' command in PATH\", or leave --code out",
    );
  const modules = changesBetween({ name: "", path: before }, { name: "", path: after })
    .map(({ path }) => path)
    .filter((path) => /^lib\/.+\.ts$/.test(path));
  for (const path of ["app.ts", ...modules]) {
    const files = [before, after].map((folder) => join(folder, path)).filter(existsSync);
    open(world, code, files.length === 2 ? ["--diff", ...files] : files);
  }
}

function open(world: World, code: string, args: readonly string[]): void {
  // On Windows `code` is a .cmd file, which only a shell can run.
  const shell = world.platform === "win32";
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const { status, error } = spawnSync(shell ? `"${code}"` : code, quoted, {
    stdio: "inherit",
    shell,
    env: { ...world.env },
  });
  if (error !== undefined || status !== 0)
    throw new CourseError(`VS Code did not open (${error?.message ?? `exit code ${status}`})`);
}
