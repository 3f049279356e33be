import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { COPY_PREFIX } from "../testkit/broken-server.ts";
import { installTools, makeRepository, type Repository, startProcess, until } from "./fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** The first three steps of the real course, with all that checks them. */
function withCourse(steps = ["00", "01", "01b"]): Repository {
  const repository = makeRepository({});
  const isPart = (path: string) => basename(path) !== "instance";
  for (const step of steps)
    cpSync(join(ROOT, "steps", step), repository.path(`steps/${step}`), {
      recursive: true,
      filter: isPart,
    });
  // A check asks where in the course it is: the other steps are there, with nothing in them.
  for (const step of readdirSync(join(ROOT, "steps")))
    if (/^\d\d[a-z]?$/.test(step)) mkdirSync(repository.path(`steps/${step}`), { recursive: true });
  const ofCourse = ["steps/course.json", "steps/helpers.ts"];
  for (const name of [...ofCourse, "shared", "package.json", "package-lock.json"])
    cpSync(join(ROOT, name), repository.path(name), { recursive: true });
  installTools(repository);
  return repository;
}

async function version(repository: Repository, ...args: string[]) {
  const run = start(repository, {}, ...args);
  return { code: await run.ended, output: run.output() };
}
const start = (repository: Repository, env: NodeJS.ProcessEnv, ...args: string[]) =>
  startProcess(process.execPath, [repository.path("shared/version/main.ts"), ...args], {
    cwd: repository.root,
    env: { CHECK_PATIENCE: "5000", TMPDIR: repository.root, ...env },
  });
test("a folder for temporary files that is none: a line with the cure", async () => {
  const repository = withCourse();
  await version(repository, "try", "01b");
  const run = start(repository, { TMPDIR: repository.path("package.json/folder") }, "check");
  expect(await run.ended).toBe(1);
  expect(run.output()).toMatch(
    /^version\.sh: there is no folder for temporary files .*: set TMPDIR .* or unset it\n/m,
  );
});

/** What checks have left in the folder for temporary files. */
const left = ({ root }: Repository) =>
  readdirSync(root).filter((name) => name.startsWith(COPY_PREFIX));

test("check names each promise, kept or missed, and tells of the first one missed", async () => {
  const repository = withCourse();
  await version(repository, "try", "01b");
  const { code, output } = await version(repository, "check");
  expect(code).toBe(1);
  expect(output).toMatch(/^Step 00 {2}(\d+) of \1$/m);
  expect(output).toContain("  ✓ it opens instance/chat.db in its own folder, in WAL mode\n");
  expect(output).toContain("  ✗ GET /db/alive answers that the database is healthy\n");
  expect(output).toContain(
    "First missed: step 01b, GET /db/alive answers that the database is healthy\n  sent      GET /db/alive\n  expected  200\n  received  404",
  );
  expect(output).toMatch(/Step 01b is not done yet: \d+ kept, \d missed.* \(\d+\.\d s\)\n/);
  expect(left(repository)).toEqual([]);
});

test("a check that fails by itself leaves no copy of the learner's folder behind", async () => {
  const repository = withCourse(["00"]);
  await version(repository, "try", "00");
  await version(repository, "solve");
  repository.write({ "steps/00/check.test.ts": 'throw new Error("no check today");' });
  const { code, output } = await version(repository, "check");
  expect([code, output]).toEqual([1, expect.stringContaining("no check today")]);
  expect(left(repository)).toEqual([]);
});

test("solved: all kept, noted, and the learner's database is untouched", async () => {
  const repository = withCourse();
  await version(repository, "try", "01b");
  await version(repository, "solve");
  repository.write({ "mine/steps/01b/instance/note": "" });
  const file = repository.path("mine/steps/01b/instance/chat.db");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE mine (text); INSERT INTO mine VALUES ('kept')");
  database.close();
  const before = readFileSync(file);
  const { code, output } = await version(repository, "check", "--verbose");
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(
      /Step 01b keeps all its promises: \d+ kept, 0 missed.*\nOn to the next one /,
    ),
  ]);
  expect(output).toContain(
    '      → GET /db/alive\n      ← 200 application/json {"status":"healthy"',
  );
  expect(readFileSync(file)).toEqual(before);
  expect((await version(repository, "progress")).output).toMatch(/1 of 24 solved \(\* our files/);
});

test("a check of what has not changed since all was kept is answered at once", async () => {
  const repository = withCourse(["00"]);
  await version(repository, "try", "00");
  await version(repository, "solve");
  const check = async (...args: string[]) => (await version(repository, "check", ...args)).output;
  const first = await check();
  expect(first).toMatch(/keeps all its promises: \d+ kept, 0 missed \(\d+\.\d s\)/);
  const second = await check();
  expect(second).toMatch(/0 missed \(nothing has changed since \d{4}-.* check --again/);
  expect(second.split("\nStep 00 keeps")[0]).toBe(first.split("\nStep 00 keeps")[0]);
  expect(await check("--again")).toMatch(/\d+\.\d s\)/);
  expect(await check("--verbose")).toMatch(/→ GET \//);

  const app = repository.read("mine/steps/00/app.ts");
  repository.write({ "mine/steps/00/app.ts": app.replace("hello", "good-bye") });
  expect(await check()).toContain("Step 00 is not done yet");
  // What was missed is looked at anew, whether it has changed or not.
  expect(await check()).toMatch(/\d+ kept, 1 missed \(\d+\.\d s\)/);
  repository.write({ "mine/steps/00/app.ts": app });
  expect(await check()).toContain("nothing has changed since");

  const others = [
    "steps/00/check.test.ts",
    "steps/helpers.ts",
    "shared/testkit/with-parent.mjs",
    "package-lock.json",
  ];
  for (const path of others) {
    const before = existsSync(repository.path(path)) ? repository.read(path) : "";
    repository.write({ [path]: `${before}\n` });
    expect(await check(), path).toMatch(/0 missed \(\d+\.\d s\)/);
  }
  const inNewYork = start(repository, { TZ: "America/New_York" }, "check");
  await inNewYork.ended;
  expect(inNewYork.output()).toMatch(/0 missed \(\d+\.\d s\)/);

  // What cannot be remembered is checked, and no more is said of it.
  repository.write({ "mine/.last-check.json": "{" });
  expect(await check()).toMatch(/0 missed \(\d+\.\d s\)/);
  rmSync(repository.path("mine/.last-check.json"));
  mkdirSync(repository.path("mine/.last-check.json/in-the-way"), { recursive: true });
  symlinkSync(repository.path("steps"), repository.path("mine/steps/00/steps"), "junction");
  expect(await check()).toMatch(/0 missed \(\d+\.\d s\)/);
  rmSync(repository.path("mine/steps/00/steps"));
  expect(await check()).toMatch(/0 missed \(\d+\.\d s\)/);
  expect((await version(repository, "progress")).output).toMatch(/1 of 24 solved/);
  for (const step of readdirSync(repository.path("steps")))
    if (/^\d\d[a-z]?$/.test(step) && step !== "00")
      rmSync(repository.path(`steps/${step}`), { recursive: true });
  const promise = 'import { test } from "vitest";\ntest("it is there", () => {});\n';
  repository.write({ "steps/00/check.test.ts": promise });
  expect(await check()).toMatch(/\nIt is the last one: \.\/version\.sh next\n/);
}, 300_000);

test("next while a promise is missed: stays, and says why", async () => {
  const repository = withCourse();
  await version(repository, "try", "01");
  const { code, output } = await version(repository, "next");
  expect(code).toBe(1);
  expect(output).toMatch(
    /version\.sh: step 01 is not done yet \(3 promises are missed\): \.\/version\.sh check shows all/,
  );
  expect(repository.read("step.txt")).toBe("mine/steps/01\n");
});

test("next takes the learner's own code along, and says where our next step will not fit it", async () => {
  const repository = withCourse();
  await version(repository, "try", "01");
  await version(repository, "solve");
  const app = repository.read("mine/steps/01/app.ts").replace("// --- front ---", "// my way\n$&");
  repository.write({ "mine/steps/01/app.ts": app });
  const { code, output } = await version(repository, "next");
  expect(code).toBe(0);
  expect(repository.read("mine/steps/01b/app.ts")).toBe(app);
  expect(repository.read("step.txt")).toBe("mine/steps/01b\n");
  expect(output).toMatch(
    /Our step 01b changes lines that you have written differently.*\n {2}steps\/01\/app\.ts:\d+ {2}/,
  );
  // Back to their own one, not to ours.
  await version(repository, "previous");
  expect(repository.read("step.txt")).toBe("mine/steps/01\n");
});

test("check --watch checks again at each save, and Ctrl-C leaves nothing behind", async () => {
  const repository = withCourse(["00"]);
  await version(repository, "try", "00");
  const run = start(repository, {}, "check", "--watch");
  const waits = (count: number) =>
    until(() => run.output().split("Waiting for a change").length > count || undefined);
  await waits(1);
  expect(run.output()).toContain("Step 00 is not done yet");
  const ours = repository.read("steps/00/app.ts");
  repository.write({ "mine/steps/00/app.ts": ours });
  await waits(2);
  expect(run.output()).toContain("Step 00 keeps all its promises");
  // What the running server writes is no save.
  repository.write({ "mine/steps/00/instance/chat.db": "data" });
  repository.write({ "mine/steps/00/app.ts": "for (;;);" });
  await until(() => left(repository).length > 0 || undefined);
  run.signal("SIGINT");
  expect(await run.ended).toBe(130);
  expect(left(repository)).toEqual([]);
  if (process.platform !== "win32")
    expect(execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })).not.toContain(
      repository.root,
    );
});
