import { plain } from "./lesson.ts";

/** A section of a lesson: the text between one heading of the second level and the next. */
export function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split(/\r?\n/);
  const start = lines.findIndex((line) => line.toLowerCase() === `## ${heading.toLowerCase()}`);
  if (start === -1) return "";
  const length = lines.slice(start + 1).findIndex((line) => /^## /.test(line));
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join("\n");
}

/** The idea of a lesson, for the terminal: what stands between its title and its first section. */
export function ideaOf(markdown: string): string {
  const [, afterTitle = ""] = /^# .*\r?\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(markdown) ?? [];
  return withoutDrawings(afterTitle)
    .trim()
    .split(/\r?\n/)
    .map((line) => plain(line))
    .join("\n");
}

/**
 * The hints of a lesson, from general to exact: first the points of "What changed", one by one,
 * then the code that the lesson quotes from the solution.
 */
export function hintsOf(markdown: string): string[] {
  const changed = withoutDrawings(sectionOf(markdown, "What changed"));
  const quotes = [changed, sectionOf(markdown, "What to notice")].flatMap(quotesIn);
  return [...pointsIn(changed), ...quotes];
}

/** A terminal shows no drawing; the text beside it says the same. */
function withoutDrawings(markdown: string): string {
  return markdown.replace(/^!\[[^\]]*\]\([^)]*\)\s*?(?:\r?\n){1,2}/gm, "");
}

const FENCE = /^(```|~~~)[^\n]*\n([\s\S]*?)^\1\s*$/gm;

function quotesIn(text: string): string[] {
  return [...text.matchAll(FENCE)].map(([, , code = ""]) => code.trimEnd());
}

function pointsIn(text: string): string[] {
  return text
    .replace(FENCE, "")
    .split(/^(?=[-*] )|\n\s*\n/m)
    .map((point) =>
      plain(
        point
          .replace(/^[-*] /, "")
          .replace(/\s+/g, " ")
          .trim(),
      ),
    )
    .filter((point) => point !== "");
}
