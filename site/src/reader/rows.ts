import { diffArrays } from "diff";
import { changedPart, markHtml } from "./words.ts";

/**
 * All versions of one file of the course, each different line once: what a page needs to show the
 * file at any step, or its difference between any two.
 */
export interface FileHistory {
  readonly path: string;
  /** What the names mean; a line's `data-t` counts into it. */
  readonly types: readonly string[];
  /** Each different line as HTML. */
  readonly lines: readonly string[];
  /** Step → its lines, as indices of `lines`; null where the file is binary. A step without the file is missing. */
  readonly steps: Readonly<Record<string, readonly number[] | null>>;
}

export type Kind = "added" | "removed" | "changed" | "same";

/** One file of a step beside the same file of another step. */
export interface Comparison {
  readonly path: string;
  readonly kind: Kind;
  readonly added: number;
  readonly removed: number;
  readonly binary: boolean;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly sign: " " | "+" | "-";
  /** Line number in the older step; undefined for a new line. */
  readonly old: number | undefined;
  readonly new: number | undefined;
  readonly html: string;
}

/** Unchanged lines that stay visible around a change. */
const CONTEXT = 3;

/** The text of a line of HTML: what is compared, since the same text may have other types. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** A text as HTML shows it, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * Compares a file between two steps.
 * @param before undefined is the nothing before the first step
 */
export function compare(
  file: FileHistory,
  before: string | undefined,
  after: string,
): Comparison | undefined {
  const [from, to] = [before === undefined ? undefined : file.steps[before], file.steps[after]];
  if (from === undefined && to === undefined) return undefined;
  const kind = from === undefined ? "added" : to === undefined ? "removed" : "changed";
  const base = { path: file.path, added: 0, removed: 0, rows: [] };
  if (from === null || to === null) return { ...base, kind, binary: true };
  const rows = rowsOf(file, from ?? [], to ?? []);
  const count = (sign: string) => rows.filter((row) => row.sign === sign).length;
  const [added, removed] = [count("+"), count("-")];
  const same = kind === "changed" && added + removed === 0;
  return { ...base, kind: same ? "same" : kind, added, removed, binary: false, rows };
}

function rowsOf(file: FileHistory, from: readonly number[], to: readonly number[]): Row[] {
  const html = (index: number) => file.lines[index] ?? "";
  const text = (index: number) => textOfHtml(html(index));
  const rows: Row[] = [];
  let [oldLine, newLine] = [0, 0];
  for (const part of diffArrays(from.map(text), to.map(text))) {
    for (let each = 0; each < part.count; each++) {
      if (part.removed) {
        const line = from[oldLine++] ?? 0;
        rows.push({ sign: "-", old: oldLine, new: undefined, html: html(line) });
      } else {
        if (!part.added) oldLine++;
        const line = to[newLine++] ?? 0;
        const [sign, old] = part.added ? (["+", undefined] as const) : ([" ", oldLine] as const);
        rows.push({ sign, old, new: newLine, html: html(line) });
      }
    }
  }
  return markWords(rows);
}

/** Where lines replace lines, marks what is different in each pair. */
function markWords(rows: Row[]): Row[] {
  for (let at = 0; at < rows.length; ) {
    const removed = runOf(rows, at, "-");
    if (removed === 0) {
      at++;
      continue;
    }
    const first = at + removed;
    const pairs = Math.min(removed, runOf(rows, first, "+"));
    for (let pair = 0; pair < pairs; pair++) {
      const [before, after] = [rows[at + pair], rows[first + pair]];
      if (!before || !after) continue;
      const parts = changedPart(textOfHtml(before.html), textOfHtml(after.html));
      if (parts === undefined) continue;
      rows[at + pair] = { ...before, html: markHtml(before.html, parts[0]) };
      rows[first + pair] = { ...after, html: markHtml(after.html, parts[1]) };
    }
    at = first;
  }
  return rows;
}

function runOf(rows: readonly Row[], start: number, sign: Row["sign"]): number {
  let end = start;
  while (rows[end]?.sign === sign) end++;
  return end - start;
}

/** What of the rows is in sight, and what is folded away. */
export interface Run {
  readonly folded: boolean;
  readonly rows: readonly Row[];
}

/** Folds unchanged rows that are far from any change. */
export function fold(rows: readonly Row[]): Run[] {
  const near = rows.map(() => false);
  rows.forEach((row, at) => {
    if (row.sign !== " ") near.fill(true, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  });
  const runs: { folded: boolean; rows: Row[] }[] = [];
  rows.forEach((row, at) => {
    const folded = !near[at];
    const last = runs.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else runs.push({ folded, rows: [row] });
  });
  // A fold of one or two lines takes more room than the lines.
  return runs.map((run) => (run.rows.length < 3 ? { ...run, folded: false } : run));
}

/** The anchor of a line of a file. */
export function lineId(path: string, line: number): string {
  return `${path.replaceAll("/", "-")}-L${line}`;
}

/** How rows become HTML. */
export interface Shown {
  /** A file that has no difference to show: no folds, no signs. */
  readonly whole?: boolean;
  /** Leaves unchanged and removed lines out of the search index of this page. */
  readonly forSearch?: boolean;
}

/** The rows of a comparison as HTML. */
export function rowsHtml(comparison: Comparison, shown: Shown = {}): string {
  if (comparison.binary)
    return `<p class="binary">This file has no lines to show: it is binary, or npm wrote it.</p>`;
  if (comparison.rows.length === 0) return `<p class="binary">This file is empty.</p>`;
  const whole = shown.whole || comparison.kind === "same";
  const runs = whole ? [{ folded: false, rows: comparison.rows }] : fold(comparison.rows);
  return runs
    .map(({ folded, rows }) => {
      const body = `<pre class="rows"><code>${rows.map((row) => rowHtml(comparison.path, row, shown)).join("")}</code></pre>`;
      if (!folded) return body;
      const ignore = shown.forSearch ? " data-pagefind-ignore" : "";
      return `<details class="fold"${ignore}><summary>${rows.length} unchanged lines</summary>${body}</details>`;
    })
    .join("");
}

function rowHtml(path: string, row: Row, { forSearch, whole }: Shown): string {
  const sign = whole ? " " : row.sign;
  const tag = sign === "+" ? "ins" : sign === "-" ? "del" : "span";
  const ignore = forSearch && row.sign !== "+" ? " data-pagefind-ignore" : "";
  const number =
    row.new === undefined
      ? `data-o="${row.old}"`
      : `id="${escapeHtml(lineId(path, row.new))}" data-n="${row.new}"`;
  return `<${tag} class="row" ${number}${ignore}>${row.html}\n</${tag}>`;
}
