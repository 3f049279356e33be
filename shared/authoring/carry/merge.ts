import type { World } from "../../course/world.ts";
import { failure, git } from "../git.ts";
import { mergeAdjacent } from "./adjacent.ts";
import { CONTENTS, type Message, parseMerge, type Stages } from "./answer.ts";
import { type Conflict, conflictsOf, withNames } from "./conflicts.ts";
import { carried, type Files, ownWords, partsOf, sameFiles } from "./files.ts";
import { follow, type Rewritten } from "./follow.ts";
import type { Labels } from "./markers.ts";
import { readBlobs, readTree, writeBlob, writeCommit, writeTrees } from "./objects.ts";

/** What came of a merge. */
export interface Merged {
  readonly files: Files;
  readonly conflicts: readonly Conflict[];
  /** Files in which the change stands right beside lines that the step changes: worth a look. */
  readonly beside: readonly string[];
}

/** The change of one step that goes on to the next. */
export interface Change {
  readonly old: Files;
  readonly now: Files;
}

/**
 * Merges the change of a step into the next one, as git merges two branches: base is the step as it
 * was, ours the next one, theirs the step as it is now. Added, removed and renamed files are git's
 * business; only where git sees a conflict because two changes stand next to each other, they are
 * put together (`mergeAdjacent`).
 *
 * The lesson and the checks of two steps are not two versions of one file, so a three-way merge of
 * them says nothing: where it finds no conflict, it has mostly put a paragraph about one step into
 * the lesson of another. A check stays where it is; it is run on all later steps anyway. Of the
 * lesson the lines that were rewritten follow, where they stand word for word in the later one.
 * @param labels the names for the markers
 */
export function mergeStep(
  world: World,
  change: Change,
  ours: Files,
  lines: readonly Rewritten[],
  labels: Labels,
): Merged {
  const { files, ...rest } = mergeCode(
    world,
    carried(change.old),
    carried(ours),
    carried(change.now),
    labels,
  );
  const words = followed(world, ownWords(ours), lines);
  return { files: new Map([...files, ...words]), ...rest };
}

function followed(world: World, words: Files, lines: readonly Rewritten[]): Files {
  const entry = words.get("README.md");
  if (entry === undefined || lines.length === 0) return words;
  const { mode, blob } = partsOf(entry);
  const lesson = readBlobs(world, [blob]).get(blob)?.toString() ?? "";
  const now = follow(lesson, lines);
  if (now === lesson) return words;
  return new Map([...words, ["README.md", `${mode} ${writeBlob(world, Buffer.from(now))}`]]);
}

function mergeCode(world: World, base: Files, ours: Files, theirs: Files, labels: Labels): Merged {
  if (sameFiles(base, theirs)) return { files: ours, conflicts: [], beside: [] };
  if (sameFiles(base, ours)) return { files: theirs, conflicts: [], beside: [] };
  const [baseTree = "", oursTree = "", theirsTree = ""] = writeTrees(world, [base, ours, theirs]);
  // git 2.38 and 2.39 merge commits only; these stand on no branch, and gc removes them.
  const parent = writeCommit(world, baseTree);
  const commits = {
    base: parent,
    ours: writeCommit(world, oursTree, [parent]),
    theirs: writeCommit(world, theirsTree, [parent]),
  };
  const args = ["merge-tree", "--write-tree", "-z", "--messages", commits.ours, commits.theirs];
  const { code, stdout, stderr } = git(world, ["-c", "merge.renames=true", ...args]);
  if (code !== 0 && code !== 1) throw failure(args, stderr);
  const { tree, staged, messages } = parseMerge(stdout.toString());
  const merged = new Map(readTree(world, tree));
  if (code === 0) return { files: merged, conflicts: [], beside: [] };
  const beside: string[] = [];
  for (const [path, stages] of staged) {
    const entry = combined(world, stages, messages, path);
    if (entry === undefined) continue;
    merged.set(path, entry);
    beside.push(path);
  }
  const left = [...staged.keys()].filter((path) => !beside.includes(path));
  const open = messages.filter(
    ({ paths, kind }) => kind !== CONTENTS || !paths.every((path) => beside.includes(path)),
  );
  const named = withNames(world, merged, left, commits, labels);
  const conflicts = conflictsOf(world, named, ours, open, commits, labels);
  return { files: named.files, conflicts, beside };
}

/** A file that is in conflict only because both sides changed lines next to each other. */
function combined(
  world: World,
  stages: Stages,
  messages: readonly Message[],
  path: string,
): string | undefined {
  const [base, ours, theirs] = stages;
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  // Another conflict in the same file, such as two new names for it, is not decided here.
  const its = messages.filter(
    ({ paths, kind }) => paths.includes(path) && kind.startsWith("CONFLICT"),
  );
  if (its.some(({ kind }) => kind !== CONTENTS)) return undefined;
  const all = stages.map((entry) => partsOf(entry ?? ""));
  if (all.some(({ mode }) => mode !== all[0]?.mode || mode === "120000")) return undefined;
  const blobs = readBlobs(
    world,
    all.map(({ blob }) => blob),
  );
  const [a = "", b = "", c = ""] = all.map(({ blob }) => blobs.get(blob)?.toString("latin1"));
  const text = a.includes("\0") ? undefined : mergeAdjacent(a, b, c);
  if (text === undefined) return undefined;
  return `${all[0]?.mode} ${writeBlob(world, Buffer.from(text, "latin1"))}`;
}
