import { lstatSync, type Stats } from "node:fs";
import { codeOf } from "../../course/errors.ts";

/** What stands at a path, links not followed; undefined if nothing does, or a file stands above it. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
