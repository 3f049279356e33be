import { PATIENT, succeeds } from "./check.ts";
import { openDesk } from "./desk.ts";
import { type Document, partsOf, type Span } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { notRun } from "./not-run.ts";

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
 * Runs the commands that the running text names, beside a server that runs in the middle of the
 * course, so that there is a next step and a step before. They have to succeed, no more: what they
 * answer is told in blocks.
 */
export async function runNamed(root: string, named: readonly Named[]): Promise<Failure[]> {
  const desk = await openDesk(root);
  try {
    await desk.serve("npm start -- 07 --fill", { ...PATIENT, ready: /^messages: /m });
    const failures: Failure[] = [];
    for (const { document, span } of named) {
      const wrong = succeeds(await desk.type(span.text, PATIENT));
      if (wrong) failures.push(failureAt(document, span, span.text, wrong.expected, wrong.seen));
    }
    return failures;
  } finally {
    await desk.close();
  }
}
