/** How the three versions of a file are called between git's markers. */
export interface Labels {
  readonly ours: string;
  readonly theirs: string;
  readonly base: string;
}

/**
 * Writes readable names into git's conflict markers, where it wrote commits.
 * @param bytes a file, of any encoding: the markers are ASCII
 * @param commits what git called the three versions
 */
export function relabel(bytes: Buffer, commits: Labels, labels: Labels): Buffer {
  const text = bytes.toString("latin1");
  const named = text
    .replaceAll(commits.ours, latin1(labels.ours))
    .replaceAll(commits.theirs, latin1(labels.theirs))
    .replace(/^(\|{7,} )([0-9a-f]{4,64})/gm, (all, bars: string, id: string) =>
      commits.base.startsWith(id) ? `${bars}${latin1(labels.base)}` : all,
    );
  return named === text ? bytes : Buffer.from(named, "latin1");
}

/**
 * The lines with git's conflict markers, numbered from 1. A line that was there before the merge is
 * none: a lesson may show markers, and `=======` underlines a heading.
 * @param before the file before the merge
 */
export function markerLines(text: string, before = ""): { line: number; starts: boolean }[] {
  const known = new Set(before.split(/\r?\n/));
  return text
    .split(/\r?\n/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(
      ({ content }) =>
        (/^(<{7,}|\|{7,}|>{7,})( |$)/.test(content) || /^={7,}$/.test(content)) &&
        !known.has(content),
    )
    .map(({ content, line }) => ({ line, starts: content.startsWith("<") }));
}

function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
