/**
 * How many letters must be inserted, removed, replaced or swapped with their neighbour to turn
 * one word into the other: the "optimal string alignment" distance.
 */
export function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + same,
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(from.length, to.length);
}

/** The candidate that a mistyped word most likely meant; of equals the first. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  // A beginning ("comp" for "completion") is nearer than its letters count.
  const cost = (candidate: string) =>
    candidate.startsWith(word) && word !== "" ? 0.5 : distance(word.toLowerCase(), candidate);
  return candidates.reduce<string | undefined>(
    (best, candidate) => (best === undefined || cost(candidate) < cost(best) ? candidate : best),
    undefined,
  );
}

/**
 * The step that a mistyped step most likely meant: steps are nearest by number ("20" is 19, "7c"
 * is 07b), words by their letters.
 */
export function nearestStep(word: string, ids: readonly string[]): string | undefined {
  const parts = (id: string) => /^(\d+)([a-z]*)/i.exec(id);
  const wanted = parts(word);
  if (wanted === null) return nearestWord(word, ids);
  const place = (match: RegExpExecArray | null) =>
    Number(match?.[1]) * 100 + (match?.[2]?.toLowerCase().charCodeAt(0) || 96) - 96;
  const target = place(wanted);
  return ids.reduce<string | undefined>(
    (best, id) =>
      best === undefined ||
      Math.abs(place(parts(id)) - target) < Math.abs(place(parts(best)) - target)
        ? id
        : best,
    undefined,
  );
}
