import type { Seen } from "./check.ts";
import type { Document } from "./document.ts";
import { refresh, sameByShape } from "./match.ts";

/** The answers of a document that are not what was seen. */
export function staleAnswers(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ answer, shown }) => !sameByShape(answer.text, shown));
}

/**
 * A document's text with the answers that were seen. All else stays byte for byte, values that
 * differ from run to run included.
 */
export function withSeen({ text }: Pick<Document, "text">, seen: readonly Seen[]): string {
  const fromTheEnd = staleAnswers(seen).sort((a, b) => b.answer.start - a.answer.start);
  let updated = text;
  for (const { answer, shown } of fromTheEnd) {
    const lines = refresh(answer.text, shown).split("\n");
    const block = lines.map((line) => (line === "" ? "\n" : `${answer.indent}${line}\n`)).join("");
    updated = updated.slice(0, answer.start) + block + updated.slice(answer.end);
  }
  return updated;
}
