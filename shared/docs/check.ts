import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EXAMPLE_FILE, readCourse } from "../course/course.ts";
import { DATA_FOLDER } from "../course/files.ts";
import { kindOf, readExample } from "../running/example.ts";
import { shownAs, statusOf } from "./answer.ts";
import { adoptIn, remove } from "./copy.ts";
import type { Desk, Outcome } from "./desk.ts";
import type { Answer, Command, Document, Page } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { sameByShape } from "./match.ts";
import { notRun } from "./not-run.ts";
import { lookAt, type Wrong } from "./pages.ts";
import { courseOf, stepOf, stepsOf } from "./repository.ts";

/** How a document is run. */
export interface Options {
  /** Whether pages are opened; not where no browser is installed. */
  readonly pages: boolean;
  /** How long a command may take, in ms; a step always has the time that it needs to start. */
  readonly limit: number;
  /** How long a page may take to show something, in ms. */
  readonly patience: number;
}

/** Generous, because a slow machine is no fault of the documents. */
export const PATIENT = { limit: 60_000, patience: 20_000 };

/** An answer that was seen, as its document would show it. */
export interface Seen {
  readonly answer: Answer;
  readonly shown: string;
}

/** What came of a line of a document. */
export interface Line {
  readonly part: Command | Page;
  readonly failure?: Failure;
  readonly seen?: Seen;
}

/** A command that runs until it is ended. */
const SERVES = /^(?:\w+=\S+ )*(?:npm start\b|npx tsx (?:\S+\/)?app\.ts\b)/;
/** A command that asks the running server without naming it. */
const ASKS_RUNNING = /version\.sh fill\b/;

/**
 * Runs a document's commands and opens its pages, in order.
 *
 * A lesson runs on its own step. Another document runs on the last step of its course, on a fresh
 * database, but in the sections that start a server themselves.
 *
 * @throws when the step does not start
 */
export async function* runLines(
  desk: Desk,
  document: Document,
  options: Options,
): AsyncGenerator<Line> {
  const own = stepOf(document.file);
  const step = own ?? (stepsOf(desk.root, courseOf(desk.root, document.file)).at(-1) as string);
  // Which server runs: that of the step, or one that a section has started.
  let server: string | undefined;
  const serveStep = async () => {
    await desk.stopServer();
    remove(join(desk.root, step, DATA_FOLDER));
    desk.goTo(step);
    const as = { course: dirname(step), step: basename(step) };
    await desk.serve("node app.ts", { ...PATIENT, as });
    desk.goTo("");
    server = step;
  };
  const needServer = async (section: string) => {
    if (server !== step && server !== section) await serveStep();
  };
  if (own !== undefined) {
    adoptIn(desk.root, own);
    await serveStep();
  }

  for (const part of document.parts) {
    if (part.kind === "page" && options.pages) {
      await needServer(part.section);
      const wrong = await lookAt(part, desk.here(part.address), options.patience, desk.log);
      yield { part, ...(wrong && { failure: pageFailure(document, part, wrong) }) };
    } else if (part.kind === "command" && notRun(part.text) === undefined) {
      if (part.first) desk.goTo("");
      if (SERVES.test(part.text)) {
        const started = await startAs(desk, document, part, options);
        // Without it, the lines below get the server of the step.
        server = started.failure ? undefined : part.section;
        yield { part, ...started };
        continue;
      }
      const stranger = desk.strangePort(part.text);
      if (stranger !== undefined) {
        yield { part, failure: strangerFailure(document, part, stranger) };
        continue;
      }
      if (desk.asks(part.text) || ASKS_RUNNING.test(part.text)) await needServer(part.section);
      yield { part, ...(await typeAs(desk, document, part, options)) };
    }
  }
}

function pageFailure(document: Document, page: Page, wrong: { expected: string; seen: string }) {
  return failureAt(document, page, `the page ${page.address}`, wrong.expected, wrong.seen);
}

function strangerFailure(document: Document, command: Command, port: number): Failure {
  const expected = "a command to the server that was started for this document";
  const seen = `one to port ${port}, where nothing of this course answers: it was not run`;
  return failureAt(document, command, command.text, expected, seen);
}

async function startAs(
  desk: Desk,
  document: Document,
  command: Command,
  { limit }: Options,
): Promise<Partial<Line>> {
  // The example data are sent once the server answers.
  const ready = command.text.includes("--fill") ? filled(desk.root, document.file) : {};
  try {
    await desk.serve(command.text, { limit, ...ready });
    return {};
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { failure: failureAt(document, command, command.text, "a server that answers", seen) };
  }
}

/** When all example data of a course have been sent: the last kind of them is told. */
export function filled(root: string, file: string): { ready?: RegExp } {
  const course = courseOf(root, file);
  if (!existsSync(join(root, course, EXAMPLE_FILE))) return {};
  const { items } = readExample(root, readCourse({ root }, course));
  const last = [...new Set(items.map(kindOf))].at(-1);
  return last === undefined ? {} : { ready: new RegExp(`^${RegExp.escape(last)}: `, "m") };
}

/** What is wrong with a command whose answer is not shown; undefined if it did what it should. */
export function succeeds({ output, code }: Outcome): Wrong {
  const status = statusOf(output);
  if (code === 0 && (status === undefined || status < 400)) return undefined;
  return { expected: "a command that succeeds", seen: `${output.trim()}\n(exit code ${code})` };
}

async function typeAs(
  desk: Desk,
  document: Document,
  command: Command,
  { limit }: Options,
): Promise<Partial<Line>> {
  const { answer, text } = command;
  // What is not shown as HTTP went through a pipe or is a body alone: as without a terminal.
  const plain = answer !== undefined && answer.lang !== "http";
  const { output, code } = await desk.type(text, { limit, plain });
  if (answer === undefined) {
    const wrong = succeeds({ output, code });
    return wrong ? { failure: failureAt(document, command, text, wrong.expected, wrong.seen) } : {};
  }
  const shown = shownAs(answer, output);
  if (sameByShape(answer.text, shown)) return { seen: { answer, shown } };
  // What a command prints that fails is seldom what a document wants to show.
  const mendable = code === 0 && (answer.lang !== "http" || statusOf(shown) !== undefined);
  return {
    ...(mendable && { seen: { answer, shown } }),
    failure: { ...failureAt(document, command, text, answer.text, shown), mendable },
  };
}
