import { join } from "node:path";
import type { FileHistory } from "../reader/rows.ts";
import { openHighlighter } from "./highlight.ts";
import type { SiteCourse } from "./model.ts";
import { openTypes } from "./types.ts";

/** All files of a course in all their versions, and the colours of their code. */
export interface Histories {
  readonly files: readonly FileHistory[];
  readonly css: string;
}

const made = new Map<SiteCourse, Promise<Histories>>();

/** Highlights and types a whole course, once a build. */
export function histories(course: SiteCourse): Promise<Histories> {
  const known = made.get(course) ?? make(course);
  made.set(course, known);
  return known;
}

async function make(course: SiteCourse): Promise<Histories> {
  const { steps } = course;
  const [highlighter, namesOf] = [await openHighlighter(), openTypes(course)];
  const paths = [...new Set(steps.flatMap((step) => [...step.files.keys()]))];
  const files = paths.map((path): FileHistory => {
    const [lines, types] = [numbering(), numbering()];
    const versions = steps
      .filter((step) => step.files.has(path))
      .map((step): [string, number[] | null] => {
        const text = step.files.get(path);
        if (text === undefined) return [step.id, null];
        const names = namesOf(join(step.folder, path));
        return [step.id, highlighter.lines(path, text, names, types.of).map(lines.of)];
      });
    return { path, types: types.all, lines: lines.all, steps: Object.fromEntries(versions) };
  });
  return { files, css: highlighter.css() };
}

/** Gives each different text a number, in the order in which they come. */
function numbering(): { readonly all: string[]; readonly of: (text: string) => number } {
  const [all, numbers] = [[] as string[], new Map<string, number>()];
  const of = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, all.length);
    return all.push(text) - 1;
  };
  return { all, of };
}

/** Under which name a file's history is published: `views/users.ejs` is data/COURSE/views-users.ejs.js. */
export function dataName(path: string): string {
  return path.replaceAll("/", "-");
}
