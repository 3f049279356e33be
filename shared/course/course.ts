import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { CourseError, UsageError } from "./errors.ts";
import { plain, titleOf } from "./lesson.ts";
import { nearestStep } from "./nearest.ts";
import type { World } from "./world.ts";

/** The course that is meant where nothing says otherwise. */
export const DEFAULT_COURSE = "steps";

/** The folder of the further courses: each of its folders is one. */
export const SEQUELS = "sequels";

/** A step: a folder with a complete app.ts and its lesson, README.md. */
export interface Step {
  /** The folder's name, which is also the step's version: `07b`. */
  readonly id: string;
  /** The course's folder, from the root, with forward slashes: `steps`. */
  readonly course: string;
  /** The step's folder, from the root, with forward slashes: `steps/07b`. */
  readonly dir: string;
  /** Absolute path of the step's folder. */
  readonly path: string;
}

/** A course: a folder of step folders in the order of their names. */
export interface Course {
  /** From the root, with forward slashes: `steps` or `sequels/NAME`. */
  readonly folder: string;
  readonly steps: readonly Step[];
}

/** The page that a course ends with, in its folder: read after the last step. */
export const END_FILE = "END.md";

/** The file in a course's folder with its example data. */
export const EXAMPLE_FILE = "example.json";

/** What the checks of a course share, in its folder. */
export const HELPERS_FILE = "helpers.ts";

const STEP_ID = /^\d\d[a-z]?$/;

/** Whether a folder of this name is a step. */
export function isStepId(name: string): boolean {
  return STEP_ID.test(name);
}

/** The courses of the repository: `steps`, there or not, then those of `sequels/`. */
export function courseFolders(root: string): string[] {
  const sequels = existsSync(join(root, SEQUELS))
    ? readdirSync(join(root, SEQUELS), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${SEQUELS}/${entry.name}`)
        .filter((folder) => isCourse(root, folder))
        .sort()
    : [];
  return [DEFAULT_COURSE, ...sequels];
}

/**
 * Whether a course is there. A branch that has none of it leaves folders behind, with what git
 * ignores: data and packages.
 */
export function isCourse(root: string, folder: string): boolean {
  const path = join(root, folder);
  if (!isDirectory(path)) return false;
  return (
    ["course.json", "README.md"].some((file) => existsSync(join(path, file))) ||
    stepIds(path).length > 0
  );
}

/** What git ignores in the folder of a step: its data, and what macOS puts everywhere. */
const IGNORED = ["instance", ".DS_Store"];

/** Whether a path is the folder of a step. A step of another branch leaves its data behind, which is none. */
export function isStep(path: string): boolean {
  if (!isDirectory(path)) return false;
  const entries = readdirSync(path);
  return entries.length === 0 || entries.some((name) => !IGNORED.includes(name));
}

/** The courses that are there: `steps`, then the sequels. */
export function coursesHere(root: string): string[] {
  return courseFolders(root).filter((folder) => isCourse(root, folder));
}

/**
 * Reads which steps a course has.
 * @param folder from the root or absolute; `steps/` and `./steps` mean `steps`, and `counter`
 * means `sequels/counter`
 * @throws UsageError if there is no such folder in the repository, CourseError if it has no step
 */
export function readCourse(
  world: Pick<World, "root"> & Partial<Pick<World, "env">>,
  folder: string,
): Course {
  let path = resolve(world.root, folder);
  let name = fromRoot(world.root, path);
  if (name !== undefined && !name.includes("/") && !isDirectory(path)) {
    const sequel = join(world.root, SEQUELS, name);
    if (name !== "" && isDirectory(sequel)) [path, name] = [sequel, `${SEQUELS}/${name}`];
  }
  if (name === undefined || name === "")
    throw new UsageError(`'${folder}' is not a course: a course is a folder inside ${world.root}`);
  const isGone = name.startsWith(`${SEQUELS}/`) && !isCourse(world.root, name);
  if (isGone || !isDirectory(path)) {
    const courses = coursesHere(world.root);
    const left = isDirectory(path) ? ", only what git ignores of it (another branch?)" : "";
    // Other programs use this name, too.
    const isSet = world.env?.COURSE === folder ? ` (COURSE is set to it: unset COURSE)` : "";
    throw new UsageError(
      `there is no course folder '${name}'${left}${isSet}: the courses here are ${courses.join(", ") || "none (restore them with: git checkout -- steps)"}`,
    );
  }
  const steps = stepIds(path).map((id) => ({
    id,
    course: name,
    dir: `${name}/${id}`,
    path: join(path, id),
  }));
  if (steps.length === 0)
    throw new CourseError(
      `the course folder '${name}' has no steps: a step is a folder named like 00, 01 or 01b`,
    );
  return { folder: name, steps };
}

/** The names of the steps in the folder of a course, in their order. */
export function stepIds(path: string): string[] {
  return readdirSync(path)
    .filter((entry) => isStepId(entry) && isStep(join(path, entry)))
    .sort();
}

/** The lesson's text; undefined where the step has no README.md. */
export function lessonOf(step: Step): string | undefined {
  const path = join(step.path, "README.md");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The step's title as its lesson has it, Markdown included; where there is none, a note that says so. */
export function markdownTitle(step: Step): string {
  const lesson = lessonOf(step);
  if (lesson === undefined) return `(no title: ${step.dir}/README.md is missing)`;
  return titleOf(lesson) ?? `(no title: ${step.dir}/README.md has no heading)`;
}

/** The step's title for the terminal. */
export function titleFor(step: Step): string {
  return plain(markdownTitle(step));
}

/**
 * Splits what a learner may type for a step: `4`, `04`, `steps/04`, `./steps/04/`,
 * `steps/04/app.ts` and, on Windows, `steps\04` all mean step 04; `counter/04` is one of `sequels/counter`.
 * @returns the step's name, padded to two digits, and the course's folder where one was typed
 */
export function parseStep(world: World, typed: string): { id: string; course?: string } {
  const clean = typed
    .replaceAll("\\", "/")
    .replace(/\/app\.ts$/, "")
    .replace(/\/+$/, "");
  if (!clean.includes("/") && clean !== ".") return { id: pad(clean) };
  // Typed from inside a folder, a path means what it means there; else it starts at the root.
  const here = resolve(world.cwd, clean);
  const path = isDirectory(here) || isAbsolute(clean) ? here : resolve(world.root, clean);
  const course = fromRoot(world.root, dirname(path));
  return course === undefined || course === ""
    ? { id: pad(basename(clean)) }
    : { id: pad(basename(path)), course };
}

/**
 * Finds the step that a learner typed.
 * @throws UsageError naming the nearest step if there is none
 */
export function findStep(course: Course, id: string): Step {
  const step = course.steps.find((each) => each.id === id);
  if (step !== undefined) return step;
  const ids = course.steps.map((each) => each.id);
  const others = coursesWith(course, id);
  if (others.length > 0)
    throw new UsageError(
      `step ${id} is not in ${course.folder}/: ${others.join(" and ")} ${others.length === 1 ? "has" : "have"} it: ./version.sh adopt ${typedAs({ course: others[0] ?? "", id }, course.folder)}`,
    );
  throw new UsageError(
    `unknown step '${id}' in ${course.folder}/: did you mean ${nearestStep(id, ids)}? (./version.sh list shows all)`,
  );
}

/** The other courses of the repository that have a step of this name. */
function coursesWith({ folder, steps: [first] }: Course, id: string): string[] {
  if (first === undefined || !isStepId(id)) return [];
  const root = first.path.slice(0, -first.dir.length);
  return courseFolders(root).filter(
    (each) => each !== folder && existsSync(join(root, each, id, "app.ts")),
  );
}

/**
 * A step as it has to be typed: `07`, or where plain numbers mean another course `steps/07` or
 * `counter/07`.
 * @param course the folder of the course that plain numbers mean
 */
export function typedAs(step: Pick<Step, "course" | "id">, course: string): string {
  return step.course === course ? step.id : `${shortName(step.course)}/${step.id}`;
}

/** A course's folder as it is typed: `steps`, and `counter` for `sequels/counter`. */
export function shortName(folder: string): string {
  return folder.startsWith(`${SEQUELS}/`) ? folder.slice(SEQUELS.length + 1) : folder;
}

/** The step before this one in its course (-1) or after it (1); undefined at either end. */
export function neighbour(course: Course, step: Step, offset: -1 | 1): Step | undefined {
  return course.steps[course.steps.findIndex((each) => each.id === step.id) + offset];
}

/** A path as seen from the root, with forward slashes; undefined if it lies outside. */
export function fromRoot(root: string, path: string): string | undefined {
  const seen = relative(root, path).replaceAll("\\", "/");
  return seen === ".." || seen.startsWith("../") || isAbsolute(seen) ? undefined : seen;
}

function pad(id: string): string {
  return /^\d[a-z]?$/i.test(id) ? `0${id.toLowerCase()}` : id.toLowerCase();
}

/** Whether the path is a folder or a link to one. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
