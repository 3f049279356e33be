import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What an author does to a file of a step; `folder` is the step's. */
export type Deed = (folder: string) => void;

/** An edit of a real step, as authors make them. */
export interface Edit {
  readonly step: string;
  readonly title: string;
  /** `fix`: one line of app.ts, which was replaced or is new. */
  readonly kind: "fix" | "other";
  /** A command of version.sh that was given, and committed, before. */
  readonly first?: readonly string[];
  readonly deeds: readonly Deed[];
  /** Whether `npm test` replays it, rather than only a run by hand. */
  readonly isQuick: boolean;
}

/** Replaces a text that stands in the file once. */
export const edit =
  (file: string, from: string, to: string): Deed =>
  (folder) => {
    const text = readFileSync(join(folder, file), "utf8");
    if (text.split(from).length !== 2) throw new Error(`${from} stands not once in ${file}`);
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to),
    );
  };

/** Replaces a text wherever it stands in the file. */
export const all =
  (file: string, from: string, to: string): Deed =>
  (folder) => {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${from} stands not in ${file}`);
    writeFileSync(
      join(folder, file),
      text.replaceAll(from, () => to),
    );
  };

/** Moves the lines of app.ts from one text up to another one, to the place before a third. */
export const moveLines =
  (start: string, end: string, before: string): Deed =>
  (folder) => {
    const file = join(folder, "app.ts");
    const text = readFileSync(file, "utf8");
    const begin = text.indexOf(start);
    const lines = text.slice(begin, text.indexOf(end, begin) + end.length);
    const rest = text.replace(lines, () => "");
    if (begin < 0 || !rest.includes(before)) throw new Error(`cannot move ${start} in ${file}`);
    writeFileSync(
      file,
      rest.replace(before, () => `${lines}${before}`),
    );
  };

/** Adds a file. */
export const add =
  (file: string, text: string): Deed =>
  (folder) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

/** Gives a file another name. */
export const move =
  (from: string, to: string): Deed =>
  (folder) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    renameSync(join(folder, from), join(folder, to));
  };

/** Removes a file. */
export const remove =
  (file: string): Deed =>
  (folder) =>
    rmSync(join(folder, file));

/** A one-line fix of app.ts. */
export const fix = (step: string, title: string, from: string, to: string): Edit => ({
  step,
  title,
  kind: "fix",
  deeds: [edit("app.ts", from, to)],
  isQuick: false,
});

/** Any other edit. */
export const other = (step: string, title: string, ...deeds: Deed[]): Edit => ({
  step,
  title,
  kind: "other",
  deeds,
  isQuick: false,
});

/** An edit after the steps themselves were changed. */
export const after = (first: readonly string[], one: Edit): Edit => ({ ...one, first });

/** Replayed by `npm test`, too. */
export const quick = (one: Edit): Edit => ({ ...one, isQuick: true });
