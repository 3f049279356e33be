import { CourseError } from "../course/errors.ts";

const BEGIN = "<!-- steps -->";
const END = "<!-- /steps -->";

/**
 * Puts the table between its two marks.
 * @throws CourseError naming the marks if they are not there, once each and in this order
 */
export function withTable(markdown: string, table: string): string {
  const lines = markdown.split("\n");
  const [begin, end] = [BEGIN, END].map((mark) => lines.indexOf(mark)) as [number, number];
  const once = [BEGIN, END].every((mark) => lines.indexOf(mark) === lines.lastIndexOf(mark));
  if (begin === -1 || end < begin || !once)
    throw new CourseError(
      `needs the line ${BEGIN} and, below it, the line ${END}, once each: the table of the steps goes between them`,
    );
  return [...lines.slice(0, begin + 1), "", table.trim(), "", ...lines.slice(end)].join("\n");
}
