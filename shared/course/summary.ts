import { type Course, DEFAULT_COURSE, markdownTitle } from "./course.ts";

/** The page that holds the table of a course's steps, from the root: the first course's is README.md. */
export function readmeOf(folder: string): string {
  return folder === DEFAULT_COURSE ? "README.md" : `${folder}/README.md`;
}

/** A path inside a course's folder as its table's page links to it: `steps/07/…`, or `07/…`. */
export function linkOf(folder: string, inside: string): string {
  return folder === DEFAULT_COURSE ? `${folder}/${inside}` : inside;
}

/** The steps of a course as the Markdown table of the page that holds it, without a last line end. */
export function summaryOf({ folder, steps }: Course): string {
  const rows = steps.map((step) => {
    const title = markdownTitle(step).replaceAll("|", "\\|");
    return `| [${step.id}](${linkOf(folder, step.id)}/README.md) | ${title} |`;
  });
  return ["| Step | What it adds |", "| --- | --- |", ...rows].join("\n");
}
