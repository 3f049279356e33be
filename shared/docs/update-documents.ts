import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../course/errors.ts";
import type { Output } from "../course/world.ts";
import { checkDocument, forEachOf, type Report } from "./check-documents.ts";
import { explainFailure } from "./failure.ts";
import { runDocuments, stepOf } from "./repository.ts";
import { staleAnswers, withSeen } from "./update.ts";

/**
 * Runs documents, and writes the answers that were seen into them; says which, and what it cannot
 * mend.
 * @param files which ones, from the root; none means all
 * @returns whether all is well now
 * @throws UsageError naming the file that is no document whose commands are run
 */
export async function updateDocuments(
  root: string,
  files: readonly string[],
  stdout: Output,
): Promise<boolean> {
  const known = runDocuments(root);
  const wanted = files.map((file) => file.replaceAll("\\", "/").replace(/^\.\//, ""));
  const wrong = wanted.find((file) => !known.includes(file));
  if (wrong !== undefined)
    throw new UsageError(
      `'${wrong}' has no commands that are run: give README.md, CONTRIBUTING.md or a lesson such as ${known.findLast((file) => stepOf(file))}, or nothing for all`,
    );
  // What a page shows, or the step before answers, is not written into a document.
  const reports = await forEachOf(wanted.length > 0 ? wanted : known, (file) =>
    checkDocument(root, file, { pages: false, news: false }),
  );
  return reports.map((report) => write(root, report, stdout)).every(Boolean);
}

function write(root: string, { document, seen, failures }: Report, stdout: Output): boolean {
  const stale = staleAnswers(seen);
  if (stale.length > 0) writeFileSync(join(root, document.file), withSeen(document, seen));
  for (const { answer } of stale) stdout.write(`${document.file}:${answer.line}: answer written\n`);
  const left = failures.filter(({ mendable }) => !mendable);
  for (const failure of left) stdout.write(`${explainFailure(failure)}\n\n`);
  if (stale.length + left.length === 0) stdout.write(`${document.file} is as it should be\n`);
  return left.length === 0;
}
