import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { fromRoot, isDirectory, isStepId, SEQUELS, type Step } from "../course/course.ts";
import { isAboutCode, LESSON_FOLDER, NO_PART_OF_A_STEP } from "../course/files.ts";
import { MINE } from "../course/mine.ts";
import { authorDir } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { type Copy, isSame, readCopy } from "./copies.ts";

/**
 * What of a step is linked into the root: app.ts and the folders and modules beside it, such as
 * `views`, `public` and `lib`, without its lesson, its check and its data.
 * @returns the names, app.ts last
 */
export function linkedNames(step: Step): string[] {
  const beside = isDirectory(step.path) ? readdirSync(step.path).sort() : [];
  const names = beside.filter((name) =>
    isDirectory(join(step.path, name))
      ? name !== LESSON_FOLDER && !NO_PART_OF_A_STEP.has(name) && !name.startsWith(".")
      : isModule(name) && !isAboutCode(name) && name !== APP,
  );
  return [...names, APP];
}

const isModule = (name: string) => /\.[cm]?[jt]s$/.test(name);

/** Whether a name has to be free for the links: of others the root may have a file of its own. */
export function isReserved(name: string): boolean {
  return name === APP || isComparison(name) || ["views", "public", "lib"].includes(name);
}

/** The folders of a step that are linked into the root. */
export function linkedFolders(step: Step): string[] {
  return linkedNames(step).filter((name) => isDirectory(join(step.path, name)));
}

const APP = "app.ts";

/** What stands under a name of ours: nothing, a link or copy of ours, or something of the learner's. */
export type Found =
  | { kind: "free" }
  | { kind: "link"; target: string }
  | ({ kind: "copy" } & Copy)
  | { kind: "foreign"; reason: string };

/** Whether a name in the root is that of a link for comparing: `app-07b.ts`. */
export function isComparison(name: string): boolean {
  return isStepId(/^app-(.+)\.ts$/.exec(name)?.[1] ?? "");
}

/** What stands in the root under a name of ours; `owned` are the courses whose files our links lead to. */
export function inspect(world: World, owned: readonly string[], name: string): Found {
  const path = join(world.root, name);
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return { kind: "free" };
  const file = isComparison(name) ? APP : name;
  // A further course that was removed leaves links behind, which are ours still.
  const isOurs = (target: string | undefined): target is string => {
    // A learner's own step leads to mine/steps/07.
    const parts = authorDir(target ?? "").split("/");
    return (
      parts.at(-1) === file &&
      isStepId(parts.at(-2) ?? "") &&
      (owned.includes(parts.slice(0, -2).join("/")) || (parts.length === 4 && parts[0] === SEQUELS))
    );
  };
  if (entry.isSymbolicLink()) {
    const text = readlinkSync(path);
    const target = fromRoot(world.root, resolve(world.root, text));
    // Ours are relative; a junction of Windows knows absolute targets alone.
    const byHand = isAbsolute(text) && world.platform !== "win32";
    return isOurs(target) && !byHand
      ? { kind: "link", target }
      : { kind: "foreign", reason: `is a link to ${text} that version.sh did not make` };
  }
  const copy = readCopy(path, entry.isDirectory());
  if (copy !== undefined && isOurs(copy.target)) return { kind: "copy", ...copy };
  const same = sameAs(world, owned, name, file);
  if (same !== undefined) return { kind: "copy", target: same, edited: false };
  const what = entry.isDirectory() ? "folder" : "file";
  return {
    kind: "foreign",
    reason: `is a ${what} of your own where the link to the step's ${file} should go`,
  };
}

/**
 * The step's file or folder that one in the root is the same as: what a ZIP file, a USB stick or a
 * `cp -rL` of the whole folder made of a link.
 */
function sameAs(
  world: World,
  owned: readonly string[],
  name: string,
  file: string,
): string | undefined {
  if (!isReserved(name) && !isModule(name)) return undefined;
  const own = (path: string) => join(world.root, path);
  const courses = owned.flatMap((course) => [course, `${MINE}/${course}`]);
  return courses
    .filter((course) => isDirectory(own(course)))
    .flatMap((course) => readdirSync(own(course)).map((step) => `${course}/${step}`))
    .filter(
      (step) => isStepId(basename(step)) && (file === name || name === `app-${basename(step)}.ts`),
    )
    .map((step) => `${step}/${file}`)
    .find((target) => isSame(own(name), own(target)));
}
