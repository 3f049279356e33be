import { diffLines } from "diff";
import { sectionOf } from "../../../course/lesson-parts.ts";
import { routesIn, tablesIn } from "../code.ts";
import type { Finding } from "../finding.ts";
import { type CourseText, codeOf, isCode, neighbours, type StepText } from "../text.ts";

/** A place where one text has other lines than the other. */
interface Place {
  /** In the new text, counted from 1. */
  readonly line: number;
  readonly removed: string;
  readonly added: string;
}

/** The places where two texts differ. */
export function placesBetween(before: string, after: string): Place[] {
  const places: { line: number; removed: string; added: string }[] = [];
  let line = 1;
  let isOpen = false;
  for (const { added, removed, value, count } of diffLines(before, after)) {
    if (added || removed) {
      if (!isOpen) places.push({ line, removed: "", added: "" });
      const place = places.at(-1);
      if (place) place[added ? "added" : "removed"] += value;
    }
    isOpen = added || removed;
    if (!removed) line += count;
  }
  return places;
}

/** A change between two steps that only lays the same code out anew: it hides what the step is about. */
export function formattingOnly(course: CourseText): Finding[] {
  return eachChangedFile(course, (before, step, path, from, to) =>
    placesBetween(from, to)
      .filter(({ removed, added }) => bare(removed) === bare(added))
      .map(({ line }) => ({
        file: `${step.dir}/${path}`,
        line,
        what: `differs from step ${before.id} in its layout alone`,
        cure: `write it as ${before.dir}/${path} does`,
      })),
  );
}

/** Without what a formatter may add or take: space, commas before a bracket. */
function bare(code: string): string {
  return code.replace(/\s+/g, "").replace(/,(?=[)\]}])/g, "");
}

/** Words by which a lesson says that something goes. */
const GOES =
  /\b(?:gone|goes|gives way|removed?s?|dropp?s?(?:ed)?|deletes?d?|replace[sd]?|instead|no longer|not any more|without|leaves|moved?s?|renamed?s?|taken? (?:away|back|out))\b/i;

/**
 * Code that goes without a word: more lines go than come at a place, a route, table or name is not
 * in the file any more, or a file is not there, and the lesson's "What changed" says no such thing.
 */
export function unannounced(course: CourseText): Finding[] {
  const lines = eachChangedFile(course, (before, step, path, from, to) => {
    if (announces(step, path)) return [];
    const cure = `bring it back, or say under "What changed" of ${step.dir}/README.md, at \`${path}\`, what goes`;
    const file = `${step.dir}/${path}`;
    const shrunk = placesBetween(from, to)
      .filter(({ removed, added }) => countOf(removed) > countOf(added) && bare(removed) !== "")
      .map(({ line, removed, added }) => ({
        file,
        line,
        what: `${fewer(countOf(removed) - countOf(added))} than step ${before.id} has here`,
        cure,
      }));
    if (shrunk.length > 0) return shrunk;
    const now = namesIn(to);
    return [...namesIn(from)]
      .filter((name) => !now.has(name))
      .map((name) => ({ file, what: `${name} of step ${before.id} is gone`, cure }));
  });
  const files = neighbours(course).flatMap(([before, step]) =>
    [...before.files.keys()]
      .filter((path) => isCode(path) && path !== "app.ts" && !step.files.has(path))
      .filter((path) => !announces(step, path) && hasPages(step, path))
      .map((path) => ({
        file: `${step.dir}/${path}`,
        what: `is not there any more, and step ${before.id} has it`,
        cure: `bring it back (cp ${before.dir}/${path} ${step.dir}/${path}), or say under "What changed" that it goes`,
      })),
  );
  return [...lines, ...files];
}

/** Where a whole folder is missing, that is one fault and told elsewhere. */
function hasPages({ files }: StepText, path: string): boolean {
  const folder = path.slice(0, path.indexOf("/") + 1);
  return [...files.keys()].some((each) => each.startsWith(folder));
}

/** Whether an item of "What changed" begins with the file and says that something goes. */
function announces({ files }: StepText, path: string): boolean {
  const changed = sectionOf(files.get("README.md") ?? "", "What changed");
  const items = changed.split(/^(?=[-*] )/m).filter((item) => item.startsWith(`- \`${path}\``));
  return items.some((item) => GOES.test(item.replace(/^(```|~~~)[\s\S]*?^\1/gm, "")));
}

/** The routes, tables, events and top-level names of a file of code. */
function namesIn(code: string): Set<string> {
  return new Set([
    ...matches(
      code,
      /^(?:export )?(?:const|let|type|interface|class|function|async function) (\w+)/gm,
      (name) => name,
    ),
    ...routesIn(code).map(({ method, path }) => `the route ${method} ${path}`),
    ...tablesIn(code).map((name) => `the table ${name}`),
    ...matches(code, /\bid="([\w-]+)"/g, (name) => `the element #${name}`),
  ]);
}

function matches(code: string, pattern: RegExp, name: (group: string) => string): string[] {
  return [...code.matchAll(pattern)].map(([, group = ""]) => name(group));
}

function fewer(count: number): string {
  return count === 1 ? "a line fewer" : `${count} lines fewer`;
}

function countOf(text: string): number {
  return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

function eachChangedFile(
  course: CourseText,
  rule: (before: StepText, step: StepText, path: string, from: string, to: string) => Finding[],
): Finding[] {
  return neighbours(course).flatMap(([before, step]) =>
    codeOf(step).flatMap(([path, to]) => {
      const from = before.files.get(path);
      return from === undefined || from === to ? [] : rule(before, step, path, from, to);
    }),
  );
}

/** A step that changes no code: there is nothing in it to learn by writing. */
export function changesNothing(course: CourseText): Finding[] {
  return neighbours(course)
    .filter(([before, step]) => {
      const [old, now] = [codeOf(before), codeOf(step)];
      return (
        old.length === now.length && now.every(([path, text]) => before.files.get(path) === text)
      );
    })
    .map(([before, step]) => ({
      file: `${step.dir}/app.ts`,
      what: `changes nothing: the code is that of step ${before.id}`,
      cure: "write what the step adds, or take the step out (./version.sh remove)",
    }));
}
