import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { aboutCourse } from "../../../shared/course/about.ts";
import {
  courseFolders,
  DEFAULT_COURSE,
  lessonOf,
  markdownTitle,
  readCourse,
  titleFor,
} from "../../../shared/course/course.ts";
import { digestOf } from "../../../shared/course/digest.ts";
import { CourseError } from "../../../shared/course/errors.ts";
import { filesOf, isGenerated, isOfLesson, textOf } from "../../../shared/course/files.ts";
import { plain, titleOf } from "../../../shared/course/lesson.ts";
import type { World } from "../../../shared/course/world.ts";
import { inOrder } from "./order.ts";
import { FOLDERS, ROOT } from "./where.ts";

/** A step as the site shows it. */
export interface SiteStep {
  readonly id: string;
  /** From the root: `steps/07`. */
  readonly dir: string;
  /** Absolute. */
  readonly folder: string;
  /** Markdown, as the lesson has it. */
  readonly title: string;
  /** The title without Markdown. */
  readonly plainTitle: string;
  /** The lesson; undefined where README.md is missing. */
  readonly lesson: string | undefined;
  /** Path inside the step's folder → text, or undefined where the file is binary, or made by npm. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** A course as the site shows it. */
export interface SiteCourse {
  /** From the root: `sequels/counter`. */
  readonly folder: string;
  /** What the addresses of its pages begin with: `counter`. */
  readonly name: string;
  readonly title: string;
  /** What course.json says of it, in a sentence or two. */
  readonly introduction: string;
  /** The folders of the courses that it builds on. */
  readonly after: readonly string[];
  readonly digest: string;
  readonly steps: readonly SiteStep[];
}

/** Names that pages of the site have, which are of no course. */
const TAKEN = ["changelog", "compare", "contributing", "data", "end", "files", "http", "readme"];

let read: readonly SiteCourse[] | undefined;

/**
 * The courses of this website, in the order in which they build on each other; read once.
 * @throws UsageError or CourseError, of one line, where there is no such course
 */
export function siteCourses(): readonly SiteCourse[] {
  // Of the world, reading a course needs nothing but the root.
  read ??= inOrder(FOLDERS.map((folder) => build(readCourse({ root: ROOT } as World, folder))));
  return read;
}

/** The course of this website whose addresses begin with a name. */
export function siteCourse(name: string | undefined): SiteCourse {
  const course = siteCourses().find((each) => each.name === name);
  if (course === undefined) throw new CourseError(`this website has no course '${name}'`);
  return course;
}

/** Whether the website holds one course alone: then the start page is the course's. */
export function isAlone(): boolean {
  return siteCourses().length === 1;
}

/** The title of the website: that of its only course, else the repository's. */
export function siteTitle(): string {
  const [first] = siteCourses();
  if (isAlone() && first !== undefined) return first.title;
  return plain(titleOf(documentOf("README.md")?.markdown ?? "") ?? "The courses");
}

/** The address of the page that a course begins with. */
export function homeOf({ name }: SiteCourse): string {
  return isAlone() ? "/" : `/${name}/`;
}

/** What addresses of a course's own pages begin with; those of the first course have nothing there. */
export function prefixOf({ folder, name }: SiteCourse): string {
  return folder === DEFAULT_COURSE ? "" : `${name}/`;
}

function build(course: ReturnType<typeof readCourse>): SiteCourse {
  const { title, introduction, after } = aboutCourse(ROOT, course.folder);
  const name = basename(course.folder);
  if (TAKEN.includes(name))
    throw new CourseError(
      `a course cannot be called '${name}', since the website has a page of this name: rename ${course.folder}/`,
    );
  return {
    folder: course.folder,
    name,
    title,
    introduction,
    after,
    digest: digestOf(ROOT, course.folder),
    steps: course.steps.map((step) => ({
      id: step.id,
      dir: step.dir,
      folder: step.path,
      title: markdownTitle(step),
      plainTitle: titleFor(step),
      lesson: lessonOf(step),
      files: new Map(
        filesOf(step.path)
          .filter((path) => path !== "README.md" && !isOfLesson(path))
          .map((path) => [path, isGenerated(path) ? undefined : textOf(join(step.path, path))]),
      ),
    })),
  };
}

/** A document that introduces something: what stands before its first section. */
export interface Introduction {
  /** From the root: its links start there. */
  readonly path: string;
  readonly markdown: string;
}

/**
 * A course is introduced by the README.md of its own folder; the only course of a repository by that
 * of the repository; else by course.json.
 */
export function introduction(course: SiteCourse): Introduction {
  return (
    documentOf(`${course.folder}/README.md`) ??
    (courseFolders(ROOT).length === 1 ? documentOf("README.md") : undefined) ?? {
      path: `${course.folder}/README.md`,
      markdown: course.introduction,
    }
  );
}

/** A document of the repository; undefined where it is missing. */
export function documentOf(path: string): Introduction | undefined {
  const file = join(ROOT, path);
  return existsSync(file) ? { path, markdown: readFileSync(file, "utf8") } : undefined;
}
