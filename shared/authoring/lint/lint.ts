import type { Course } from "../../course/course.ts";
import type { Finding } from "./finding.ts";
import { sizeOfPackages } from "./packages.ts";
import { rules } from "./rules/index.ts";
import { readTexts } from "./text.ts";

/** What the linter looked at, and found. */
export interface Linted {
  readonly findings: Finding[];
  /** What could not be looked at, in words. */
  readonly notes: string[];
}

/**
 * Looks whether a course keeps its own rules.
 * @param quick leaves the checks out, which start each step
 */
export async function lint(root: string, course: Course, quick = false): Promise<Linted> {
  const texts = readTexts(root, course);
  const findings = rules.flatMap((rule) => rule(texts));
  const told = new Set(findings.map(({ cure }) => cure));
  // Where the page itself is missing, that is told already, or there is nothing to be stale.
  if (texts.readme.text !== undefined)
    findings.push(...(await staleFiles(root, course)).filter(({ cure }) => !told.has(cure)));
  findings.push(...sizeOfPackages(root, course.folder, texts.about));
  if (quick) return { findings, notes: [] };
  const { provesNothing } = await import("./previous.ts");
  const proof = await provesNothing(root, course);
  const notes = proof.notSeen.map(
    (id) => `the check of step ${id} was not run on the step before: no browser is installed`,
  );
  return { findings: [...findings, ...proof.findings], notes };
}

/** Files of a course that are made from others, and were not made again. */
async function staleFiles(root: string, course: Course): Promise<Finding[]> {
  const { generate } = await import("../../generate/generate.ts");
  let problems = "";
  const silent = { write: () => true };
  await generate(root, true, silent, { write: (text) => (problems += text) }, course.folder);
  return problems.split("\n").flatMap((line): Finding[] => {
    const [, stale] = /^generate: (\S+) is out of date/.exec(line) ?? [];
    if (stale !== undefined)
      return [{ file: stale, what: "is out of date", cure: "npm run generate" }];
    const [, file, what = ""] = /^generate: ([^:]+): (.*)$/.exec(line) ?? [];
    return file === undefined ? [] : [{ file, what, cure: "then npm run generate" }];
  });
}
