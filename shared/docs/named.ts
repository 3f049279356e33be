import { filled, PATIENT, succeeds } from "./check.ts";
import { openDesk } from "./desk.ts";
import { type Document, partsOf, type Span } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { notRun } from "./not-run.ts";
import { stepsOf } from "./repository.ts";

/** A command of the running text, where it stands first. */
export interface Named {
  readonly document: Document;
  readonly span: Span;
}

/** The `./version.sh …` commands that documents name in their running text, each one once. */
export function namedCommands(documents: readonly Document[]): Named[] {
  const found = new Map<string, Named>();
  for (const document of documents)
    for (const span of partsOf(document, "span"))
      if (/^\.\/version\.sh\s\S/.test(span.text) && !notRun(span.text) && !found.has(span.text))
        found.set(span.text, { document, span });
  return [...found.values()];
}

/**
 * Runs the commands that the running text of a course's documents names, beside a server that runs
 * in the middle of the course, so that there is a next step and a step before. They have to succeed,
 * no more: what they answer is told in blocks.
 */
export async function runNamed(
  root: string,
  course: string,
  named: readonly Named[],
): Promise<Failure[]> {
  const [first] = named;
  if (first === undefined) return [];
  const desk = await openDesk(root, course);
  try {
    const data = filled(root, first.document.file);
    const fill = data.ready === undefined ? "" : " --fill";
    await desk.serve(`npm start -- ${middleOf(root, course)}${fill}`, { ...PATIENT, ...data });
    const failures: Failure[] = [];
    for (const { document, span } of named) {
      const stranger = desk.strangePort(span.text);
      const wrong =
        stranger === undefined
          ? succeeds(await desk.type(span.text, PATIENT))
          : { expected: "a command to the running server", seen: `one to port ${stranger}` };
      if (wrong) failures.push(failureAt(document, span, span.text, wrong.expected, wrong.seen));
    }
    return failures;
  } finally {
    await desk.close();
  }
}

/** A step a little before the middle of a course, such as "steps/07". */
function middleOf(root: string, course: string): string {
  const steps = stepsOf(root, course);
  return steps[Math.ceil((steps.length - 1) * 0.4)] ?? "";
}
