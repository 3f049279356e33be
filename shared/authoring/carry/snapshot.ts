import { mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { git, mustGit } from "../git.ts";
import { type Files, takesPart } from "./files.ts";
import { split, writeBlob } from "./objects.ts";
import { statOf } from "./stat.ts";

/**
 * Reads the files of step folders as they are in the work tree, byte for byte: git's filters (line
 * ends, large files) would give back others than those that were there. Ignored files take no part.
 * @param dirs from the root: `steps/07`
 * @param written what the carry wrote there: its files count even where git ignores them, as long as
 * nobody has changed them
 */
export function snapshots(
  world: World,
  dirs: readonly string[],
  written: ReadonlyMap<string, Files> = new Map(),
): Map<string, Files> {
  const modes = new Map<string, string>();
  const list = (args: readonly string[]) =>
    mustGit(world, ["ls-files", "-z", ...args, "--", ...dirs.map((dir) => `:(literal)${dir}`)])
      .split("\0")
      .filter((line) => line !== "");
  for (const line of list(["--stage"])) {
    const [head, path = ""] = split(line, "\t");
    modes.set(path, head.split(" ", 1)[0] ?? "");
  }
  for (const path of list(["--others", "--exclude-standard"])) modes.set(path, "");
  const ignored = new Map<string, string>();
  for (const [dir, files] of written)
    for (const [path, entry] of files) {
      if (modes.has(`${dir}/${path}`)) continue;
      ignored.set(`${dir}/${path}`, entry);
      modes.set(`${dir}/${path}`, "");
    }

  const truth = settings(world);
  const found = new Map(dirs.map((dir) => [dir, new Map<string, string>()]));
  const regular: { path: string; mode: string }[] = [];
  const put = (path: string, entry: string) => {
    if ((ignored.get(path) ?? entry) !== entry) return;
    const dir = dirs.find((each) => path.startsWith(`${each}/`)) ?? "";
    found.get(dir)?.set(path.slice(dir.length + 1), entry);
  };
  for (const [path, known] of modes) {
    const dir = dirs.find((each) => path.startsWith(`${each}/`));
    if (dir === undefined || !takesPart(path.slice(dir.length + 1))) continue;
    const stat = statOf(join(world.root, path));
    if (stat === undefined) continue;
    if (stat.isSymbolicLink())
      put(path, `120000 ${writeBlob(world, Buffer.from(readlinkSync(join(world.root, path))))}`);
    else if (stat.isFile()) regular.push({ path, mode: modeOf(stat.mode, known, truth) });
    // A folder in the place of a file that git knows: its own files are in the list.
    else if (known === "160000" || path.endsWith("/"))
      throw new CourseError(
        `${path} is a repository inside a step: carry knows files and links only. Move it out of ${dir}`,
      );
    else if (!stat.isDirectory())
      throw new CourseError(`${path} is neither a file nor a link: remove it, then try again`);
  }
  const names = regular.map(({ path }) => `${quoted(path)}\n`).join("");
  const blobs = mustGit(world, ["hash-object", "-w", "--no-filters", "--stdin-paths"], {
    input: names,
  }).split("\n");
  for (const [index, { path, mode }] of regular.entries()) put(path, `${mode} ${blobs[index]}`);
  return found;
}

/** The files of one step folder, as they are in the work tree. */
export function snapshot(world: World, dir: string, written: Files = new Map()): Files {
  return snapshots(world, [dir], new Map([[dir, written]])).get(dir) ?? new Map();
}

/** The permissions of a step's files, which git knows only by half: path → mode of the file system. */
export function permissions(world: World, dir: string, files: Files): Map<string, number> {
  const found = new Map<string, number>();
  for (const path of files.keys()) {
    const stat = statOf(join(world.root, dir, path));
    if (stat?.isFile()) found.set(path, stat.mode & 0o7777);
  }
  return found;
}

/**
 * Reads the files of a step folder of a commit, as they come out in the work tree.
 * @returns no files if the commit has no such folder
 */
export function snapshotOf(world: World, commit: string, dir: string): Files {
  const list = mustGit(world, ["ls-tree", "-r", "-z", commit, "--", dir])
    .split("\0")
    .flatMap((line) => {
      const [head, path] = split(line, "\t");
      const [mode = "", , blob = ""] = head.split(" ");
      const inside = path?.slice(dir.length + 1);
      return path === undefined || inside === undefined || !takesPart(inside)
        ? []
        : [{ path, inside, mode, blob }];
    });
  if (list.length === 0) return new Map();
  const folder = mkdtempSync(join(tmpdir(), "carry-"));
  try {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    mustGit(world, ["read-tree", commit], { env });
    mustGit(world, ["checkout-index", "-z", "--stdin", `--prefix=${join(folder, "files")}/`], {
      env,
      ownLineEnds: true,
      input: list.map(({ path }) => `${path}\0`).join(""),
    });
    const regular = list.filter(({ mode }) => mode === "100644" || mode === "100755");
    const blobs = mustGit(world, ["hash-object", "-w", "--no-filters", "--stdin-paths"], {
      input: regular.map(({ path }) => `${quoted(join(folder, "files", path))}\n`).join(""),
    }).split("\n");
    const written = new Map(regular.map(({ inside }, index) => [inside, blobs[index]]));
    return new Map(
      list.map(({ inside, mode, blob }) => [inside, `${mode} ${written.get(inside) ?? blob}`]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the file system here can tell: some know no permissions (core.fileMode), some no links. */
interface Truth {
  readonly fileMode: boolean;
  readonly symlinks: boolean;
}

/** Which of git's modes the file system can keep. */
export function settings(world: World): Truth {
  const isOff = (name: string) =>
    git(world, ["config", "--type=bool", "--get", name]).stdout.toString().trim() === "false";
  return { fileMode: !isOff("core.fileMode"), symlinks: !isOff("core.symlinks") };
}

function modeOf(mode: number, known: string, truth: Truth): string {
  if (!truth.symlinks && known === "120000") return known;
  if (!truth.fileMode) return known === "100755" ? known : "100644";
  return mode & 0o100 ? "100755" : "100644";
}

/** A path as git reads it from its input, where a line is a path. */
function quoted(path: string): string {
  return /["\\\n]/.test(path)
    ? `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`
    : path;
}
