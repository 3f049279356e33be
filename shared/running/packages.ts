import { spawn } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { aboutCourse } from "../course/about.ts";
import { CourseError } from "../course/errors.ts";
import { MINE } from "../course/mine.ts";
import { say, type World } from "../course/world.ts";

/** Without the questions that npm asks of its registry besides; a network that is not there is noticed soon. */
const OPTIONS = [
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
];

/**
 * Installs the packages that a course has besides the root's, at their first use and after an
 * update of the course. Node looks for them in the course's folder first, then in the root's.
 * @param course its folder, from the root
 * @param install whether to install them, or to say only how that is done
 * @returns whether they are all there
 */
export async function ensurePackages(
  world: World,
  course: string,
  install: boolean,
): Promise<boolean> {
  const folder = join(world.root, course);
  if (!existsSync(join(folder, "package.json"))) return true;
  linkFromMine(world, course);
  const { count, missing } = packagesOf(folder, course);
  if (missing.length === 0) return true;
  const { megabytes } = aboutCourse(world.root, course);
  const size = megabytes === undefined ? "" : ` (${megabytes} MB)`;
  const packages = `${count === 1 ? "1 package" : `${count} packages`} of its own${size}`;
  const command = `npm install --prefix ${course}`;
  if (!install) {
    say(world, `${course}/ needs ${packages}, not installed yet: ${command}`);
    return false;
  }
  say(
    world,
    `${course}/ needs ${packages}: npm installs them now into ${course}/node_modules (--no-install leaves that to you).`,
  );
  const failure = await run(world, folder);
  const left = packagesOf(folder, course).missing;
  if (failure === undefined && left.length === 0) return true;
  const reason = failure ?? `${left.join(", ")} is still missing`;
  say(
    world,
    `The packages of ${course}/ are not installed (${reason}; offline?). When you are online: ${command}`,
  );
  return false;
}

/**
 * The packages that a course asks for: all of its lock file, else those that its package.json names.
 * @throws CourseError if one of the two files is not JSON
 */
export function packagesOf(
  folder: string,
  course: string,
): { count: number; missing: readonly string[] } {
  const read = (name: string): Record<string, Record<string, unknown> | undefined> => {
    const text = readFileSync(join(folder, name), "utf8");
    try {
      return JSON.parse(text) as Record<string, Record<string, unknown>>;
    } catch {
      throw new CourseError(
        `${course}/${name} is not JSON: git checkout -- ${course}/${name} brings it back`,
      );
    }
  };
  const named = read("package.json");
  const direct = Object.keys({ ...named.dependencies, ...named.devDependencies });
  const lock = existsSync(join(folder, "package-lock.json")) ? read("package-lock.json") : {};
  const locked = Object.entries(lock.packages ?? {}).flatMap(([path, about]) => {
    if (!path.startsWith("node_modules/")) return [];
    const { version, optional } = about as { version?: string; optional?: boolean };
    return [{ path, version, optional: optional ?? false }];
  });
  const wanted = [
    ...direct.map((name) => ({ path: `node_modules/${name}`, version: undefined })),
    // One that is optional may be for another system.
    ...locked.filter(({ optional }) => !optional),
  ];
  const missing = wanted.filter(({ path, version }) => !isThere(join(folder, path), version));
  return {
    count: locked.length || direct.length,
    missing: [...new Set(missing.map(({ path }) => path.slice("node_modules/".length)))],
  };
}

function isThere(path: string, version: string | undefined): boolean {
  try {
    const installed = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    return version === undefined || installed.version === version;
  } catch {
    return false;
  }
}

/** @returns why it failed, in a few words */
function run(world: World, folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    // What is locked is what all others have; `ci` keeps to it.
    // Without one, an author decides when to make it: a learner's clone stays as it is.
    const isLocked = existsSync(join(folder, "package-lock.json"));
    const verb = isLocked ? ["ci"] : ["install", "--no-package-lock"];
    const child = spawn("npm", [...verb, ...OPTIONS], {
      cwd: folder,
      env: { ...world.env },
      stdio: ["ignore", "inherit", "inherit"],
      // On Windows npm is a .cmd file, which only a shell can run.
      shell: world.platform === "win32",
    });
    child.once("error", () => resolve("there is no npm on the PATH"));
    child.once("exit", (code) => resolve(code === 0 ? undefined : `npm ended with ${code}`));
  });
}

/** The learner's own steps of the course find its packages, too: from mine/ Node would not come to it. */
function linkFromMine(world: World, course: string): void {
  const link = join(world.root, MINE, course, "node_modules");
  const target = join(world.root, course, "node_modules");
  try {
    mkdirSync(dirname(link), { recursive: true });
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
    const isWindows = world.platform === "win32";
    symlinkSync(isWindows ? target : relative(dirname(link), target), link, "junction");
  } catch {
    // Where that is refused, the packages of the root have to do.
  }
}
