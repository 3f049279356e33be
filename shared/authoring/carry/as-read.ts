import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { CourseError } from "../../course/errors.ts";
import { partsOf } from "./files.ts";
import { statOf } from "./stat.ts";

/**
 * Makes sure that a file is still as it was read: an editor may save it at any moment, also in the one
 * before it is replaced.
 * @param target its absolute path
 * @param entry its mode and blob as they were read; undefined if it was not there
 * @param name how to call it
 * @throws CourseError if it is another one now
 */
export function requireAsRead(target: string, entry: string | undefined, name: string): void {
  const stat = statOf(target);
  if (stat === undefined || stat.isDirectory()) return;
  const { blob } = partsOf(entry ?? "");
  const bytes = stat.isSymbolicLink() ? Buffer.from(readlinkSync(target)) : readFileSync(target);
  // https://git-scm.com/book/en/v2/Git-Internals-Git-Objects; newer repositories have longer names.
  const hash = createHash(blob.length === 64 ? "sha256" : "sha1");
  if (hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex") === blob) return;
  throw new CourseError(
    `${name} was written to just now: nothing of it is replaced. Look at it, then go on with ./version.sh carry --continue or --abort`,
  );
}
