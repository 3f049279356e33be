import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ABOUT, type About, aboutCourse } from "../../course/about.ts";
import {
  type Course,
  courseFolders,
  END_FILE,
  EXAMPLE_FILE,
  HELPERS_FILE,
  isDirectory,
  isStep,
  isStepId,
  readCourse,
} from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { filesOf, isOfLesson, MODULE, textOf } from "../../course/files.ts";
import { readmeOf } from "../../course/summary.ts";
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
  /** What the course says of itself; undefined where its course.json cannot be read. */
  readonly about: About | undefined;
  /** Why not, in words. */
  readonly aboutFault: string | undefined;
  /** All courses of the repository. */
  readonly courses: readonly string[];
  readonly steps: readonly StepText[];
  /** What lies in the course's folder beside its steps, and does not belong there. */
  readonly others: readonly string[];
  /** The page that the course ends with; undefined where it has none. */
  readonly end: string | undefined;
  /** The text of its example data; undefined where it has none. */
  readonly example: string | undefined;
  /** The packages that learners have: `dependencies` of package.json, the root's and the course's. */
  readonly packages: readonly string[];
  /** The major version of Node that learners have. */
  readonly node: string;
  /** The code of the steps that the course may begin with: the last ones of the courses in `after`. */
  readonly beginnings: readonly ReadonlyMap<string, string | undefined>[];
  /** The page with the table of the steps: its name from the root, and its text where it is there. */
  readonly readme: { readonly file: string; readonly text: string | undefined };
}

/** A rule: pure, so that a test needs no file. */
export type Rule = (course: CourseText) => Finding[];

/** What a course's folder holds beside its steps. */
const OF_COURSE = [
  ABOUT,
  EXAMPLE_FILE,
  END_FILE,
  HELPERS_FILE,
  "README.md",
  "README.png",
  "package.json",
  "package-lock.json",
  "node_modules",
  ".DS_Store",
];

/** Reads all that the rules look at. */
export function readTexts(root: string, course: Course): CourseText {
  const textIn = (file: string) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined;
  const ids = course.steps.map(({ id }) => id);
  const { about, fault } = aboutOf(root, course.folder);
  const readme = readmeOf(course.folder);
  return {
    folder: course.folder,
    about,
    aboutFault: fault,
    courses: courseFolders(root),
    steps: course.steps.map(({ id, dir, path }) => ({ id, dir, files: textsOf(path) })),
    others: readdirSync(join(root, course.folder)).filter(
      (name) =>
        ![...ids, ...OF_COURSE].includes(name) && !isLeftOver(root, `${course.folder}/${name}`),
    ),
    end: textIn(`${course.folder}/${END_FILE}`),
    example: textIn(`${course.folder}/${EXAMPLE_FILE}`),
    packages: ["package.json", `${course.folder}/package.json`].flatMap((file) =>
      Object.keys(JSON.parse(textIn(file) ?? "{}").dependencies ?? {}),
    ),
    node:
      /\d+/.exec(JSON.parse(textIn("package.json") ?? "{}").dependencies?.node ?? "")?.[0] ?? "",
    beginnings: (about?.after ?? []).flatMap((folder) => lastStepOf(root, folder)),
    readme: { file: readme, text: textIn(readme) },
  };
}

/** Whether it is the data of a step that another branch has: git leaves it behind. */
function isLeftOver(root: string, dir: string): boolean {
  const path = join(root, dir);
  return isStepId(basename(dir)) && isDirectory(path) && !isStep(path);
}

function aboutOf(root: string, folder: string): { about?: About; fault?: string } {
  try {
    return { about: aboutCourse(root, folder) };
  } catch (error) {
    if (error instanceof CourseError) return { fault: error.message };
    throw error;
  }
}

function lastStepOf(root: string, folder: string): StepText["files"][] {
  if (!courseFolders(root).includes(folder) || !existsSync(join(root, folder))) return [];
  const last = readCourse({ root }, folder).steps.at(-1);
  return last === undefined ? [] : [textsOf(last.path)];
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
export function codeOf({ files }: Pick<StepText, "files">): [path: string, text: string][] {
  return [...files].filter(
    (entry): entry is [string, string] => isCode(entry[0]) && entry[1] !== undefined,
  );
}

/** The program of a step: app.ts and its modules. */
export function programOf(step: Pick<StepText, "files">): [path: string, text: string][] {
  return codeOf(step).filter(([path]) => isProgram(path));
}

/** Whether a file of a step is code. */
export function isCode(path: string): boolean {
  return isProgram(path) || /^(?:views|public)\/|^(?:Dockerfile|package\.json)$/.test(path);
}

/** Whether a file of a step is app.ts or a module beside it. */
export function isProgram(path: string): boolean {
  return path === "app.ts" || MODULE.test(path);
}

/** Whether a file of a step is a drawing of its lesson. */
export function isDrawing(path: string): boolean {
  return isOfLesson(path) && /^[^/]+\/[\w-]+\.svg$/.test(path);
}

/** Each step with the one before it. */
export function neighbours({ steps }: Pick<CourseText, "steps">): [StepText, StepText][] {
  return steps.slice(1).map((step, index) => [steps[index] as StepText, step]);
}
