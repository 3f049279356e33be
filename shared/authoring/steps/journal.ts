import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CourseError, codeOf, explain } from "../../course/errors.ts";
import { filesOf, isOfLesson } from "../../course/files.ts";
import { WORK_FOLDER, workFolder } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";

/**
 * How the folders of a course are rearranged so that an interruption at any moment leaves either
 * the old course or the new one, once the next verb has finished what was begun. All that is new is
 * written to `.course/steps/prepared` first; its rename to `commit` decides. From there on each
 * move is a rename that can be repeated: first all folders leave their places, then, after the mark
 * `left`, they take their new ones, so that 03 can become 04 while 04 becomes 05.
 */
const WORK = "steps";
const PREPARED = "prepared";
const COMMIT = "commit";
const PLAN = "plan.json";
const LEFT = "left";

/** Where a decided rearrangement waits, from the root: `run.ts` looks for it. */
export const UNFINISHED = `${WORK_FOLDER}/${WORK}/${COMMIT}`;

const plan = z.object({
  course: z.string(),
  moves: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Where the prepared folders go, and the texts. */
  folders: z.array(z.string()),
  texts: z.array(z.string()),
  removed: z.array(z.string()),
  /** The folder that step.txt has to name afterwards; undefined if nothing of the course is adopted. */
  adopt: z.string().optional(),
});

/** What a file is to hold; a text alone is a plain file. */
export type NewFile =
  | string
  | { readonly bytes: Uint8Array; readonly mode: "file" | "program" | "link" };

/** A change of a course's folders. All paths are from the root. */
export interface Rearrangement {
  readonly course: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** New folders: copies of another one's files without its data and drawings, with some texts instead. */
  readonly copies: readonly {
    readonly from: string;
    readonly to: string;
    readonly texts: Readonly<Record<string, string>>;
  }[];
  /** Files with a new text, where they are after the moves. */
  readonly texts: ReadonlyMap<string, NewFile>;
  /** Files that go, where they are after the moves. */
  readonly removed: readonly string[];
  readonly adopt: string | undefined;
}

/** What is done at the end, and again if it was interrupted: with the course as it is then. */
export type AtEnd = (world: World, course: string, adopt: string | undefined) => void;

/** Writes all that is new to the disk, and decides. Needs the lock. */
export function commit(world: World, change: Rearrangement): void {
  const work = join(workFolder(world), WORK);
  const prepared = join(work, PREPARED);
  try {
    rmSync(prepared, { recursive: true, force: true });
    mkdirSync(join(prepared, "texts"), { recursive: true });
    for (const [index, { from, texts }] of change.copies.entries()) {
      const folder = join(prepared, "folders", String(index));
      const copied = filesOf(join(world.root, from)).filter(
        (path) => !(path in texts) && !isOfLesson(path),
      );
      for (const path of copied)
        cpSync(join(world.root, from, path), join(folder, path), { verbatimSymlinks: true });
      for (const [path, text] of Object.entries(texts)) write(join(folder, path), text);
    }
    for (const [index, text] of [...change.texts.values()].entries())
      write(join(prepared, "texts", String(index)), text);
    const { course, moves, removed, adopt } = change;
    const folders = change.copies.map(({ to }) => to);
    const texts = [...change.texts.keys()];
    write(join(prepared, PLAN), JSON.stringify({ course, moves, folders, texts, removed, adopt }));
    renameSync(prepared, join(work, COMMIT));
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Carries out what was decided. Needs the lock.
 * @throws CourseError if the system refuses a move: the next verb goes on from there
 */
export function finish(world: World, atEnd: AtEnd): void {
  const folder = join(world.root, UNFINISHED);
  if (!existsSync(folder)) return;
  // Removed first at the end: then only the rest is to be removed.
  if (existsSync(join(folder, PLAN))) {
    const { course, moves, folders, texts, removed, adopt } = plan.parse(
      JSON.parse(readFileSync(join(folder, PLAN), "utf8")),
    );
    const gone = (index: number) => join(folder, "moved", String(index));
    mkdirSync(join(folder, "moved"), { recursive: true });
    try {
      if (!existsSync(join(folder, LEFT))) {
        for (const [index, { from }] of moves.entries())
          if (!existsSync(gone(index))) renameSync(join(world.root, from), gone(index));
        write(join(folder, LEFT), "");
      }
      for (const [index, { to }] of moves.entries()) putInPlace(gone(index), join(world.root, to));
      for (const [index, to] of folders.entries())
        putInPlace(join(folder, "folders", String(index)), join(world.root, to));
      for (const path of removed) removeFile(world, course, path);
      for (const [index, path] of texts.entries())
        putInPlace(join(folder, "texts", String(index)), join(world.root, path));
    } catch (error) {
      throw new CourseError(
        `the folders of ${course}/ are half rearranged (${explain(error).line}): stop what uses them, then any ./version.sh command finishes it`,
      );
    }
    atEnd(world, course, adopt);
    rmSync(join(folder, PLAN));
  }
  rmSync(folder, { recursive: true, force: true });
}

function putInPlace(ready: string, to: string): void {
  if (statOf(ready) === undefined) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(ready, to);
}

/** What stands under a path; undefined also where a file stands in the place of one of its folders. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Removes a file, and the folders that are empty then. */
function removeFile(world: World, course: string, path: string): void {
  // When it is done again, a folder may stand there, or a file in the place of its folder.
  if (statOf(join(world.root, path))?.isDirectory() === false) rmSync(join(world.root, path));
  for (let folder = dirname(path); dirname(folder) !== course; folder = dirname(folder)) {
    const there = statOf(join(world.root, folder));
    if (dirname(folder) === "." || there?.isDirectory() === false) return;
    if (there !== undefined && readdirSync(join(world.root, folder)).length > 0) return;
    rmSync(join(world.root, folder), { recursive: true, force: true });
  }
}

/** Writes a file and brings it to the disk: after a power cut a renamed file may be empty otherwise. */
function write(path: string, file: NewFile): void {
  mkdirSync(dirname(path), { recursive: true });
  const { bytes, mode } = typeof file === "string" ? { bytes: file, mode: "file" } : file;
  if (mode === "link") {
    symlinkSync(Buffer.from(bytes), path);
    return;
  }
  const handle = openSync(path, "w");
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (mode === "program") chmodSync(path, 0o755);
}
