import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The floors of the house, the lowest first. A file imports from its own floor and from those below. */
const FLOORS = [
  ["course", "testkit"],
  ["check", "running"],
  ["docs", "generate"],
  ["adopt"],
  ["own"],
  ["authoring"],
  ["version"],
  ["workbench", "bench", "site"],
];
/** Programs beside the courses: they are started, and nobody imports from them. */
const APART = ["http", "proxy"];

/** Files that nobody imports, and who starts them. */
const STARTED: Readonly<Record<string, string>> = {
  "shared/version/main.ts": "version.sh",
  "shared/version/preflight.cjs": "package.json",
  "shared/generate/main.ts": "package.json",
  "shared/docs/main.ts": "package.json",
  "shared/workbench/main.ts": "package.json",
  "shared/http/bin.js": "shared/http/package.json",
  "shared/proxy/main.ts": "package.json",
  "shared/http/main.ts": "shared/http/bin.js",
  "shared/running/killed-app.ts": "shared/running/server.ts",
  "shared/check/worker.ts": "shared/check/checker.ts",
  "shared/check/vitest.ts": "shared/check/index.ts",
  "shared/testkit/with-parent.mjs": "shared/testkit/process-group.ts",
  "shared/testkit/clock.mjs": "shared/testkit/clock.ts",
  "shared/workbench/client/client.js": "shared/workbench/server.ts",
  "shared/authoring/upgrade/fake-registry.ts": "shared/authoring/upgrade/upgrade.test.ts",
};

const files = globSync("{shared,bench,site}/**/*.{ts,js,mjs,cjs}", {
  cwd: root,
  exclude: (path) => /(?:^|\/)(?:node_modules|dist|\.astro)$/.test(String(path)),
})
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.endsWith(".d.ts"))
  .sort();

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"'$]+|#testkit)["']/g;

/** What each file imports of the repository, types included: paths from the root. */
const imports = new Map(
  files.map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const found = [...text.matchAll(IMPORT)].map(([, name = ""]) =>
      name === "#testkit"
        ? "shared/testkit/index.ts"
        : relative(root, resolve(root, dirname(path), name)).replaceAll("\\", "/"),
    );
    return [path, [...new Set(found)].filter((each) => files.includes(each))];
  }),
);
const isTest = (path: string) => /\.test\.ts$|\/(?:fixture|testing)\b|\/replay\//.test(path);
const folderOf = (path: string) => path.replace(/^shared\//, "").split("/", 1)[0] ?? "";
const floorOf = (path: string) => FLOORS.findIndex((names) => names.includes(folderOf(path)));

test("every folder of shared/ has its floor", () => {
  const known = [...FLOORS.flat(), ...APART, "house.test.ts"];
  expect(files.filter((path) => !known.includes(folderOf(path)))).toEqual([]);
});

test("no file imports from a floor above, or from a program apart", () => {
  const upwards = [...imports].flatMap(([path, targets]) =>
    targets
      .filter((target) => folderOf(target) !== folderOf(path))
      .filter(
        (target) =>
          (APART.includes(folderOf(target)) && !isTest(target)) ||
          // A test may run the whole command, wherever it stands.
          (!isTest(path) && !APART.includes(folderOf(path)) && floorOf(target) > floorOf(path)),
      )
      .map((target) => `${path} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

test("neither do folders of one floor import each other in a circle, nor files", () => {
  expect(circlesOf(imports)).toEqual([]);
  const folders = new Map<string, string[]>();
  for (const [path, targets] of imports) {
    if (isTest(path)) continue;
    const own = folderOf(path);
    const others = targets.filter((it) => !isTest(it)).map(folderOf);
    folders.set(own, [...(folders.get(own) ?? []), ...others.filter((other) => other !== own)]);
  }
  expect(circlesOf(folders)).toEqual([]);
});

test("every file of shared/ is imported, or started by somebody who names it", () => {
  const imported = new Set([...imports.values()].flat());
  const started = (path: string) => {
    const starter = STARTED[path];
    return (
      starter !== undefined &&
      readFileSync(join(root, starter), "utf8").includes(path.split("/").at(-1) ?? path)
    );
  };
  const alone = files.filter(
    (path) =>
      path.startsWith("shared/") &&
      !/\.test\.ts$|vitest\.config\.ts$/.test(path) &&
      !imported.has(path) &&
      !path.startsWith("shared/testkit/fixture-course/") &&
      !started(path),
  );
  expect(alone).toEqual([]);
});

/** The circles of a graph: each as a list of names that lead back to the first. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]) => {
    const index = way.indexOf(name);
    if (index >= 0) circles.push([...way.slice(index), name]);
    if (index >= 0 || done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return circles;
}
