import { END_FILE } from "../../../course/course.ts";
import { titleOf } from "../../../course/lesson.ts";
import { linkOf } from "../../../course/summary.ts";
import type { Finding } from "../finding.ts";
import type { CourseText } from "../text.ts";

/** A closing page without a title, or one that neither the last lesson nor the course's page leads to. */
export function closingPage({ folder, steps, end, readme }: CourseText): Finding[] {
  if (end === undefined) return [];
  const last = steps.at(-1);
  const page = `${folder}/${END_FILE}`;
  const found: Finding[] = [];
  if (titleOf(end) === undefined)
    found.push({
      file: page,
      what: "has no title",
      cure: "begin it with a line '# the title'",
    });
  const lesson = last?.files.get("README.md");
  if (lesson !== undefined && !lesson.includes(`](../${END_FILE})`))
    found.push({
      file: `${last?.dir}/README.md`,
      what: "is the last lesson, and does not lead to the closing page",
      cure: `end it with a link to ../${END_FILE}, and take the link out of the lesson that was the last`,
    });
  const link = linkOf(folder, END_FILE);
  if (readme.text !== undefined && !readme.text.includes(`](${link})`))
    found.push({
      file: readme.file,
      what: "does not lead to the closing page",
      cure: `write a link to ${link} below the table of steps`,
    });
  return found;
}
