import { DATA_FOLDER, isAboutCode, LESSON_FOLDER } from "../../course/files.ts";

/**
 * The files of a step: path inside the step's folder → git's mode and blob, as `100644 ce01…`.
 * Two files are the same if these are.
 */
export type Files = ReadonlyMap<string, string>;

/** The mode and the blob of a file. */
export function partsOf(entry: string): { mode: string; blob: string } {
  const [mode = "", blob = ""] = entry.split(" ");
  return { mode, blob };
}

/**
 * Whether a path inside a step's folder takes part: the data that a step makes when it runs and the
 * drawings of its lesson do not.
 */
export function takesPart(path: string): boolean {
  const names = path.split("/");
  return (
    names[0] !== DATA_FOLDER &&
    names[0] !== LESSON_FOLDER &&
    !names.includes("node_modules") &&
    !names.includes(".DS_Store")
  );
}

/** The files that git merges into the later steps: all but the lesson and the checks (`isAboutCode`). */
export function carried(files: Files): Files {
  return new Map([...files].filter(([path]) => !isAboutCode(path)));
}

/** The lesson and the checks of a step, which each step has of its own. */
export function ownWords(files: Files): Files {
  return new Map([...files].filter(([path]) => isAboutCode(path)));
}

/** Whether two steps have the same files. */
export function sameFiles(a: Files, b: Files): boolean {
  return a.size === b.size && changedPaths(a, b).length === 0;
}

/** The paths that are not the same in both, in order. */
export function changedPaths(a: Files, b: Files): string[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => a.get(path) !== b.get(path))
    .sort();
}
