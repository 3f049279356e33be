/** The part of a line that a change touches, in characters: the end is not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Lines that share less than this of their text are no two versions of one line. */
const ALIKE = 0.4;

/**
 * What differs between two versions of a line, to the borders of words.
 * @returns the part of each, or undefined where the lines have little in common
 */
export function changedPart(before: string, after: string): [Span, Span] | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const common = before.slice(0, start).trim().length + before.slice(before.length - end).length;
  if (common < ALIKE * Math.max(before.trim().length, after.trim().length)) return undefined;
  // No word is cut in two.
  const cuts = (text: string, at: number) => /^\w\w$/.test(text.slice(at - 1, at + 1));
  while (start > 0 && (cuts(before, start) || cuts(after, start))) start--;
  while (end > 0 && (cuts(before, before.length - end) || cuts(after, after.length - end))) end--;
  return [
    { start, end: before.length - end },
    { start, end: after.length - end },
  ];
}

/** Marks a part of a highlighted line: inside its elements, so that they stay well-formed. */
export function markHtml(html: string, { start, end }: Span): string {
  if (end <= start) return html;
  let at = 0;
  return html.replace(/<[^>]*>|(?:&[a-z]+;|[^<&])+/g, (piece) => {
    if (piece.startsWith("<")) return piece;
    const characters = piece.match(/&[a-z]+;|[^&]/g) ?? [];
    const [from, to] = [start - at, end - at].map((each) =>
      Math.max(0, Math.min(characters.length, each)),
    ) as [number, number];
    at += characters.length;
    if (from >= to) return piece;
    const part = (first: number, last?: number) => characters.slice(first, last).join("");
    return `${part(0, from)}<mark>${part(from, to)}</mark>${part(to)}`;
  });
}
