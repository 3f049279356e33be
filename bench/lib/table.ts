import type { Figure, Unit } from "./figure.ts";
import type { Machine } from "./machine.ts";
import type { Summary } from "./stats.ts";

const digits = (value: number): number => (value >= 100 ? 0 : value >= 10 ? 1 : 2);

const number = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: digits(Math.abs(value)) });

const shown = (value: number, unit: Unit): string => `${number(value)} ${unit}`.trimEnd();

/** A median and its spread: `12.3 ms (11.9–14)`. */
const cell = ({ median, low, high, runs }: Summary, unit: Unit): string =>
  shown(median, unit) + (runs > 1 ? ` (${number(low)}–${number(high)})` : "");

/**
 * The figures as one Markdown table: what was measured, its median and spread; beside it the median
 * of each baseline, and how many times of it the measured is. The spread of these is in the JSON.
 */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map(({ part, what, unit, measured, beside }) => {
    const others = beside.map(({ name, figure: other }) => {
      const times = (measured.median / other.median).toFixed(2);
      return `${name} ${shown(other.median, unit)} × ${times}`;
    });
    return `| ${part}: ${what} | ${cell(measured, unit)} | ${others.join("; ")} |`;
  });
  return [
    "| measured | median (lowest–highest) | beside it, × how many times of it |",
    "| --- | ---: | --- |",
    ...rows,
  ].join("\n");
};

/** The machine and the versions, in a few lines above the table. */
export const headOf = ({ processor, cores, memory, system, versions, load }: Machine): string =>
  [
    `${processor}, ${cores} cores, ${memory} GB, ${system}; load ${load.toFixed(1)} at the start`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  ].join("\n");
