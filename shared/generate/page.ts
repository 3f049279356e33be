import { type Line, type Part, type Row, textOf } from "./rows.ts";

/** What a comparison's page shows. */
export interface Comparison {
  /** The names of the two files, for the title bars. */
  readonly before: string;
  readonly after: string;
  readonly rows: readonly Row[];
}

/**
 * The HTML page that the picture is taken of: two columns of code, line by line.
 * @param css the style sheet, which goes into the page as it is
 */
export function comparisonPage({ before, after, rows }: Comparison, css: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(`${before} and ${after}`)}</title>
<style>
${css}</style>
<main>
<header>${title(before, "−", rows)}${title(after, "+", rows)}</header>
${rows.map(rowHtml).join("\n")}
</main>
</html>
`;
}

/** A text that the browser shows as it is, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function title(file: string, sign: "−" | "+", rows: readonly Row[]): string {
  const side = sign === "−" ? "before" : "after";
  const count = rows.filter((row) => row.kind === "changed" && row[side] !== undefined).length;
  const slash = file.lastIndexOf("/") + 1;
  const [folder, name] = [file.slice(0, slash), file.slice(slash)];
  const badge = count === 0 ? "" : `<b class="${side}">${sign}${count}</b>`;
  return `<h1><span>${escapeHtml(folder)}</span>${escapeHtml(name)}${badge}</h1>`;
}

function rowHtml(row: Row): string {
  if (row.kind === "folded")
    return `<p>⋯ ${row.count} unchanged ${row.count === 1 ? "line" : "lines"}</p>`;
  const changed = row.kind === "changed" ? " changed" : "";
  return `<div>${cell(row.before, `before${changed}`)}${cell(row.after, `after${changed}`)}</div>`;
}

function cell(line: Line | undefined, names: string): string {
  if (line === undefined) return `<code class="nothing"></code>`;
  // Where a long line goes on in a second row, it stands further in than it began.
  const indent = textOf(line).search(/\S|$/) + 2;
  const text = line.parts.map(partHtml).join("");
  return `<code class="${names}"><i>${line.number}</i><span style="--indent: ${indent}ch">${text}</span></code>`;
}

function partHtml({ text, marked }: Part): string {
  return marked ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text);
}
