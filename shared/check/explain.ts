import { stripVTControlCharacters } from "node:util";
import { BrokenServer, withoutTrace } from "../testkit/broken-server.ts";
import { pathOf } from "../testkit/page-traffic.ts";
import { patience, waitOf } from "../testkit/patience.ts";
import type { Exchange } from "../testkit/traffic.ts";
import { showBoth } from "./difference.ts";
import { aboutList } from "./lists.ts";
import { aboutPage, isOfDriver } from "./page-errors.ts";
import type { Miss } from "./report.ts";

/** Whether a test ended because something did not happen in time: then the next ones would wait, too. */
export const isAboutTime = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "TimeoutError" ||
    error.cause === "time" ||
    /does not (answer|acknowledge)|Timeout \d+ms exceeded/.test(error.message));

/**
 * Why a promise was missed, in words: from the error that its test threw and from what was
 * exchanged with the app until then.
 */
export const explain = (error: unknown, traffic: readonly Exchange[]): Miss => {
  const found = Object.entries(missOf(error, traffic));
  return Object.fromEntries(
    found.map(([name, text]) => [name, withoutTrace(stripVTControlCharacters(text))]),
  );
};

const missOf = (error: unknown, traffic: readonly Exchange[]): Miss => {
  const last = traffic.at(-1);
  const sent = last?.sent;
  const base: Miss = sent === undefined ? {} : { sent };
  if (!(error instanceof Error)) return { ...base, sentence: String(error) };
  if (error instanceof BrokenServer) return { sentence: error.message };
  const came = last?.received === undefined ? {} : { received: last.received };
  const message = stripVTControlCharacters(error.message);

  if (isAssertion(error)) return { ...base, ...aboutAnswer(last, error), ...compared(error, came) };
  const http = last?.kind === "http" && last.received === undefined ? last.sent : undefined;
  if (error.name === "TimeoutError" && http !== undefined) {
    const sentence = `the app did not answer ${short(http)} within ${patience / 1000} s: does every path through its route send an answer?`;
    return { ...base, sentence };
  }
  if (error instanceof TypeError && error.message === "fetch failed") {
    const sentence = `the app broke off the connection at ${short(http ?? "a request")}: did it end?`;
    return { ...base, sentence };
  }
  if (error instanceof TypeError && last?.kind === "http" && last.type !== "application/json") {
    return { ...base, ...came, sentence: notJson(last) };
  }
  if (isOfDriver(message)) {
    const path = pathOf(error) ?? lastOpened(traffic);
    return { ...base, sentence: aboutPage(message, { path, waited: waitOf(error) / 1000 }) };
  }
  return { ...base, ...came, sentence: withoutImporter(firstLines(message)) };
};

/** An import that failed, without the path of the check that imports: a learner looks for their own file. */
const withoutImporter = (message: string): string =>
  message.replace(/^(Cannot find module .*?) imported from .*\.test\.ts['"]?/, "$1");

/** The path of the page that was opened last. */
const lastOpened = (traffic: readonly Exchange[]): string | undefined =>
  traffic.map(({ sent }) => /^a browser opens (\S+)/.exec(sent)?.[1]).findLast(Boolean);

type Assertion = Error & { actual?: unknown; expected?: unknown };
const isAssertion = (error: Error): error is Assertion => error.name === "AssertionError";

/** What follows an answer in a row of its own is cut, in characters. */
const ANSWER = 200;

const compared = (error: Assertion, came: { received?: string }): Miss => {
  const { actual, expected } = error;
  const message = firstLines(error.message);
  // "not to contain", "to match": the values alone would not say it.
  if (
    expected === undefined ||
    !/^(?:[^:]*: )?expected .* to (deeply equal|be|match object|have)/s.test(message) ||
    / not to /.test(message)
  ) {
    return { expected: message.replace(/^expected /, ""), ...came };
  }
  const label = /^(.{1,60}?): expected /.exec(message)?.[1];
  const both = showBoth(expected, actual, isPartOnly(error));
  const isTold = both.received === came.received || both.received.length > ANSWER;
  const more = came.received === undefined || isTold ? "" : `  in ${came.received}`;
  const expectation = `${label === undefined ? "" : `${label}: `}${both.expected}`;
  return { expected: expectation, received: `${both.received}${more}` };
};

const isPartOnly = ({ message }: Error): boolean => / to match object /.test(message);

/** What a list differs in, or that a page came where data belongs: the commonest slips of all. */
const aboutAnswer = (last: Exchange | undefined, error: Assertion): Miss => {
  if (last?.kind === "http" && last.type === "text/html" && error.actual === undefined)
    return { sentence: notJson(last) };
  if (/ not to /.test(error.message)) return {};
  const texts = last?.kind === "page" ? "row" : "item";
  const sentence = aboutList(error.expected, error.actual, texts, isPartOnly(error));
  return sentence === undefined ? {} : { sentence };
};

const notJson = (last: Exchange): string => {
  const what = last.type === "text/html" ? "HTML" : last.type || "no content type";
  const missing = last.status === 404 ? `: is there a route for it?` : ": res.json(…) sends JSON";
  return `the app answered ${short(last.sent)} with ${what} (status ${last.status}) instead of JSON${missing}`;
};

/** Method and path of a request, without its body. */
const short = (sent: string): string => sent.split(" ").slice(0, 2).join(" ");

const firstLines = (message: string): string => message.split("\n").slice(0, 6).join("\n");
