import { aboutCourse } from "../course/about.ts";
import { countsIn, lastsIn, type Told } from "../course/counts.ts";
import type { Document } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { courseOf, stepsOf } from "./repository.ts";

/**
 * Where a document says another number of steps than its course has, or calls another step the last.
 * The page of a further course may also say how many steps the courses before it have.
 */
export function wrongCounts(root: string, document: Document): Failure[] {
  const course = courseOf(root, document.file);
  const steps = stepsOf(root, course);
  const known = [course, ...aboutCourse(root, course).after].map((each) =>
    String(stepsOf(root, each).length),
  );
  const last = steps.at(-1)?.slice(course.length + 1);
  const wrong = (told: Told, what: string, expected: string) =>
    failureAt(document, { line: lineAt(document.text, told.index) }, what, expected, told.told);
  return [
    ...countsIn(document.text)
      .filter(({ told }) => !known.includes(told))
      .map((it) => wrong(it, "how many steps there are", `${steps.length}, as in ${course}/`)),
    ...lastsIn(document.text)
      .filter(({ told }) => told !== last)
      .map((it) => wrong(it, "which step is the last", `${last}, as in ${course}/`)),
  ];
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
