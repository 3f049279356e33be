import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package in a package-lock.json, as npm writes it (lockfileVersion 3). */
interface Locked {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}
type Packages = Record<string, Locked>;
interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly dependencies: Record<string, string>;
}

/** The files that are made here. */
export const IMAGE_PACKAGES = ["package.json", "package-lock.json"] as const;

/**
 * The package.json and the package-lock.json that an image of a step installs: those packages that
 * its own package.json names, in the versions that this repository has.
 * @param folder the step's
 * @throws where a package is named that the repository does not have
 */
export function imagePackages(
  root: string,
  folder: string,
): Record<(typeof IMAGE_PACKAGES)[number], string> {
  const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Packages;
  };
  const names = Object.keys(own.dependencies);
  const dependencies = Object.fromEntries(
    names.map((name) => [name, lockedAt(packages, name).version]),
  );
  const manifest = { ...own, dependencies };
  const { name, version } = manifest;
  const lock = {
    name,
    ...(version && { version }),
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name, ...(version && { version }), dependencies },
      ...closure(packages, names),
    },
  };
  return { "package.json": textOf(manifest), "package-lock.json": textOf(lock) };
}

function textOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function lockedAt(packages: Packages, name: string): Locked {
  const found = packages[`node_modules/${name}`];
  if (found === undefined)
    throw new Error(`names ${name}, which is not in package-lock.json: npm install ${name}`);
  return found;
}

/** All that some packages need, in the order of npm's own file. */
function closure(packages: Packages, names: readonly string[]): Packages {
  const needed = new Set<string>();
  const visit = (name: string, from: string) => {
    const key = placeOf(packages, name, from);
    if (key === undefined || needed.has(key)) return;
    needed.add(key);
    const { dependencies, optionalDependencies } = packages[key] as Locked;
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) visit(each, key);
  };
  for (const name of names) visit(name, "");
  const kept = Object.entries(packages).filter(([key]) => needed.has(key));
  // What only a tool of the repository needs as well is no such thing here.
  return Object.fromEntries(
    kept.map(([key, { dev: _, devOptional: __, ...locked }]) => [key, locked]),
  );
}

/** Where a package finds another one: beside its own packages first, then further up. */
function placeOf(packages: Packages, name: string, from: string): string | undefined {
  for (let at = from; ; at = upOf(at)) {
    const key = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (key in packages) return key;
    if (at === "") return undefined;
  }
}

/** The package that a package lies in: `node_modules/a` of `node_modules/a/node_modules/b`. */
function upOf(key: string): string {
  const at = key.lastIndexOf("/node_modules/");
  return at < 0 ? "" : key.slice(0, at);
}
