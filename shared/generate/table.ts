import { CourseError } from "../course/errors.ts";

/** What a table is about: its marks are named after it. */
export type Subject = "steps" | "courses";

/**
 * Puts a table between its two marks.
 * @throws CourseError naming the marks if they are not there, once each and in this order
 */
export function withTable(markdown: string, table: string, subject: Subject = "steps"): string {
  const marks = marksOf(subject);
  const lines = markdown.split("\n");
  const [begin, end] = marks.map((mark) => lines.indexOf(mark)) as [number, number];
  const once = marks.every((mark) => lines.indexOf(mark) === lines.lastIndexOf(mark));
  if (begin === -1 || end < begin || !once)
    throw new CourseError(
      `needs the line ${marks[0]} and, below it, the line ${marks[1]}, once each: the table of the ${subject} goes between them`,
    );
  return [...lines.slice(0, begin + 1), "", table.trim(), "", ...lines.slice(end)].join("\n");
}

/** Whether a page has one of the marks of a table. */
export function hasMarks(markdown: string, subject: Subject): boolean {
  return marksOf(subject).some((mark) => markdown.includes(mark));
}

function marksOf(subject: Subject): [begin: string, end: string] {
  return [`<!-- ${subject} -->`, `<!-- /${subject} -->`];
}
