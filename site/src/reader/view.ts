import { type Comparison, escapeHtml, rowsHtml, type Shown } from "./rows.ts";

/** What a file of the pane needs besides its rows. */
export interface FileView extends Shown {
  /** Address of the file as plain text; undefined where there is none. */
  readonly plainText?: string | undefined;
}

/** The anchor of a file in the pane. */
export function fileId(path: string): string {
  return `file-${path.replaceAll("/", "-")}`;
}

/** `+12 −3`, spoken as words. */
export function countsHtml({ kind, added, removed }: Comparison): string {
  if (kind === "same") return `<span class="counts">unchanged</span>`;
  const words: Record<string, string> = { added: "new", removed: "removed" };
  const word = words[kind];
  return [
    `<span class="counts">`,
    word === undefined ? "" : `<span class="kind">${word}</span> `,
    added > 0 ? `<span class="plus" aria-label="${added} added">+${added}</span> ` : "",
    removed > 0 ? `<span class="minus" aria-label="${removed} removed">−${removed}</span>` : "",
    `</span>`,
  ].join("");
}

/** A file of the pane: its name, what can be done with it, its lines. */
export function fileHtml(comparison: Comparison, view: FileView = {}): string {
  const { path } = comparison;
  const [id, name] = [escapeHtml(fileId(path)), escapeHtml(path)];
  const text = view.plainText
    ? `<a class="plain" href="${escapeHtml(view.plainText)}" aria-label="${name} as plain text">Plain text</a>`
    : "";
  const copy = comparison.binary
    ? ""
    : `<button type="button" class="needs-js copy-file" aria-label="Copy ${name}">Copy</button>`;
  return [
    `<section class="file" id="${id}" data-file="${name}" aria-labelledby="${id}-name">`,
    `<div class="file-bar"><h2 id="${id}-name">${name}</h2>${countsHtml(comparison)}`,
    `<span class="file-tools">${copy}${text}</span></div>`,
    rowsHtml(comparison, view),
    `</section>`,
  ].join("");
}
