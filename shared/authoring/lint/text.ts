import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Course, END_FILE, HELPERS_FILE } from "../../course/course.ts";
import { filesOf, isOfLesson, textOf } from "../../course/files.ts";
import { EXAMPLE_FILE } from "../../running/example.ts";
import type { Finding } from "./finding.ts";

/** A step as the rules see it. */
export interface StepText {
  readonly id: string;
  /** From the root: `steps/07`. */
  readonly dir: string;
  /** By the path inside the folder; undefined for a file that is no text. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** A course as the rules see it: nothing of it is read later. */
export interface CourseText {
  readonly folder: string;
  readonly steps: readonly StepText[];
  /** What lies in the course's folder beside its steps. */
  readonly others: readonly string[];
  /** The page that the course ends with; undefined where it has none. */
  readonly end: string | undefined;
  /** The packages that learners have: `dependencies` of package.json. */
  readonly packages: readonly string[];
  /** README.md of the repository; undefined where its table is of another course. */
  readonly readme: string | undefined;
}

/** A rule: pure, so that a test needs no file. */
export type Rule = (course: CourseText) => Finding[];

/** What a course's folder holds beside its steps. */
const OF_COURSE = [EXAMPLE_FILE, END_FILE, HELPERS_FILE, ".DS_Store"];

/** Reads all that the rules look at. */
export function readTexts(root: string, course: Course): CourseText {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const readme = join(root, "README.md");
  const end = join(root, course.folder, END_FILE);
  const ids = course.steps.map(({ id }) => id);
  return {
    folder: course.folder,
    steps: course.steps.map(({ id, dir, path }) => ({ id, dir, files: textsOf(path) })),
    others: readdirSync(join(root, course.folder)).filter(
      (name) => !ids.includes(name) && !OF_COURSE.includes(name),
    ),
    end: existsSync(end) ? readFileSync(end, "utf8") : undefined,
    packages: Object.keys(manifest.dependencies ?? {}),
    readme:
      course.folder === "steps" && existsSync(readme) ? readFileSync(readme, "utf8") : undefined,
  };
}

function textsOf(folder: string): Map<string, string | undefined> {
  return new Map(
    filesOf(folder).map((path) => {
      const file = join(folder, path);
      return [path, existsSync(file) ? textOf(file) : undefined];
    }),
  );
}

/** The files of a step that are code: what learners write. */
export function codeOf({ files }: StepText): [path: string, text: string][] {
  return [...files].filter(
    (entry): entry is [string, string] => isCode(entry[0]) && entry[1] !== undefined,
  );
}

/** Whether a file of a step is code. */
export function isCode(path: string): boolean {
  return path === "app.ts" || /^(?:views|public)\//.test(path);
}

/** Whether a file of a step is a drawing of its lesson. */
export function isDrawing(path: string): boolean {
  return isOfLesson(path) && /^[^/]+\/[\w-]+\.svg$/.test(path);
}

/** Each step with the one before it. */
export function neighbours({ steps }: CourseText): [before: StepText, step: StepText][] {
  return steps.slice(1).map((step, index) => [steps[index] as StepText, step]);
}
