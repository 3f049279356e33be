import {
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Course, courseFolders, isDirectory, type Step } from "../course/course.ts";
import { CourseError, codeOf } from "../course/errors.ts";
import { readOnly, workFolder } from "../course/lock.ts";
import { savedPath } from "../course/saved.ts";
import { adoptedDir, STATE_FILE } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { writeCopy, writeFolderCopy, writeRunner } from "./copies.ts";
import { inspect, isComparison, isReserved, linkedNames } from "./found.ts";

/** A link that should stand in the root. */
export interface Link {
  /** Its name in the root: `app.ts`, `app-07.ts`, `views`, `public`, `lib`. */
  readonly name: string;
  /** What it leads to, from the root: `steps/07/app.ts`. */
  readonly target: string;
}

/** What a change of the links did. */
export interface Changes {
  /** The names that lead elsewhere now, or are new. */
  readonly changed: readonly string[];
  /** Copies that the learner had edited, and where they are now, from the root. */
  readonly saved: readonly { name: string; path: string }[];
  /** Whether this is the first time that copies stand in for links here. */
  readonly firstCopies: boolean;
}

/** The links for comparing, `app-NN.ts`, of all steps of a course. */
export function comparisonLinks(course: Course): Link[] {
  return course.steps
    .filter((step) => lstatSync(join(step.path, "app.ts"), { throwIfNoEntry: false }) !== undefined)
    .map((step) => ({ name: `app-${step.id}.ts`, target: `${step.dir}/app.ts` }));
}

/** All links that belong in the root while a step is adopted; app.ts comes last. */
export function adoptionLinks(course: Course, step: Step): Link[] {
  return [
    ...comparisonLinks(course),
    ...linkedNames(step).map((name) => ({ name, target: `${step.dir}/${name}` })),
  ];
}

/** A change of the links that was checked, and that nothing stands in the way of. */
export interface Plan {
  readonly links: readonly Link[];
  readonly stale: readonly string[];
  readonly edited: readonly string[];
  readonly hadCopies: boolean;
  /** The step's folder for step.txt; undefined leaves step.txt alone. */
  readonly dir: string | undefined;
}

/**
 * Checks everything that the change would touch, and changes nothing.
 * @param dir the step's folder to write to step.txt; without it only the links for comparing are meant
 * @throws CourseError naming all files that are not ours
 */
export function planLinks(
  world: World,
  course: Course,
  links: readonly Link[],
  dir?: string,
): Plan {
  adoptedDir(world);
  const owned = [...courseFolders(world.root), course.folder];
  const found = (name: string) => inspect(world, owned, name);
  const inTheWay = links.flatMap(({ name }) => {
    const what = found(name);
    return isReserved(name) && what.kind === "foreign" ? [{ name, reason: what.reason }] : [];
  });
  const [first, ...others] = inTheWay;
  if (first !== undefined)
    throw new CourseError(
      others.length === 0
        ? `${first.name} in ${world.root} ${first.reason}: rename or move it away, then try again`
        : `${inTheWay.map(({ name }) => name).join(", ")} in ${world.root} are your own, where links to files of steps should go: rename or move them away, then try again`,
    );
  const free = links.filter(({ name }) => found(name).kind !== "foreign");
  const wanted = new Set(free.map((link) => link.name));
  const kinds = readdirSync(world.root)
    .map((name) => ({ name, found: found(name) }))
    .filter(({ found }) => found.kind === "link" || found.kind === "copy");
  const stale = kinds
    .map(({ name }) => name)
    .filter((name) => !wanted.has(name) && (dir !== undefined || isComparison(name)));
  return {
    links: free.filter(({ name, target }) => {
      const now = found(name);
      return !(now.kind === "link" && now.target === target);
    }),
    stale,
    edited: kinds
      .filter(
        ({ name, found }) =>
          found.kind === "copy" && found.edited && (wanted.has(name) || stale.includes(name)),
      )
      .map(({ name }) => name),
    hadCopies: kinds.some(({ found }) => found.kind === "copy"),
    dir,
  };
}

/**
 * Carries a plan out: everything is made ready in the work folder first, then moved into place
 * one by one, step.txt last, because it restarts the running server. Needs the lock.
 */
export function applyPlan(world: World, plan: Plan): Changes {
  const ready = join(workFolder(world), "ready");
  // Left behind by a process that was killed: nobody else works here while we hold the lock.
  try {
    rmSync(ready, { recursive: true, force: true });
    mkdirSync(ready);
    let copies = false;
    for (const link of plan.links)
      copies = makeReady(world, link, join(ready, link.name)) || copies;
    if (plan.dir !== undefined) writeFileSync(join(ready, STATE_FILE), `${plan.dir}\n`);
    const saved = plan.edited.map((name) => {
      const path = savedPath(world, name);
      renameSync(join(world.root, name), join(world.root, path));
      return { name, path };
    });
    for (const { name } of plan.links) moveIntoPlace(join(ready, name), join(world.root, name));
    for (const name of plan.stale) removeLink(join(world.root, name));
    if (plan.dir !== undefined) renameSync(join(ready, STATE_FILE), join(world.root, STATE_FILE));
    return {
      changed: plan.links.map((link) => link.name),
      saved,
      firstCopies: copies && !plan.hadCopies,
    };
  } catch (error) {
    throw readOnly(world, error);
  } finally {
    rmSync(ready, { recursive: true, force: true });
  }
}

/**
 * How systems refuse links: Windows without the right to make them, file systems that have none,
 * folders that a virtual machine or a container shares. Where the folder is read-only, the copy
 * that is tried next fails in the same way, and says so.
 */
const REFUSED = new Set([
  ...["EPERM", "EACCES", "EROFS", "EPROTO", "EINVAL"],
  ...["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "UNKNOWN"],
]);

/** Makes a link, or what stands in for it; returns whether it became a copy. */
function makeReady(world: World, { name, target }: Link, path: string): boolean {
  const isFolder = isDirectory(join(world.root, target));
  try {
    if (world.env.COURSE_LINKS === "copies") throw Object.assign(new Error(), { code: "ENOTSUP" });
    symlinkSync(target, path, isFolder ? "dir" : "file");
    return false;
  } catch (error) {
    if (!REFUSED.has(codeOf(error) ?? "")) throw error;
  }
  if (!isFolder && name === "app.ts") writeRunner(target, path);
  else if (!isFolder) writeCopy(world.root, target, path);
  // A junction needs no right that Windows withholds, but only an absolute path.
  else if (world.platform === "win32") symlinkSync(join(world.root, target), path, "junction");
  else writeFolderCopy(world.root, target, path);
  return true;
}

/** Moves a link or copy over the old one: atomically, but where the old one is a folder. */
function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A folder and a link do not replace each other; Windows moves nothing over a link to a folder.
    if (!["EPERM", "EEXIST", "EISDIR", "ENOTDIR", "ENOTEMPTY"].includes(codeOf(error) ?? ""))
      throw error;
    removeLink(to);
    renameSync(from, to);
  }
}

/** Removes a link or a copy of ours; never what a link leads to. */
function removeLink(path: string): void {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) rmSync(path, { recursive: true });
  else if (entry !== undefined) unlinkSync(path);
}
