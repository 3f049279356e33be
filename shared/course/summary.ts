import { type Course, markdownTitle } from "./course.ts";

/** The steps of a course as the Markdown table of the README, without a last line end. */
export function summaryOf({ steps }: Course): string {
  const rows = steps.map((step) => {
    const title = markdownTitle(step).replaceAll("|", "\\|");
    return `| [${step.id}](${step.dir}/README.md) | ${title} |`;
  });
  return ["| Step | What it adds |", "| --- | --- |", ...rows].join("\n");
}
