import { type Summary, summarize } from "./stats.ts";

/** Times are in ms or µs (s for those of minutes), memory in KB or MB, rates per second; "" counts. */
export type Unit = "s" | "ms" | "µs" | "/s" | "MB" | "KB" | "";

/** One measured figure, and beside it its baselines of the same run. */
export type Figure = {
  part: string;
  /** What was measured, such as "one user, p99". */
  what: string;
  unit: Unit;
  measured: Summary;
  beside: { name: string; figure: Summary }[];
};

/**
 * The figure of measurements made in turns.
 * @param results the first one is the measured, the others are its baselines
 * @param pick takes the number out of a result; undefined where that run has none
 */
export const figureOf = <T>(
  part: string,
  what: string,
  unit: Unit,
  results: ReadonlyMap<string, readonly T[]>,
  pick: (result: T) => number | undefined,
): Figure => {
  const [measured, ...beside] = [...results].map(([name, runs]) => ({
    name,
    figure: summarize(runs.map(pick).filter((value) => value !== undefined)),
  }));
  if (measured === undefined) throw new Error(`${what}: nothing was measured`);
  return {
    part,
    what,
    unit,
    measured: measured.figure,
    beside: beside.filter(({ figure }) => figure.runs > 0),
  };
};
