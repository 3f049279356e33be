import { colour, type Tokens, tokensOf } from "./colours.ts";
import { compareTexts, type Line, type Row, textOf } from "./rows.ts";

/** A file of a comparison. */
export interface Side {
  /** From the root, for the title bar. */
  readonly file: string;
  readonly text: string;
}

/**
 * The HTML page that the picture is taken of: the lines of both programs in one column, as
 * `git diff` shows them, because two columns are too narrow for a phone.
 * @param css the style sheet, which goes into the page as it is
 */
export function comparisonPage(before: Side, after: Side, css: string): string {
  const rows = compareTexts(before.text, after.text);
  const colours = { before: tokensOf(before.text), after: tokensOf(after.text) };
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(`${before.file} and ${after.file}`)}</title>
<style>
${css}</style>
<main>
<h1>${name(before.file)} → ${name(after.file)}${badge("−", rows)}${badge("+", rows)}</h1>
${inOneColumn(rows)
  .map((shown) => (typeof shown === "number" ? fold(shown) : lineHtml(shown, colours)))
  .join("\n")}
</main>
</html>
`;
}

/** A text that the browser shows as it is, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A line to show, and the program that it is taken from. */
interface Shown {
  readonly line: Line;
  readonly side: "before" | "after";
  readonly changed: boolean;
}

/** The rows below one another: of each change first what goes, then what comes; folds as numbers. */
function inOneColumn(rows: readonly Row[]): (Shown | number)[] {
  const shown: (Shown | number)[] = [];
  let added: Shown[] = [];
  for (const row of rows) {
    if (row.kind === "changed") {
      if (row.before) shown.push({ line: row.before, side: "before", changed: true });
      if (row.after) added.push({ line: row.after, side: "after", changed: true });
      continue;
    }
    shown.push(...added);
    added = [];
    shown.push(
      row.kind === "folded" ? row.count : { line: row.after, side: "after", changed: false },
    );
  }
  return [...shown, ...added];
}

function name(file: string): string {
  const slash = file.lastIndexOf("/") + 1;
  return `<span>${escapeHtml(file.slice(0, slash))}</span>${escapeHtml(file.slice(slash))}`;
}

function badge(sign: "−" | "+", rows: readonly Row[]): string {
  const side = sign === "−" ? "before" : "after";
  const count = rows.filter((row) => row.kind === "changed" && row[side] !== undefined).length;
  return count === 0 ? "" : `<b class="${side}">${sign}${count}</b>`;
}

function fold(count: number): string {
  return `<p>⋯ ${count} unchanged ${count === 1 ? "line" : "lines"}</p>`;
}

function lineHtml(
  { line, side, changed }: Shown,
  colours: Record<Shown["side"], Tokens[]>,
): string {
  // Where a long line goes on in a second row, it stands further in than it began.
  const indent = textOf(line).search(/\S|$/) + 2;
  const text = colour(line.parts, colours[side][line.number - 1] ?? [])
    .map(({ text, type, marked }) => {
      const code = `<b class="${type}">${escapeHtml(text)}</b>`;
      return marked ? `<mark>${code}</mark>` : code;
    })
    .join("");
  const sign = changed ? (side === "before" ? "−" : "+") : "";
  const names = changed ? `changed ${side}` : "same";
  return `<code class="${names}"><i>${line.number}</i><s>${sign}</s><span style="--indent: ${indent}ch">${text}</span></code>`;
}
