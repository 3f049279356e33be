import leven from "leven";

/** The candidate that a mistyped word most likely meant; of equals the first. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  // A beginning ("comp" for "completion") is nearer than its letters count.
  const cost = (candidate: string) =>
    candidate.startsWith(word) && word !== "" ? 0.5 : leven(word.toLowerCase(), candidate);
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
