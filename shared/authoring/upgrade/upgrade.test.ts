import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCourse } from "../../course/course.ts";
import type { World } from "../../course/world.ts";
import { makeRepository, type Repository, startProcess, until } from "../../version/fixture.ts";
import { copyCourse, REPOSITORY, snapshot } from "../fixture.ts";
import { checkSteps } from "./check-steps.ts";
import { isNewer } from "./outdated.ts";
import { undo, upgrade } from "./upgrade.ts";

test.each([
  ["1.0.1", "1.0.0", true],
  ["1.10.0", "1.9.9", true],
  ["2.0.0", undefined, true],
  ["1.0.0", "1.0.0", false],
  ["1.9.9", "2.0.0-beta.1", false],
  ["2.0.0", "2.0.0-beta.1", true],
  ["2.0.0-beta.1", "2.0.0", false],
  ["git", "1.0.0", false],
  ["linked", undefined, false],
])("is %s newer than %s? %s", (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected);
});

const MANIFEST = {
  name: "course",
  version: "1.0.0",
  dependencies: { greet: "^1.0.0", fine: "^3.0.0" },
  devDependencies: { pinned: "1.0.0", tool: "~1.0.0" },
  workspaces: ["shared/http"],
};

/** A repository with packages of its own, installed from a registry of its own. */
async function installed(newest: Record<string, string> = {}) {
  const repository = makeRepository();
  rmSync(repository.path("node_modules"), { recursive: true });
  repository.write({
    "package.json": `${JSON.stringify(MANIFEST, null, 2)}\n`,
    "shared/http/package.json":
      '{ "name": "http", "version": "1.0.0", "dependencies": { "words": "^1.0.0" } }\n',
  });
  const old = {
    greet: ["1.0.0"],
    fine: ["3.0.0"],
    pinned: ["1.0.0"],
    tool: ["1.0.0"],
    words: ["1.0.0"],
  };
  const first = await serve(old);
  let [out, said] = ["", ""];
  const world = (registry: string) =>
    ({
      root: repository.root,
      platform: process.platform,
      env: {
        PATH: process.env.PATH,
        npm_config_registry: registry,
        npm_config_cache: repository.path("cache"),
        npm_config_userconfig: repository.path("none"),
        npm_config_fetch_retries: "0",
      },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (said += text) },
      now: () => new Date(2026, 2, 5, 14, 22, 1),
    }) as unknown as World;
  const { npm } = await import("./npm.ts");
  expect(npm(world(first), ["install"])).toMatchObject({ code: 0 });
  const later = Object.fromEntries(
    Object.entries(old).map(([name, versions]) => [
      name,
      [...versions, newest[name]].filter(Boolean),
    ]),
  );
  rmSync(repository.path("cache"), { recursive: true });
  const now = world(await serve(later));
  const version = (name: string) =>
    JSON.parse(repository.read(`node_modules/${name}/package.json`)).version;
  const files = () =>
    ["package.json", "package-lock.json", "shared/http/package.json"].map((it) =>
      repository.read(it),
    );
  return { repository, world: now, version, files, output: () => out, said: () => said };
}

/** Starts a registry; returns its address. */
async function serve(packages: Record<string, unknown>): Promise<string> {
  const script = join(import.meta.dirname, "fake-registry.ts");
  const child = startProcess(process.execPath, [script, JSON.stringify(packages)], { cwd: "/" });
  return await until(() => /http:\S+/.exec(child.output())?.[0]);
}

const NEWEST = { greet: "2.0.0", pinned: "1.1.0", tool: "1.2.0", words: "1.5.0" };
const TABLE = `package  now    newest
greet    1.0.0  2.0.0   a new major version: read what it breaks
pinned   1.0.0  1.1.0   stays: package.json pins 1.0.0 (change that by hand)
tool     1.0.0  1.2.0
words    1.0.0  1.5.0   in shared/http/
`;

test("--dry-run shows the table and touches nothing", async () => {
  const { repository, world, files, output } = await installed(NEWEST);
  const before = files();
  await upgrade(world, true, () => Promise.reject(new Error("nothing to check")));
  expect(output()).toBe(TABLE);
  expect(files()).toEqual(before);
  expect(Object.keys(snapshot(repository)).some((path) => path.startsWith(".course"))).toBe(false);
});

test("packages of a course are raised in its own folder, and --undo goes back there, too", async () => {
  const { repository, world, output } = await installed({ ...NEWEST, fine: "3.4.0" });
  const manifest =
    '{ "name": "tiny", "version": "1.0.0", "dependencies": { "fine": "3.0.0", "greet": "^1.0.0" } }\n';
  repository.write({ "sequels/tiny/README.md": "# Tiny\n", "sequels/tiny/package.json": manifest });
  const { npm } = await import("./npm.ts");
  expect(npm(world, ["install"], "sequels/tiny")).toMatchObject({ code: 0 });
  const version = (folder: string) =>
    JSON.parse(repository.read(`${folder}/node_modules/greet/package.json`)).version;
  await upgrade(world, false, async () => []);
  expect(output()).toMatch(/^greet +1\.0\.0 +2\.0\.0 .*, in sequels\/tiny\/$/m);
  expect(output()).toMatch(/^fine +3\.0\.0 +3\.4\.0 +stays: .*, in sequels\/tiny\/$/m);
  expect(version("sequels/tiny")).toBe("2.0.0");
  expect(JSON.parse(repository.read("sequels/tiny/package.json")).dependencies).toEqual({
    fine: "3.0.0",
    greet: "^2.0.0",
  });
  await undo(world);
  expect(repository.read("sequels/tiny/package.json")).toBe(manifest);
  expect([version("sequels/tiny"), version(".")]).toEqual(["1.0.0", "1.0.0"]);
});

test("all are raised but the pinned one, and --undo goes back", async () => {
  const { repository, world, version, files, output } = await installed(NEWEST);
  const before = files();
  await upgrade(world, false, async () => []);
  expect(output()).toBe(`${TABLE}
package.json and package-lock.json are kept: ./version.sh upgrade --undo brings them back

All steps keep their promises: run npm test for the rest, ./version.sh upgrade --undo goes back
`);
  expect(JSON.parse(repository.read("package.json"))).toMatchObject({
    dependencies: { greet: "^2.0.0", fine: "^3.0.0" },
    devDependencies: { pinned: "1.0.0", tool: "~1.2.0" },
  });
  expect(repository.read("shared/http/package.json")).toMatch(/"words": ?"\^1\.5\.0"/);
  const names = ["greet", "fine", "pinned", "tool", "words"];
  expect(names.map(version)).toEqual(["2.0.0", "3.0.0", "1.0.0", "1.2.0", "1.5.0"]);

  await undo(world);
  expect(files()).toEqual(before);
  expect(names.map(version)).toEqual(["1.0.0", "3.0.0", "1.0.0", "1.0.0", "1.0.0"]);
  await expect(undo(world)).rejects.toThrow("there is no upgrade to undo here: git checkout -- ");
});

test("steps that break are named, and how to go back; an edit by hand is kept", async () => {
  const { repository, world, files, output } = await installed(NEWEST);
  const before = files();
  const broken = ["07", "12"].map((step) => ({ step, why: "GET / answers" }));
  await expect(upgrade(world, false, async () => broken)).rejects.toThrow(
    "steps 07, 12 break with the new packages: mend them, or go back with ./version.sh upgrade --undo",
  );
  repository.write({ "package.json": repository.read("package.json").replace("1.0.0", "1.0.1") });
  await undo(world);
  expect(files()).toEqual(before);
  const kept = "mine/.saved/package-2026-03-05-142201.json";
  expect(output()).toContain(`your version is kept as ${kept}\n`);
  expect(repository.read(kept)).toContain('"version": "1.0.1"');
});

test("an installation that fails leaves all as it was", async () => {
  const { world, version, files } = await installed({ ...NEWEST, tool: "9.9.9" });
  const before = files();
  const done = upgrade(world, false, () => Promise.reject(new Error("nothing to check")));
  await expect(done).rejects.toThrow(
    /^npm install failed \(.*404.*\): all packages are as before; npm install greet@\^2\.0\.0 tool@~9\.9\.9 shows the whole of it$/,
  );
  expect(files()).toEqual(before);
  expect(version("greet")).toBe("1.0.0");
  await expect(undo(world)).rejects.toThrow("there is no upgrade to undo here");
});

test("nothing to raise, no registry, no npm, a package.json that cannot be read", async () => {
  const { repository, world, files, output } = await installed();
  const before = files();
  const check = () => Promise.reject(new Error("nothing to check"));
  await upgrade(world, false, check);
  expect(output()).toBe("All packages are the newest.\n");
  const away = { ...world.env, npm_config_registry: "http://127.0.0.1:9/" };
  await expect(upgrade({ ...world, env: away }, false, check)).rejects.toThrow(
    /^npm outdated cannot tell \(.*\): is the network there\? Try npm ping$/,
  );
  await expect(upgrade({ ...world, env: { PATH: "/nowhere" } }, false, check)).rejects.toThrow(
    "upgrade needs npm, and there is none on the PATH: install Node.js",
  );
  expect(files()).toEqual(before);
  repository.write({ "package.json": "{" });
  await expect(upgrade(world, false, check)).rejects.toThrow(
    "package.json cannot be read: mend it, or git checkout -- package.json",
  );
});

test("wrong usage, and nothing to undo", async () => {
  const repository = makeRepository();
  expect(await repository.run("upgrade --dry-run --undo")).toEqual({
    code: 2,
    out: "",
    err: "version.sh: --dry-run and --undo exclude each other: give one of them\n",
  });
  expect(await repository.run("upgrade --undo")).toMatchObject({ code: 1, out: "" });
});

/** The real steps in another place, with the real tools. */
function withTools(course: Repository): Repository {
  symlinkSync(join(REPOSITORY, "shared"), course.path("shared"), "junction");
  return course;
}

test("the check of the steps names those that break, and why", async () => {
  const course = withTools(copyCourse(["00", "01", "01b", "01c", "02"]));
  // No check of a later step than those that are here.
  course.write({
    "steps/00/check.test.ts": course
      .read("steps/00/check.test.ts")
      .replace('isBefore("05")', "true"),
    "steps/01c/app.ts": course.read("steps/01c/app.ts").replace("version: VERSION", 'version: "?"'),
    "steps/02/app.ts": 'import "a-package-that-went";\n',
  });
  const seen: string[] = [];
  const broken = await checkSteps(
    course.root,
    readCourse({ root: course.root } as World, "steps"),
    (step) => seen.push(step),
  );
  expect(seen.sort()).toEqual(["00", "01", "01b", "01c", "02"]);
  expect(broken).toEqual([
    { step: "01c", why: expect.stringMatching(/^step 01c: /) },
    { step: "02", why: expect.stringContaining("ended before it listened") },
  ]);
});
