/** What several runs of one measurement came to. */
export type Summary = {
  median: number;
  /** The smallest and the largest of the runs: the spread. */
  low: number;
  high: number;
  runs: number;
};

/** The value that a share (0 to 1) of the sorted values does not exceed; NaN where there is none. */
export const percentile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

/** Median and spread of the runs, in any order. */
export const summarize = (values: readonly number[]): Summary => {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    // Between the two in the middle, where there are two.
    median:
      ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? 0)) / 2,
    low: sorted[0] ?? Number.NaN,
    high: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
};
