import { diffLines } from "diff";
import type { SiteStep } from "../course/model.ts";

/** Lines of a file that a part of a lesson speaks of: from 1, both included. */
export interface Place {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  /** Whether the file is one that the step changes, and therefore on its page. */
  readonly onPage: boolean;
}

interface CodeFile {
  readonly path: string;
  readonly lines: readonly string[];
  /** For each line, whether the step added it. */
  readonly added: readonly boolean[];
}

/** Finds the lines that a lesson speaks of. */
export interface Finder {
  /** Lines that stand in a file word for word, apart from their indentation. */
  quote(code: string): Place | undefined;
  /** The first of these code spans that names a file or occurs in the step's code, its new lines first. */
  mention(spans: readonly string[]): Place | undefined;
}

/** Shorter code spans occur everywhere. */
const SHORTEST = 3;

/** @param before the step before, undefined for the first one */
export function finder(step: SiteStep, before: SiteStep | undefined): Finder {
  const files = codeFiles(step, before);
  return {
    quote: (code) => {
      const quoted = code
        .trim()
        .split("\n")
        .map((line) => line.trim());
      return files.map((file) => quoteIn(file, quoted)).find((place) => place !== undefined);
    },
    mention: (spans) =>
      first(spans, (span) => firstNewLine(files, span)) ??
      bestLine(files, spans, true) ??
      bestLine(files, spans, false),
  };
}

function codeFiles(step: SiteStep, before: SiteStep | undefined): CodeFile[] {
  const files = [...step.files].flatMap(([path, text]): CodeFile[] => {
    if (text === undefined || path.endsWith(".test.ts")) return [];
    const parts = diffLines(before?.files.get(path) ?? "", text);
    const added = parts.flatMap((part) =>
      part.removed ? [] : new Array<boolean>(part.count).fill(part.added),
    );
    return [{ path, lines: text.split("\n"), added }];
  });
  // What the step changes is what its lesson is about.
  const changed = (file: CodeFile) => (file.added.includes(true) ? 0 : 1);
  return files.sort((a, b) => changed(a) - changed(b));
}

function quoteIn(file: CodeFile, quoted: readonly string[]): Place | undefined {
  const at = file.lines.findIndex((_, start) =>
    quoted.every((line, offset) => file.lines[start + offset]?.trim() === line),
  );
  return at === -1 ? undefined : placeOf(file, at, quoted.length);
}

function placeOf({ path, added }: CodeFile, at: number, lines = 1): Place {
  return { path, from: at + 1, to: at + lines, onPage: added.includes(true) };
}

function firstNewLine(files: readonly CodeFile[], span: string): Place | undefined {
  const file = files.find(({ path }) => path === span);
  if (file === undefined) return undefined;
  return placeOf(file, Math.max(0, file.added.indexOf(true)));
}

/**
 * The line that has most of the spans, the first of them counting double, since it is what the
 * sentence is about. A comment is worth less than code.
 */
function bestLine(
  files: readonly CodeFile[],
  spans: readonly string[],
  isNew: boolean,
): Place | undefined {
  const useful = spans.filter((span) => span.length >= SHORTEST);
  let best: { place: Place; score: number } | undefined;
  for (const file of files)
    for (const [at, line] of file.lines.entries()) {
      if (isNew && file.added[at] !== true) continue;
      const hits = useful.filter((span) => line.includes(span));
      if (hits.length === 0) continue;
      const comment = /^\s*(\/\/|\/\*|\*|<!--)/.test(line) ? 0.5 : 1;
      const score = (hits.length + (hits.includes(useful[0] ?? "") ? 1 : 0)) * comment;
      if (score > (best?.score ?? 0)) best = { place: placeOf(file, at), score };
    }
  return best?.place;
}

function first<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
