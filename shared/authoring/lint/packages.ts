import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ABOUT, type About } from "../../course/about.ts";
import { packagesOf } from "../../running/packages.ts";
import type { Finding } from "./finding.ts";

/** Versions and systems differ by less than this factor. */
const CLOSE = 1.5;

/**
 * A course with packages of its own that does not say how large they are, or not the truth: learners
 * are told before npm fetches them. What is not installed is not measured.
 */
export function sizeOfPackages(root: string, course: string, about: About | undefined): Finding[] {
  const folder = join(root, course);
  if (about === undefined || !existsSync(join(folder, "package.json"))) return [];
  const isThere = packagesOf(folder, course).missing.length === 0;
  const real = isThere ? megabytesIn(join(folder, "node_modules")) : undefined;
  const told = about.megabytes;
  const isClose = (a: number, b: number) => Math.max(a, b) <= Math.min(a, b) * CLOSE + 1;
  if (told !== undefined && (real === undefined || isClose(told, real))) return [];
  return [
    {
      file: `${course}/${ABOUT}`,
      what: `megabytes says ${told ?? "nothing"}, and the course has packages of its own${real === undefined ? "" : ` of ${real} MB`}`,
      cure: "write how many MB its node_modules takes",
    },
  ];
}

/** How much a folder's files take, in whole MB, at least 1. */
function megabytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((entry) => entry.isFile())
    .map((entry) => lstatSync(join(entry.parentPath, entry.name)).size);
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 1) / 1e6);
}
