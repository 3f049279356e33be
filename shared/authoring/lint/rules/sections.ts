import { type Finding, lineAt } from "../finding.ts";
import { type CourseText, programOf, type StepText } from "../text.ts";

/**
 * A section that is named differently in one step only: no other step has its name, and a step next
 * to it has one that is missing here.
 */
export function sectionNames({ steps }: CourseText): Finding[] {
  const names = steps.map((step) => sectionsOf(step).map(({ name }) => name));
  return steps.flatMap((step, at) =>
    sectionsOf(step).flatMap(({ name, path, line }) => {
      if (names.some((others, index) => index !== at && others.includes(name))) return [];
      const nextTo = [at - 1, at + 1].find((index) => missingOf(names, index, at) !== undefined);
      const usual = nextTo === undefined ? undefined : missingOf(names, nextTo, at);
      if (nextTo === undefined || usual === undefined) return [];
      return [
        {
          file: `${step.dir}/${path}`,
          line,
          what: `no other step has a section '${name}', and step ${steps[nextTo]?.id} has '${usual}'`,
          cure: `name it // --- ${usual} ---, or rename it in all steps`,
        },
      ];
    }),
  );
}

/** A section of one step that another one does not have. */
function missingOf(
  names: readonly (readonly string[])[],
  of: number,
  inStep: number,
): string | undefined {
  return names[of]?.find((name) => !names[inStep]?.includes(name));
}

function sectionsOf(step: StepText): { name: string; path: string; line: number }[] {
  return programOf(step).flatMap(([path, text]) =>
    [...text.matchAll(/^\/\/ --- (.+) ---$/gm)].map((found) => ({
      name: found[1] ?? "",
      path,
      line: lineAt(text, found.index),
    })),
  );
}
