/** What decides in which order courses are read. */
interface Ordered {
  readonly folder: string;
  /** The folders of the courses that it builds on. */
  readonly after: readonly string[];
}

/**
 * Courses in the order in which they build on each other. Of those that could be next, the one that
 * comes first in the list is: so courses of a circle are not lost either.
 */
export function inOrder<T extends Ordered>(courses: readonly T[]): T[] {
  const left = [...courses];
  const ordered: T[] = [];
  while (left.length > 0) {
    const waits = ({ after }: T) =>
      after.some((folder) => left.some((other) => other.folder === folder));
    const next = left.findIndex((course) => !waits(course));
    ordered.push(...left.splice(Math.max(0, next), 1));
  }
  return ordered;
}
