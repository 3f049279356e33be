import { runLines } from "./check.ts";
import { replaceCode } from "./copy.ts";
import type { Desk } from "./desk.ts";
import type { Document } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { stepBefore, stepOf } from "./repository.ts";

/** In ms. Shorter than elsewhere: here it is expected that an answer does not come. */
const LIMITS = { limit: 5000, patience: 0 };

/**
 * Runs a lesson on the code of the step before its own, under its own step's name, so that the
 * version does not tell them apart. An answer has to differ there, or the lesson does not show what
 * its step adds. Pages are not opened: the terminal alone has to tell.
 * @param desk where the lesson was run on its own step; that step is lost there
 * @returns undefined if all is well
 * @throws when the step before does not start
 */
export async function provesNothingNew(
  desk: Desk,
  document: Document,
): Promise<Failure | undefined> {
  const step = stepOf(document.file);
  const before = step && stepBefore(desk.root, step);
  if (step === undefined || before === undefined) return undefined;
  await desk.stopServer();
  replaceCode(desk.root, step, before);
  const lines = runLines(desk, document, { ...LIMITS, pages: false });
  for await (const { part, failure } of lines)
    if (failure && part.kind === "command" && part.answer) return undefined;
  return failureAt(
    document,
    { line: 1 },
    `what the lesson of ${step} shows as new`,
    `an answer that the code of ${before} does not give`,
    "every answer of the lesson is given there, too",
  );
}
