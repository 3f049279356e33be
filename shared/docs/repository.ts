import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { aboutCourse } from "../course/about.ts";
import { courseFolders, DEFAULT_COURSE, END_FILE, isStepId, stepIds } from "../course/course.ts";
import { readmeOf } from "../course/summary.ts";
import type { Document } from "./document.ts";
import { readDocument } from "./markdown.ts";

/** Folders that hold nothing of ours, wherever they are. */
const FOREIGN = new Set(["node_modules", ".git", "instance", "dist", ".astro"]);
/** What version.sh and the tools make in the top folder (.gitignore). */
const MADE = /^(?:app(?:-.+)?\.ts|lib|views|public|step\.txt|mine|\.course)$/;

/** Whether a path from the root is part of the repository, and not made when it is used. */
export function isOurs(path: string): boolean {
  const [top = "", ...below] = path.split("/");
  return (
    !(below.length === 0 && MADE.test(top)) && !path.split("/").some((name) => FOREIGN.has(name))
  );
}

/**
 * The documents whose commands are run: README.md, CONTRIBUTING.md, the page of each further course,
 * each lesson and closing page.
 */
export function runDocuments(root: string): string[] {
  const lessons = courseFolders(root).flatMap((course) => [
    ...(course === DEFAULT_COURSE ? [] : [readmeOf(course)]),
    ...stepsOf(root, course).map((step) => `${step}/README.md`),
    `${course}/${END_FILE}`,
  ]);
  return ["README.md", "CONTRIBUTING.md", ...lessons].filter((file) =>
    existsSync(join(root, file)),
  );
}

/** All Markdown files of the repository. */
export function allDocuments(root: string, folder = ""): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!isOurs(path)) return [];
    if (entry.isDirectory()) return allDocuments(root, path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Reads a document of the repository. */
export function documentOf(root: string, file: string): Document {
  const { port } = aboutCourse(root, courseOf(root, file));
  return readDocument(file, readFileSync(join(root, file), "utf8"), port);
}

/** The folder of the course that a document is about: the one that it lies in, else the first. */
export function courseOf(root: string, file: string): string {
  return courseFolders(root).find((folder) => file.startsWith(`${folder}/`)) ?? DEFAULT_COURSE;
}

/** The folder of the step whose lesson a document is, such as "steps/07"; undefined for others. */
export function stepOf(file: string): string | undefined {
  const folder = dirname(file);
  return basename(file) === "README.md" && isStepId(basename(folder)) ? folder : undefined;
}

/** The step before a step in its course; undefined for the first one. */
export function stepBefore(root: string, step: string): string | undefined {
  const steps = stepsOf(root, dirname(step));
  return steps[steps.indexOf(step) - 1];
}

/** The steps of a course, in order: "steps/00", "steps/01" … */
export function stepsOf(root: string, course: string): string[] {
  if (!existsSync(join(root, course))) return [];
  return stepIds(join(root, course)).map((id) => `${course}/${id}`);
}
