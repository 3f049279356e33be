import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { git, mustGit } from "../git.ts";
import type { Files } from "./files.ts";

/** Reads blobs in one call. */
export function readBlobs(world: World, blobs: readonly string[]): Map<string, Buffer> {
  const wanted = [...new Set(blobs)];
  const found = new Map<string, Buffer>();
  if (wanted.length === 0) return found;
  const { stdout } = git(world, ["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` });
  let at = 0;
  for (const blob of wanted) {
    const end = stdout.indexOf(10, at);
    const [, kind, size] = stdout.toString("utf8", at, end).split(" ");
    if (kind !== "blob")
      throw new CourseError(`git has lost a file of a step (${blob}): git fsck tells more`);
    found.set(blob, stdout.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return found;
}

/** Writes a blob, byte for byte. */
export function writeBlob(world: World, bytes: Uint8Array): string {
  return mustGit(world, ["hash-object", "-w", "--no-filters", "--stdin"], { input: bytes });
}

/** The files of a tree. */
export function readTree(world: World, tree: string): Files {
  const list = mustGit(world, ["ls-tree", "-r", "-z", tree]);
  return new Map(
    list.split("\0").flatMap((line): [string, string][] => {
      const [head = "", path] = split(line, "\t");
      const [mode, , blob] = head.split(" ");
      return path === undefined ? [] : [[path, `${mode} ${blob}`]];
    }),
  );
}

/** Writes trees, in as many calls as they are deep. */
export function writeTrees(world: World, all: readonly Files[]): string[] {
  type Folder = { depth: number; entries: Map<string, string>; parent?: [Folder, string] };
  const folders: Folder[] = [];
  const tops = all.map((files) => {
    const top: Folder = { depth: 0, entries: new Map() };
    const known = new Map<string, Folder>([["", top]]);
    folders.push(top);
    const folderAt = (path: string): Folder => {
      const seen = known.get(path);
      if (seen !== undefined) return seen;
      const slash = path.lastIndexOf("/");
      const parent = folderAt(path.slice(0, Math.max(slash, 0)));
      const folder: Folder = {
        depth: parent.depth + 1,
        entries: new Map(),
        parent: [parent, path.slice(slash + 1)],
      };
      known.set(path, folder);
      folders.push(folder);
      return folder;
    };
    for (const [path, entry] of files) {
      const slash = path.lastIndexOf("/");
      const [mode, blob] = entry.split(" ");
      const folder = folderAt(path.slice(0, Math.max(slash, 0)));
      folder.entries.set(path.slice(slash + 1), `${mode} blob ${blob}`);
    }
    return top;
  });
  const ids = new Map<Folder, string>();
  for (let depth = Math.max(0, ...folders.map((it) => it.depth)); depth >= 0; depth--) {
    const level = folders.filter((it) => it.depth === depth);
    // Each tree ends with an empty record.
    const input = level
      .map(({ entries }) => [...entries].map(([name, entry]) => `${entry}\t${name}\0`).join(""))
      .map((tree) => `${tree}\0`)
      .join("");
    const written = mustGit(world, ["mktree", "-z", "--batch"], { input }).split("\n");
    for (const [index, folder] of level.entries()) {
      const id = written[index] ?? "";
      ids.set(folder, id);
      folder.parent?.[0].entries.set(folder.parent[1], `040000 tree ${id}`);
    }
  }
  return tops.map((top) => ids.get(top) ?? "");
}

/** Writes a commit that stands on no branch. */
export function writeCommit(
  world: World,
  tree: string,
  parents: readonly string[] = [],
  message = "carry",
  seconds = 1_700_000_000,
): string {
  const args = parents.flatMap((parent) => ["-p", parent]);
  const env = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((role) => [
      [`GIT_${role}_NAME`, "carry"],
      [`GIT_${role}_EMAIL`, "carry@localhost"],
      [`GIT_${role}_DATE`, `${seconds} +0000`],
    ]),
  );
  return mustGit(world, ["commit-tree", ...args, "-m", message, tree], { env });
}

/** Splits at the first separator. */
export function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
