import type { Report } from "../../check/report.ts";
import type { World } from "../../course/world.ts";
import { say } from "../../course/world.ts";
import type { Conflict } from "./conflicts.ts";
import { type Files, sameFiles } from "./files.ts";
import type { State } from "./state.ts";
import { changeText } from "./table.ts";

/** What the author changed. */
export function sinceText(world: World, state: State): string {
  return changeText(world, state.old[state.step] ?? new Map(), state.now[state.step] ?? new Map());
}

/**
 * What the merge changes in a step.
 * @param beside the files to be looked at, because the step changes neighbouring lines
 */
export function changes(
  world: World,
  state: State,
  id: string,
  files: Files,
  beside: readonly string[] = [],
): string {
  const old = state.old[id] ?? new Map();
  if (sameFiles(old, files)) return "unchanged";
  const note = beside.length === 0 ? "" : ` (in ${beside.join(", ")} beside lines of this step)`;
  return changeText(world, old, files) + note;
}

/** A line of the table. */
export function row(id: string, text: string): string {
  return `${id.padEnd(4)}  ${text}`;
}

/** Where a conflict is: `app.ts:12`. */
export function placeOf({ path, line }: Conflict): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** What was changed, and what the checks said to it. */
export function done(what: string, report: Report | undefined): string {
  if (report === undefined) return what;
  const skipped = report.skipped === 0 ? "" : `, ${report.skipped} not looked at`;
  return `${what}; ${report.kept} promises kept${skipped} (${(report.duration / 1000).toFixed(1)} s)`;
}

/** The error that the app printed at the first promise that is missed, and its place: ` (the app printed …)`. */
export function printedError(report: Report): string {
  const lines = (report.first?.miss.printed ?? "").split("\n");
  const at = Math.max(
    0,
    lines.findIndex((line) => /\b\w*Error\b/.test(line)),
  );
  const place = /^ +in /.test(lines[at + 1] ?? "") ? ` ${lines[at + 1]?.trim()}` : "";
  return lines[at] ? ` (the app printed ${lines[at].trim()}${place})` : "";
}

const told = new WeakSet<World>();

/** Says once why some promises were not looked at: no browser on this machine, mostly. */
export function saySkipped(world: World, report: Report | undefined): void {
  const outcomes = report?.groups.flatMap((group) => group.outcomes) ?? [];
  const reason = outcomes.find(({ state }) => state === "skipped")?.reason;
  if (reason === undefined || told.has(world)) return;
  told.add(world);
  say(world, `      not looked at: ${reason}`);
}
