import type { Outdated } from "./outdated.ts";

/** What is outdated, as lines for the terminal. */
export function tableOf(outdated: readonly Outdated[]): string[] {
  if (outdated.length === 0) return ["All packages are the newest."];
  const rows = outdated.map(({ name, current, latest, folder, wanted, isPinned }) => [
    name,
    current ?? "none",
    latest,
    [
      isPinned
        ? `stays: package.json pins ${wanted} (change that by hand)`
        : noteOf(current, latest),
      folder === "" ? "" : `in ${folder}/`,
    ]
      .filter(Boolean)
      .join(", "),
  ]);
  const table = [["package", "now", "newest", ""], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function noteOf(current: string | undefined, latest: string): string {
  const major = (version: string | undefined) => version?.split(".", 1)[0];
  return major(current) === major(latest) ? "" : "a new major version: read what it breaks";
}
