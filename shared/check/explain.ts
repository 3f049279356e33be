import { stripVTControlCharacters } from "node:util";
import { BrokenServer, withoutFolders } from "../testkit/broken-server.ts";
import { patience } from "../testkit/patience.ts";
import type { Exchange } from "../testkit/traffic.ts";
import type { Miss } from "./report.ts";
import { inWords } from "./words.ts";

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
  const last = traffic.at(-1);
  const sent = last?.sent;
  const base: Miss = sent === undefined ? {} : { sent };
  if (!(error instanceof Error)) return { ...base, sentence: String(error) };
  if (error instanceof BrokenServer) return { sentence: error.message };
  const came = last?.received === undefined ? {} : { received: last.received };

  if (isAssertion(error)) {
    const note = aboutType(last, error);
    return { ...base, ...note, ...compared(error, came) };
  }
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
  if (/Timeout \d+ms exceeded/.test(error.message)) return { ...base, sentence: onPage(error) };
  return { ...base, ...came, sentence: withoutFolders(firstLines(error.message)) };
};

type Assertion = Error & { actual?: unknown; expected?: unknown };
const isAssertion = (error: Error): error is Assertion => error.name === "AssertionError";

const compared = (error: Assertion, came: { received?: string }): Miss => {
  const { actual, expected } = error;
  const message = withoutFolders(firstLines(error.message));
  // "not to contain", "to match": the values alone would not say it.
  if (
    expected === undefined ||
    !/^(?:[^:]*: )?expected .* to (deeply equal|be|match object|have)/s.test(message) ||
    / not to /.test(message)
  ) {
    return { expected: message.replace(/^expected /, ""), ...came };
  }
  const label = /^(.{1,60}?): expected /.exec(message)?.[1];
  const more = came.received === undefined ? "" : `  in ${came.received}`;
  const received = `${inWords(actual)}${inWords(actual) === came.received ? "" : more}`;
  return { expected: `${label === undefined ? "" : `${label}: `}${inWords(expected)}`, received };
};

/** A page where data belongs is the commonest slip of all: it gets a sentence of its own. */
const aboutType = (last: Exchange | undefined, error: Assertion): Miss =>
  last?.kind === "http" && last.type === "text/html" && error.actual === undefined
    ? { sentence: notJson(last) }
    : {};

const notJson = (last: Exchange): string => {
  const what = last.type === "text/html" ? "HTML" : last.type || "no content type";
  const missing = last.status === 404 ? `: is there a route for it?` : ": res.json(…) sends JSON";
  return `the app answered ${short(last.sent)} with ${what} (status ${last.status}) instead of JSON${missing}`;
};

const onPage = (error: Error): string => {
  const waiting = /waiting for (.*)/.exec(stripVTControlCharacters(error.message))?.[1];
  const what =
    waiting === undefined
      ? ""
      : `: the page never had ${waiting.replace(/ to be visible$/, ", visible")}`;
  return `the page did not do in ${patience / 1000} s what was waited for${what}`;
};

/** Method and path of a request, without its body. */
const short = (sent: string): string => sent.split(" ").slice(0, 2).join(" ");

const firstLines = (message: string): string => message.split("\n").slice(0, 6).join("\n");
