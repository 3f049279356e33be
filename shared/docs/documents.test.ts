import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { courseFolders } from "../course/course.ts";
import { generate } from "../generate/generate.ts";
import { browserTest } from "../testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../testkit/browser-program.ts";
import { LONG } from "../testkit/projects.ts";
import { checkDocument, forEachOf, type Report, summaryOf } from "./check-documents.ts";
import { partsOf } from "./document.ts";
import { explainFailure, type Failure } from "./failure.ts";
import { CAN_RUN, runTest } from "./fixture.ts";
import { deadLinks, linksInside } from "./links.ts";
import { namedCommands, runNamed } from "./named.ts";
import { NOT_RUN } from "./not-run.ts";
import { allDocuments, courseOf, documentOf, runDocuments } from "./repository.ts";

const root = resolve(import.meta.dirname, "../..");
const documents = runDocuments(root);
const others = allDocuments(root).filter((file) => !documents.includes(file));
const named = courseFolders(root).map((course) => ({
  course,
  commands: namedCommands(
    documents
      .filter((file) => courseOf(root, file) === course)
      .map((file) => documentOf(root, file)),
  ),
}));
const reports: Report[] = [];
const namedFailures: Failure[] = [];

beforeAll(async () => {
  if (!CAN_RUN) return;
  const pages = findBrowser() !== undefined;
  const jobs = documents.map((file, index) => async () => {
    reports[index] = await checkDocument(root, file, { pages, news: true });
  });
  const runTheNamed = named.map(({ course, commands }) => async () => {
    namedFailures.push(...(await runNamed(root, course, commands)));
  });
  // The longest first.
  await forEachOf([...runTheNamed, ...jobs], (job) => job());
}, LONG);

afterAll(() => {
  if (!CAN_RUN) return;
  const more = others.reduce((sum, file) => sum + linksInside(documentOf(root, file)).length, 0);
  console.log(
    `${summaryOf(reports, named.flatMap(({ commands }) => commands).length)}; ${more} links in ${others.length} other documents`,
  );
});

function expectNone(failures: readonly Failure[]): void {
  if (failures.length === 0) return;
  const error = new Error(failures.map(explainFailure).join("\n\n"));
  // The way through this test's own code helps nobody who wrote a lesson.
  error.stack = "";
  throw error;
}

runTest.for(documents)("%s: all that it says is so", (file) => {
  const report = reports.find(({ document }) => document.file === file);
  expect(report).toBeDefined();
  expectNone(report?.failures ?? []);
});

runTest("the commands that the running text names succeed", () => expectNone(namedFailures));

browserTest("the pages that documents name show what they say", async () => {
  if (findBrowser() === undefined) throw new Error(NO_BROWSER);
  expectNone(reports.flatMap(({ pageFailures }) => pageFailures));
});

test.for(others)("%s: its links lead somewhere", (file) => {
  expectNone(deadLinks(root, documentOf(root, file)));
});

test.for(NOT_RUN)("$command, which is not run, still stands in a document", ({ command }) => {
  const all = documents.map((file) => documentOf(root, file));
  const commands = all.flatMap((it) => [...partsOf(it, "command"), ...partsOf(it, "span")]);
  expect(commands.map(({ text }) => text)).toContain(command);
});

test("the table of steps and the picture are those of the steps (if not: npm run generate)", async () => {
  let said = "";
  const stderr = { write: (text: string) => (said += text) };
  await generate(root, true, { write: () => true }, stderr);
  expect(said).toBe("");
});
