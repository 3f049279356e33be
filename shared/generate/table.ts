import { CourseError, ExitCode } from "../course/errors.ts";
import { run } from "../version/run.ts";
import { silentWorld } from "./silent-world.ts";

const BEGIN = "<!-- steps -->";
const END = "<!-- /steps -->";

/**
 * The table of a course's steps, as `./version.sh summary` prints it.
 * @throws CourseError with the verb's own line if it fails
 */
export async function stepsTable(root: string): Promise<string> {
  let [table, problem] = ["", ""];
  const world = silentWorld(
    root,
    { write: (text) => (table += text) },
    { write: (text) => (problem += text) },
  );
  // Whatever is adopted, the README is about steps/.
  const code = await run(["summary", "--course", "steps"], world);
  if (code !== ExitCode.Success) throw new CourseError(problem.trim());
  return table;
}

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
