import { lstatSync, readlinkSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fromRoot, isStepId, SEQUELS } from "../course/course.ts";
import { authorDir } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { type Copy, readCopy } from "./copies.ts";

/** The folders of a step that are linked into the root too, where the step has them. */
export const FOLDERS = ["views", "public"];

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

/** Whether a name in the root is one that links of ours have. */
export function isManaged(name: string): boolean {
  return name === "app.ts" || FOLDERS.includes(name) || isComparison(name);
}

/** What stands in the root under a name of ours; `owned` are the courses whose files our links lead to. */
export function inspect(world: World, owned: readonly string[], name: string): Found {
  const path = join(world.root, name);
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return { kind: "free" };
  const file = FOLDERS.includes(name) ? name : "app.ts";
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
  const what = entry.isDirectory() ? "folder" : "file";
  return {
    kind: "foreign",
    reason: `is a ${what} of your own where the link to the step's ${file} should go`,
  };
}
