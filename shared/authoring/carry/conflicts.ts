import type { World } from "../../course/world.ts";
import { CONTENTS, type Message } from "./answer.ts";
import { type Files, partsOf } from "./files.ts";
import { type Labels, markerLines, relabel } from "./markers.ts";
import { readBlobs, writeBlob } from "./objects.ts";

/** What git could not decide. */
export interface Conflict {
  /** Inside the step's folder. */
  readonly path: string;
  /** Where the first marker stands; none for what markers cannot show: a removed or a binary file. */
  readonly line?: number;
  /** What is the matter, as git says it. */
  readonly what: string;
}

/** The merged files with names in the place of commits, in markers and in names of files. */
export function withNames(
  world: World,
  merged: Files,
  staged: readonly string[],
  commits: Labels,
  labels: Labels,
): { files: Files; blobs: Map<string, Buffer>; paths: Set<string> } {
  const rename = (path: string) => withoutCommits(path, commits);
  const files = new Map<string, string>();
  // A file that git moved aside is not in the list of conflicts by its new name.
  const paths = new Set([...staged, ...[...merged.keys()].filter((path) => rename(path) !== path)]);
  const blobs = readBlobs(
    world,
    [...paths].flatMap((path) => merged.get(path) ?? []).map((entry) => partsOf(entry).blob),
  );
  const texts = new Map<string, Buffer>();
  for (const [path, entry] of merged) {
    const { mode, blob } = partsOf(entry);
    const bytes = paths.has(path) ? blobs.get(blob) : undefined;
    const named = bytes && relabel(bytes, commits, labels);
    if (named !== undefined) texts.set(rename(path), named);
    files.set(
      rename(path),
      named === bytes || named === undefined ? entry : `${mode} ${writeBlob(world, named)}`,
    );
  }
  return { files, blobs: texts, paths: new Set([...paths].map(rename)) };
}

/** git moves a file aside, where a folder takes its name, and adds the commit to it. */
function withoutCommits(text: string, commits: Labels): string {
  return text
    .replaceAll(`~${commits.ours}`, "~this-step")
    .replaceAll(`~${commits.theirs}`, "~carried");
}

/** What is left to be decided, with its lines where there are markers. */
export function conflictsOf(
  world: World,
  named: ReturnType<typeof withNames>,
  ours: Files,
  messages: readonly Message[],
  commits: Labels,
  labels: Labels,
): Conflict[] {
  const say = (text: string) =>
    withoutCommits(text, commits)
      .replace(/^CONFLICT \(([^)]*)\): /, "")
      .replaceAll(commits.ours, labels.ours)
      .replaceAll(commits.theirs, labels.theirs);
  const oursBlobs = readBlobs(
    world,
    [...named.paths].flatMap((path) => ours.get(path) ?? []).map((entry) => partsOf(entry).blob),
  );
  const conflicts: Conflict[] = [];
  for (const path of named.paths) {
    const before = oursBlobs.get(partsOf(ours.get(path) ?? "").blob)?.toString();
    for (const { line, starts } of markerLines(named.blobs.get(path)?.toString() ?? "", before))
      if (starts) conflicts.push({ path, line, what: "both sides changed these lines" });
  }
  // The rest has no markers to show: removed here and changed there, binary, a folder in its way.
  const marked = new Set(conflicts.map(({ path }) => path));
  for (const { paths, kind, text } of messages) {
    const names = paths.map((each) => withoutCommits(each, commits));
    const path = names.find((each) => named.files.has(each)) ?? names[0] ?? "";
    if (!kind.startsWith("CONFLICT") || (kind === CONTENTS && marked.has(path))) continue;
    conflicts.push({ path, what: say(text) });
  }
  return conflicts;
}
