import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lessonOf, markdownTitle, readCourse, titleFor } from "../../../shared/course/course.ts";
import { filesOf, isOfLesson, textOf } from "../../../shared/course/files.ts";
import { plain, titleOf } from "../../../shared/course/lesson.ts";
import type { World } from "../../../shared/course/world.ts";
import { COURSE, ROOT } from "./where.ts";

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
  /** Path inside the step's folder → text, or undefined where the file is binary. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** The course as the site shows it. */
export interface SiteCourse {
  readonly folder: string;
  readonly title: string;
  readonly steps: readonly SiteStep[];
}

let read: SiteCourse | undefined;

/**
 * Reads the course once.
 * @throws UsageError or CourseError, of one line, where there is no such course
 */
export function siteCourse(): SiteCourse {
  // Of the world, reading a course needs nothing but the root.
  read ??= build(readCourse({ root: ROOT } as World, COURSE));
  return read;
}

function build(course: ReturnType<typeof readCourse>): SiteCourse {
  return {
    folder: course.folder,
    title: courseTitle(course.folder),
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
          .map((path) => [path, textOf(join(step.path, path))]),
      ),
    })),
  };
}

/** A course is introduced by the README.md of its own folder, or else by that of the repository. */
export function introduction(folder: string): { path: string; markdown: string } | undefined {
  for (const path of [`${folder}/README.md`, "README.md"]) {
    const file = join(ROOT, path);
    if (existsSync(file)) return { path, markdown: readFileSync(file, "utf8") };
  }
  return undefined;
}

function courseTitle(folder: string): string {
  return plain(titleOf(introduction(folder)?.markdown ?? "") ?? folder);
}
