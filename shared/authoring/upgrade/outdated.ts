import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { courseFolders } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { complaintOf, npm } from "./npm.ts";

/** A package that has a newer version. */
export interface Outdated {
  readonly name: string;
  /** What is installed; undefined if nothing is. */
  readonly current: string | undefined;
  readonly latest: string;
  /** The folder of the package.json that asks for it, from the root; "" is the root's own. */
  readonly folder: string;
  /** The folder that it is installed into: the root's, "", or that of a course. */
  readonly into: string;
  /** What that package.json asks for: `^5.0.0`, or for a pinned one `2.5.15`. */
  readonly wanted: string;
  /** Whether package.json names one exact version: that is on purpose, and stays. */
  readonly isPinned: boolean;
}

const answer = z.object({ current: z.string().optional(), latest: z.string() });
const answers = z.record(z.string(), z.union([answer, z.array(answer)]));
const packages = z.record(z.string(), z.string()).default({});
const manifest = z.object({
  dependencies: packages,
  devDependencies: packages,
  optionalDependencies: packages,
  workspaces: z.array(z.string()).default([]),
});

/** A place that npm installs packages into, with the folders of the package.json that ask for them. */
export interface Installation {
  /** From the root: "" is the root's own, else a course with packages of its own. */
  readonly folder: string;
  readonly manifests: readonly string[];
}

/** The installations of the repository: the root with its workspaces, then the courses that have one. */
export function installations(root: string): Installation[] {
  const hasManifest = (folder: string) => existsSync(join(root, folder, "package.json"));
  const { workspaces } = readManifest(root, "");
  return [
    { folder: "", manifests: ["", ...workspaces.filter(hasManifest)] },
    ...courseFolders(root)
      .filter(hasManifest)
      .map((folder) => ({ folder, manifests: [folder] })),
  ];
}

function readManifest(root: string, folder: string) {
  const path = join(root, folder, "package.json");
  const file = folder === "" ? "package.json" : `${folder}/package.json`;
  try {
    return manifest.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new CourseError(`${file} cannot be read: mend it, or git checkout -- ${file}`);
  }
}

/**
 * Asks npm which packages have newer versions.
 * @throws CourseError if it cannot tell, as without a network
 */
export function findOutdated(world: World): Outdated[] {
  return installations(world.root).flatMap((installation) => outdatedIn(world, installation));
}

function outdatedIn(world: World, installation: Installation): Outdated[] {
  const manifests = installation.manifests.map((folder) => ({
    folder,
    ...readManifest(world.root, folder),
  }));
  const result = npm(world, ["outdated", "--json"], installation.folder);
  const found = answers.safeParse(parse(result.stdout));
  // It ends with 1 where something is outdated, and answers nothing where nothing is.
  if (!found.success || (result.code !== 0 && result.stdout.trim() === ""))
    throw new CourseError(
      `npm outdated cannot tell (${problemIn(result.stdout) ?? complaintOf(result)}): is the network there? Try npm ping`,
    );
  return Object.entries(found.data).flatMap(([name, value]) => {
    const told = Array.isArray(value) ? value[0] : value;
    if (told === undefined || !isNewer(told.latest, told.current)) return [];
    const { current, latest } = told;
    return manifests.flatMap(({ folder, ...asks }) => {
      const all = { ...asks.optionalDependencies, ...asks.devDependencies, ...asks.dependencies };
      const wanted = all[name];
      if (wanted === undefined) return [];
      const isPinned = /^\d/.test(wanted);
      return [{ name, current, latest, folder, into: installation.folder, wanted, isPinned }];
    });
  });
}

function parse(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** npm tells an error as JSON, too. */
function problemIn(stdout: string): string | undefined {
  const told = z.object({ error: z.object({ summary: z.string() }) }).safeParse(parse(stdout));
  return told.data?.error.summary.split("\n", 1)[0];
}

/** Whether a version is newer than another; a preview is older than its release (https://semver.org). */
export function isNewer(version: string, than: string | undefined): boolean {
  if (!/^\d+\.\d+\.\d+/.test(version)) return false;
  if (than === undefined) return true;
  const [a, b] = [version, than].map((each) => each.split(/[-+]/, 1)[0]?.split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return than.includes("-") && !version.includes("-");
}
