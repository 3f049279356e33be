import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isOfSplit } from "../course/lesson.ts";
import { PATIENT, runLines, type Seen } from "./check.ts";
import { wrongCounts } from "./counts.ts";
import { openDesk } from "./desk.ts";
import { type Document, partsOf } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { wrongChanges, wrongNames, wrongQuotations } from "./lesson.ts";
import { deadLinks, linksInside } from "./links.ts";
import { provesNothingNew } from "./news.ts";
import { notRun } from "./not-run.ts";
import { courseOf, documentOf, stepBefore, stepOf } from "./repository.ts";

/** How much was checked. */
export type Counts = Record<
  "commands" | "answers" | "pages" | "quotations" | "links" | "news",
  number
>;

/** What came of a document. */
export interface Report {
  readonly document: Document;
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  /** Those that need a browser to be found. */
  readonly pageFailures: readonly Failure[];
  readonly seen: readonly Seen[];
}

/** Documents are run two or three at a time: they wait for processes half of their time. */
const AT_ONCE = 3;

/** Which parts of the check are done. */
export interface Scope {
  /** Whether pages are opened. */
  readonly pages: boolean;
  /** Whether a lesson is run on the code of the step before, too. */
  readonly news: boolean;
}

/** What can be read off the files: quotations, what changed, names, links, blocks that nothing checks. */
export function checkText(root: string, document: Document): Failure[] {
  return [
    ...document.problems.map((it) => failureAt(document, it, "a block", "a check", it.message)),
    ...wrongQuotations(root, document),
    ...wrongChanges(root, document),
    ...wrongNames(root, document),
    ...deadLinks(root, document),
    ...wrongCounts(root, document),
  ];
}

/**
 * Checks all that a document says: what can be read off the files first, then its commands and
 * pages, then that the step before does not show the same.
 */
export async function checkDocument(
  root: string,
  file: string,
  { pages, news }: Scope,
): Promise<Report> {
  const document = documentOf(root, file);
  const failures = checkText(root, document);
  const pageFailures: Failure[] = [];
  const seen: Seen[] = [];
  let [commands, opened, lessons] = [0, 0, 0];
  const desk = await openDesk(root, courseOf(root, file));
  try {
    for await (const line of runLines(desk, document, { ...PATIENT, pages })) {
      if (line.part.kind === "command") commands++;
      else opened++;
      if (line.seen) seen.push(line.seen);
      if (line.failure) (line.part.kind === "page" ? pageFailures : failures).push(line.failure);
    }
    // A lesson that is wrong on its own step says nothing about the one before.
    if (news && failures.length === 0 && addsSomething(root, file)) {
      const old = await provesNothingNew(desk, document);
      if (old) failures.push(old);
      else lessons = 1;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    failures.push(
      failureAt(document, { line: 1 }, "the run of this document", "it goes on to the end", why),
    );
  } finally {
    await desk.close();
  }
  const counts = {
    commands,
    answers: partsOf(document, "command").filter((it) => it.answer && !notRun(it.text)).length,
    pages: opened,
    quotations: partsOf(document, "quotation").length,
    links: linksInside(document).length,
    news: lessons,
  };
  return { document, counts, failures, pageFailures, seen };
}

/** Whether a document is the lesson of a step that does more than the one before: a split moves alone. */
function addsSomething(root: string, file: string): boolean {
  const step = stepOf(file);
  if (step === undefined || stepBefore(root, step) === undefined) return false;
  return !isOfSplit(readFileSync(join(root, file), "utf8"));
}

/** Does the work for each item, a few at a time; the results are in the order of the items. */
export async function forEachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>) {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** All that was checked, in one line. */
export function summaryOf(reports: readonly Report[], named: number): string {
  const sum = (key: keyof Counts) => reports.reduce((all, { counts }) => all + counts[key], 0);
  return [
    `${reports.length} documents: ${sum("commands")} commands run, ${sum("answers")} answers compared`,
    `${named} more commands of the running text run`,
    `${sum("pages")} pages opened`,
    `${sum("quotations")} quotations found`,
    `${sum("links")} links followed`,
    `${sum("news")} lessons that the step before does not pass`,
  ].join(", ");
}
