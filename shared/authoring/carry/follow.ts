import { diffArrays } from "diff";

/** A line of the lesson that was rewritten. */
export interface Rewritten {
  readonly from: string;
  readonly to: string;
}

/** A shorter line, such as "```bash" or "[]", stands in a later lesson for reasons of its own. */
const TELLING = 16;

/**
 * The lines of a lesson that were rewritten; none if more than half of it is new, as in a copy that
 * became the lesson of another step. Lines that were added or removed are about this step:
 * between the same two headings of the next lesson they would make no sense.
 */
export function rewrittenLines(before: string, after: string): Rewritten[] {
  const parts = diffArrays(linesOf(before), linesOf(after));
  const count = (some: typeof parts) => some.reduce((sum, { value }) => sum + value.length, 0);
  const kept = count(parts.filter(({ added, removed }) => !added && !removed));
  if (kept * 2 < linesOf(before).length) return [];
  return parts.flatMap((part, index) => {
    const next = parts[index + 1];
    if (!part.removed || !next?.added || part.value.length !== next.value.length) return [];
    return part.value
      .map((from, at) => ({ from, to: next.value[at] ?? "" }))
      .filter(({ from, to }) => from !== to && from.replace(/\s/g, "").length >= TELLING);
  });
}

/**
 * A later lesson, in which the lines that stand there word for word are rewritten as well. Line ends
 * stay as they are there.
 */
export function follow(lesson: string, lines: readonly Rewritten[]): string {
  const to = new Map(lines.map((line) => [line.from, line.to]));
  return lesson
    .split(/(?<=\n)/)
    .map((line) => {
      const [, content = "", end = ""] = /^(.*?)(\r?\n?)$/s.exec(line) ?? [];
      return `${to.get(content) ?? content}${end}`;
    })
    .join("");
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}
