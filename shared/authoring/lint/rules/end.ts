import { END_FILE } from "../../../course/course.ts";
import { titleOf } from "../../../course/lesson.ts";
import type { Finding } from "../finding.ts";
import type { CourseText } from "../text.ts";

/** A closing page without a title, or one that neither the last lesson nor README.md leads to. */
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
  if (readme !== undefined && !readme.includes(`](${page})`))
    found.push({
      file: "README.md",
      what: "does not lead to the closing page",
      cure: `write a link to ${page} below the table of steps`,
    });
  return found;
}
