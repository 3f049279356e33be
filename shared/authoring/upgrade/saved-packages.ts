import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { workFolder } from "../../course/lock.ts";
import { savedPath } from "../../course/saved.ts";
import type { World } from "../../course/world.ts";
import { installations } from "./outdated.ts";

/** Where the files are that say which packages there are, as they were before and after an upgrade. */
const FOLDER = "upgrade";

/** Keeps these files as they are now, so that `upgrade --undo` brings them back. */
export function keepPackages(world: World): void {
  const folder = join(workFolder(world), FOLDER);
  const ready = `${folder}.new`;
  rmSync(ready, { recursive: true, force: true });
  copy(filesThere(world), world.root, join(ready, "before"));
  rmSync(folder, { recursive: true, force: true });
  renameSync(ready, folder);
}

/** Keeps what came of it, so that later edits by hand are seen. */
export function keepResult(world: World): void {
  copy(filesThere(world), world.root, join(workFolder(world), FOLDER, "after"));
}

/** Whether there is anything to go back to. */
export function hasKept(world: World): boolean {
  return existsSync(join(workFolder(world), FOLDER, "before"));
}

/**
 * Brings the files back. What somebody has changed by hand since then is kept aside.
 * @returns where that is now, from the root
 */
export function bringBack(world: World): string[] {
  const folder = join(workFolder(world), FOLDER);
  const files = filesOf(world.root);
  const changed = files.filter((file) => {
    const [after, now] = [join(folder, "after", file), join(world.root, file)];
    return existsSync(after) && existsSync(now) && !sameFile(after, now);
  });
  const aside = changed.map((file) => {
    const path = savedPath(world, file.replaceAll("/", "-"));
    cpSync(join(world.root, file), join(world.root, path));
    return path;
  });
  const before = files.filter((file) => existsSync(join(folder, "before", file)));
  copy(before, join(folder, "before"), world.root);
  return aside;
}

/** Forgets what was kept. */
export function forgetKept(world: World): void {
  rmSync(join(workFolder(world), FOLDER), { recursive: true, force: true });
}

function filesThere(world: World): string[] {
  return filesOf(world.root).filter((file) => existsSync(join(world.root, file)));
}

/** The files that say which packages there are, from the root. */
function filesOf(root: string): string[] {
  return installations(root).flatMap(({ folder, manifests }) => [
    within(folder, "package-lock.json"),
    ...manifests.map((each) => within(each, "package.json")),
  ]);
}

function within(folder: string, file: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

function copy(files: readonly string[], from: string, to: string): void {
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}

function sameFile(a: string, b: string): boolean {
  return readFileSync(a).equals(readFileSync(b));
}
