import type { CourseFigures } from "./stats.ts";

/** The figures as lines for the terminal: numbers right, terms last, the whole course below. */
export function tableOf({ steps, total, course }: CourseFigures): string[] {
  const rows = steps.map(({ step, added, removed, files, minutes, terms }) => [
    step,
    `+${added}`,
    `-${removed}`,
    String(files),
    inMinutes(minutes),
    terms.join(", "),
  ]);
  const sums = [
    "all",
    `+${total.added}`,
    `-${total.removed}`,
    String(total.files),
    inMinutes(total.minutes),
    `${total.terms} terms`,
  ];
  const table = [["step", "added", "removed", "files", "minutes", "new terms"], ...rows, sums];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => {
        const width = widths?.[column] ?? 0;
        if (column === row.length - 1) return cell;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const time =
    total.minutes < 60
      ? `${inMinutes(total.minutes)} minutes`
      : `${(total.minutes / 60).toFixed(1)} hours`;
  return [
    ...lines,
    "",
    `${course}/: ${total.steps === 1 ? "1 step, which adds" : `${total.steps} steps, half of them add at most`} ${total.medianAdded} lines; ${time} to read all lessons`,
  ];
}

function inMinutes(minutes: number): string {
  return String(Math.ceil(minutes));
}
