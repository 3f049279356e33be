import { writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { courseFolders, DEFAULT_COURSE, isStepId, shortName } from "../course/course.ts";
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
  const wanted = files.map((file) => documentIn(root, file, known));
  const wrong = wanted.findIndex((file) => !known.includes(file));
  if (wrong >= 0)
    throw new UsageError(
      `'${files[wrong]}' has no commands that are run: give README.md, CONTRIBUTING.md, a lesson such as ${known.find((file) => stepOf(file))}, its step, or nothing for all`,
    );
  // What a page shows, or the step before answers, is not written into a document.
  const reports = await forEachOf(wanted.length > 0 ? wanted : known, (file) =>
    checkDocument(root, file, { pages: false, news: false }),
  );
  return reports.map((report) => write(root, report, stdout)).every(Boolean);
}

/** The document that was typed: a file, or the lesson of a step such as `07`, `steps/07` or `counter/07`. */
function documentIn(root: string, typed: string, known: readonly string[]): string {
  const clean = typed.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/$/, "");
  if (known.includes(clean)) return clean;
  const [id, course] = [posix.basename(clean), posix.dirname(clean)];
  const folder = courseFolders(root).find(
    (each) => each === course || shortName(each) === (course === "." ? DEFAULT_COURSE : course),
  );
  return isStepId(id) && folder !== undefined ? `${folder}/${id}/README.md` : clean;
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
