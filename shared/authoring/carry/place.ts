import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CourseError } from "../../course/errors.ts";
import { workFolder } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";
import { requireAsRead } from "./as-read.ts";
import { changedPaths, type Files, partsOf } from "./files.ts";
import { readBlobs } from "./objects.ts";
import { settings } from "./snapshot.ts";
import { statOf } from "./stat.ts";

/**
 * Gives a step folder other files. Each file is written beside, brought to the disk and renamed into
 * place, so that it is the old or the new one at any moment; what an interruption leaves undone is
 * done by calling it again.
 * @param dir from the root: `steps/07`
 * @param now what is there
 * @param permissions the mode of files, where it is known better than git knows it
 * @throws CourseError if an ignored file of the author's is in the way; then nothing is changed. Also
 *   where the author has written to a file since it was read; the rest is then done by the next call
 */
export function placeStep(
  world: World,
  dir: string,
  now: Files,
  files: Files,
  permissions: ReadonlyMap<string, number> = new Map(),
): void {
  const paths = changedPaths(now, files);
  const inside = (path: string) => join(world.root, dir, path);
  for (const path of paths) {
    const there = now.has(path) ? undefined : statOf(inside(path));
    if (there === undefined) continue;
    const isFolder = there.isDirectory();
    // A folder is in the way only if something is in it that is not removed first.
    if (isFolder && isEmptiedBy(inside(path), path, now, files)) continue;
    throw new CourseError(
      `${dir}/${path} is in the way: git ignores it, and the change brings a file of this name. Move it away, then try again with ./version.sh carry --continue or --abort`,
    );
  }
  const blobs = readBlobs(
    world,
    paths.flatMap((path) => files.get(path) ?? []).map((entry) => partsOf(entry).blob),
  );
  const { symlinks } = settings(world);
  const work = join(workFolder(world), "carry");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const asRead = (path: string) => requireAsRead(inside(path), now.get(path), `${dir}/${path}`);
  for (const path of paths) {
    if (files.has(path)) continue;
    asRead(path);
    remove(world, dir, path);
  }
  for (const path of paths) {
    const entry = files.get(path);
    if (entry === undefined) continue;
    const { mode, blob } = partsOf(entry);
    const bytes = blobs.get(blob) ?? Buffer.alloc(0);
    const target = inside(path);
    const old = statOf(target);
    const ready = join(work, "file");
    rmSync(ready, { force: true });
    if (mode === "120000" && symlinks) symlinkSync(bytes.toString(), ready);
    else {
      writeFileSync(ready, bytes);
      const kept = old?.isFile() ? old.mode & 0o7777 : undefined;
      chmodSync(ready, permissions.get(path) ?? withMode(kept, mode === "100755", ready));
      toDisk(ready);
    }
    mkdirSync(dirname(target), { recursive: true });
    asRead(path);
    renameSync(ready, target);
  }
  rmSync(work, { recursive: true, force: true });
}

/** The permissions of a file: those that it had, or what the author's umask gives, with or without x. */
function withMode(kept: number | undefined, isProgram: boolean, ready: string): number {
  const mode = kept ?? (statOf(ready)?.mode ?? 0o644) & 0o7777;
  if (!isProgram) return mode & ~0o111;
  return mode & 0o111 ? mode : mode | ((mode & 0o444) >> 2);
}

function isEmptiedBy(folder: string, path: string, now: Files, files: Files): boolean {
  return readdirSync(folder, { withFileTypes: true }).every((entry) => {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) return isEmptiedBy(join(folder, entry.name), inside, now, files);
    return now.has(inside) && !files.has(inside);
  });
}

/** Removes a file, and the folders that are empty without it. */
function remove(world: World, dir: string, path: string): void {
  rmSync(join(world.root, dir, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const full = join(world.root, dir, folder);
    if (!statOf(full)?.isDirectory()) continue;
    if (readdirSync(full).length > 0) return;
    rmdirSync(full);
  }
}

function toDisk(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
