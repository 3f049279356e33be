import { titleOf } from "../../../course/lesson.ts";
import { sectionOf } from "../../../course/lesson-parts.ts";
import { linkOf } from "../../../course/summary.ts";
import type { Finding } from "../finding.ts";
import type { CourseText, StepText } from "../text.ts";

/** The sections of a lesson, in their order, and what belongs there. */
export const SECTIONS: Readonly<Record<string, string>> = {
  "Try it": "write the commands to type, each with the answer to expect",
  "What changed": "name each file that differs from the step before, and what is new in it",
  "What to notice": "write a trap, a term of the field, a link to the official documentation",
  Exercise: "write one exercise, with a folded hint",
};

/** A lesson without a title, an idea, one of its sections or the hint, or with an empty one. */
export function lessonParts({ steps }: CourseText): Finding[] {
  return steps.flatMap((step) => {
    const lesson = step.files.get("README.md");
    return lesson === undefined ? [] : partsOf(step, lesson);
  });
}

function partsOf({ dir }: StepText, lesson: string): Finding[] {
  const file = `${dir}/README.md`;
  const found: Finding[] = [];
  const headings = lesson.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").match(/^##? .*$/gm) ?? [];
  const names = headings.slice(1).map((heading) => heading.replace(/^##? /, ""));
  if (titleOf(lesson) === undefined || !headings[0]?.startsWith("# "))
    found.push({ file, what: "has no title", cure: "begin it with a line '# the title'" });
  else if (isEmpty(/^# .*\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(lesson)?.[1]))
    found.push({
      file,
      what: "has no idea",
      cure: "write in a few sentences below the title what is new, and why",
    });
  for (const [name, cure] of Object.entries(SECTIONS)) {
    if (!names.includes(name)) found.push({ file, what: `has no section '## ${name}'`, cure });
    else if (isEmpty(textOfSection(lesson, name)))
      found.push({ file, what: `'## ${name}' is empty`, cure });
  }
  const [, hint] = /<details>\s*<summary>.+<\/summary>([\s\S]*?)<\/details>/.exec(
    sectionOf(lesson, "Exercise"),
  ) ?? [undefined, undefined];
  if (names.includes("Exercise") && isEmpty(hint))
    found.push({
      file,
      what: `'## Exercise' has no hint`,
      cure: "write one between <details><summary>Hint</summary> and </details>",
    });
  const known = names.filter((name) => name in SECTIONS);
  const strange = names.find((name) => !(name in SECTIONS));
  const order = Object.keys(SECTIONS);
  if (strange !== undefined)
    found.push({
      file,
      what: `has a section '${strange}' that no lesson has`,
      cure: `put it under one of ${order.join(", ")}, or give its heading a third #`,
    });
  const sorted = known.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  if (known.join() !== sorted.join() || new Set(known).size < known.length)
    found.push({
      file,
      what: "its sections stand in another order",
      cure: `put each once, in the order ${order.join(", ")}`,
    });
  return found;
}

function textOfSection(lesson: string, name: string): string {
  const text = sectionOf(lesson, name);
  return name === "Exercise" ? text.replace(/<details>[\s\S]*?<\/details>/, "") : text;
}

/** Whether nobody has written anything: notes to the author are comments. */
function isEmpty(text: string | undefined): boolean {
  return (text ?? "").replace(/<!--[\s\S]*?-->/g, "").trim() === "";
}

/** A row of the table of the steps that has another title than the lesson. */
export function titles({ folder, steps, readme }: CourseText): Finding[] {
  const lines = readme.text?.split("\n");
  if (lines === undefined) return [];
  return steps.flatMap(({ id, dir, files }) => {
    const row = `| [${id}](${linkOf(folder, id)}/README.md) | `;
    const line = lines.find((each) => each.startsWith(row));
    const title = titleOf(files.get("README.md") ?? "");
    if (line === undefined || title === undefined) return [];
    const told = line.slice(row.length).replace(/ \|\s*$/, "");
    if (told === title.replaceAll("|", "\\|")) return [];
    return [
      {
        file: `${dir}/README.md`,
        line: 1,
        what: `the title is "${title}", in the table of ${readme.file} "${told}"`,
        cure: "npm run generate",
      },
    ];
  });
}
