import { stripVTControlCharacters } from "node:util";

/** What is wrong with a server that cannot be checked at all. */
export type Broken =
  | "ends"
  | "does not compile"
  | "does not listen"
  | "other port"
  | "endless output"
  | "child left behind"
  | "no app.ts";

/** A server that cannot be checked: its message is one plain sentence, with what it printed after. */
export class BrokenServer extends Error {
  readonly kind: Broken;
  // On the prototype, so that the stack trace begins with it.
  static {
    BrokenServer.prototype.name = "BrokenServer";
  }

  constructor(kind: Broken, sentence: string, output = "") {
    const said = lastLines(stripVTControlCharacters(output)).join("\n");
    super(said === "" ? sentence : `${sentence}\n${said}`);
    this.kind = kind;
  }
}

/** An app that ended before it listened: why, from what it printed. */
export const whyEnded = (exit: string, output: string, port: number): BrokenServer => {
  const clean = withoutFolders(output);
  const syntax = /SyntaxError\b.*?: (.*)|ERR_(?:UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX/.exec(clean);
  if (syntax !== null) {
    const [, file, line] = /(?:^|\s)(\S+\.[cm]?[jt]s):(\d+)$/m.exec(clean) ?? [];
    const place = file === undefined ? "" : ` (${file}:${line})`;
    return new BrokenServer("does not compile", `the app does not compile${place}`, clean);
  }
  if (clean.includes("heap out of memory")) {
    const sentence =
      "the app used up all memory: is there a loop without end that prints or collects?";
    return new BrokenServer("endless output", sentence);
  }
  const taken = /(?:EADDRINUSE|in use|[Pp]ort).*?\b(\d{4,5})\b/.exec(clean)?.[1];
  const cure =
    taken !== undefined && Number(taken) !== port
      ? `: it wanted port ${taken}, but it has to listen on the port that PORT names, here ${port}`
      : "";
  return new BrokenServer("ends", `the app ended before it listened (${exit})${cure}`, clean);
};

/** How the temporary folder of a copied app begins: like no folder that a course is cloned into. */
export const COPY_PREFIX = "copied-app-";

/** A file in such a copy, or the copy itself; in JSON and in HTML, too, where some signs are escaped. */
const IN_COPY = new RegExp(
  `(?:file://)?[^\\s()"'\`<>;]*[\\\\/]${COPY_PREFIX}\\w{6}[\\\\/]+(?:course[\\\\/]+)?([^\\s\\\\/()"'\`<>;&:,]+)([\\\\/]*)`,
  "g",
);

/** A text about an app, with its own files named as the learner knows them. */
export const withoutFolders = (text: string): string =>
  text.replace(IN_COPY, (_, name: string, separator: string) => (separator === "" ? name : ""));

const LINES = 12;
/** What Node adds to an error, and a learner need not read. */
const OF_NODE = /^\s*at |^Node\.js v|^node:|^\s+triggerUncaughtException|^\s+code: 'ERR_|^[{}]$/;

const lastLines = (output: string): string[] => {
  const lines = output
    .split("\n")
    .map((line) => (line.length > 200 ? `${line.slice(0, 200)} …` : line))
    .filter((line) => line.trim() !== "" && !OF_NODE.test(line));
  return lines.length > LINES ? ["…", ...lines.slice(-LINES)] : lines;
};

/** A line of a stack trace that names a file of the app. */
const OWN_PLACE = /^\s*at (?:.*\()?((?:[\w.-]+[\\/])*[\w.-]+\.[cm]?[jt]s:\d+)(?::\d+)?\)?(?: \{)?$/;
/** A line of it on the page by which Express answers an error. */
const ON_PAGE = /<br>(?: &nbsp;){2}(at [^<]*)/g;
/** What http-errors adds to an error: the answer's status says it. */
const OF_ANSWER = /^\s+(?:expose|statusCode|status): \w+,?$/;

/**
 * What an app printed while something failed, for a learner: its last lines, each once, without
 * colours, and of a stack trace only the places in the app's own files.
 */
export const whatItSaid = (output: string): string => {
  const lines = withoutFolders(stripVTControlCharacters(output))
    .split("\n")
    .filter((line) => !OF_ANSWER.test(line))
    .map((line) => line.trimEnd().replace(OWN_PLACE, "  in $1"));
  return lastLines([...new Set(lines)].join("\n")).join("\n");
};

/** A page by which Express answers an error, if it is one: of its stack trace only the places in the app's own files. */
export const withoutTrace = (html: string): string =>
  withoutFolders(html).replace(ON_PAGE, (_, line: string) => {
    const [, place] = OWN_PLACE.exec(line) ?? [];
    return place === undefined ? "" : `<br>in ${place}`;
  });
