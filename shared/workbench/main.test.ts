import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { digestOf, HELD_FILE } from "../course/digest.ts";
import { freePort } from "../testkit/free-port.ts";
import {
  APP,
  type Files,
  FOUR_STEPS,
  installTools,
  makeRepository,
  type Repository,
  startProcess,
  until,
} from "../version/fixture.ts";
import { ABOUT } from "./fixture.ts";

/** Says in a website what it holds, as a build does. */
const hold = (repository: Repository, site: string, ...folders: string[]) => {
  const courses = folders.map((folder) => ({ folder, digest: digestOf(repository.root, folder) }));
  repository.write({ [`${site}/${HELD_FILE}`]: JSON.stringify({ courses }) });
};

/** Stands for the build: pages that tell their course. */
const MAKE_SITE = `import { mkdirSync, writeFileSync } from "node:fs";
import { digestOf } from "./shared/course/digest.ts";
const [, , , folder, , out] = process.argv;
mkdirSync(out, { recursive: true });
writeFileSync(out + "/index.html", "<head></head>made of " + folder);
const courses = [{ folder, digest: digestOf(import.meta.dirname, folder) }];
writeFileSync(out + "/${HELD_FILE}", JSON.stringify({ courses }));
`;
const TINY = {
  "sequels/tiny/course.json": JSON.stringify({ ...JSON.parse(ABOUT), port: 5400 }),
  "sequels/tiny/00/README.md": "# tiny\n",
  "sequels/tiny/00/app.ts": APP,
  "package.json": '{ "type": "module", "scripts": { "site": "node make-site.mjs" } }',
  "make-site.mjs": MAKE_SITE,
};

test.each([
  ["the adopted step's", []],
  ["that which is asked for", ["--course", "sequels/tiny"]],
])("the pages are those of the course: %s, whichever was built last", async (_, args) => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    ...TINY,
    "steps/course.json": ABOUT,
    "step.txt": args.length === 0 ? "sequels/tiny/00\n" : "steps/01\n",
    "site/dist/index.html": "<head></head>made of steps",
  });
  installTools(repository);
  hold(repository, "site/dist", "steps");
  const open = async () => {
    const port = await freePort();
    const main = repository.path("shared/workbench/main.ts");
    const options = { cwd: repository.root, env: { PORT: undefined, COURSE: undefined } };
    const running = startProcess(
      process.execPath,
      [main, "--port", String(port), ...args],
      options,
    );
    await until(() => running.output().includes("Ctrl-C"));
    const home = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    running.signal("SIGINT");
    await running.ended;
    return { home, isMade: running.output().includes("is made first") };
  };
  const first = await open();
  expect(first.isMade).toBe(true);
  expect(first.home).toContain("made of sequels/tiny");
  expect(first.home).toContain('data-app="5400" data-port="5400" data-course="tiny"');
  expect((await open()).isMade).toBe(false);
  repository.write({ "sequels/tiny/00/README.md": "# tiny, and better\n" });
  expect((await open()).isMade).toBe(true);
  // A website of all courses serves as well.
  hold(repository, "site/dist", "steps", "sequels/tiny");
  expect((await open()).home).toContain("made of steps");
});

const start = (...args: string[]) => startIn({}, ...args);

const startIn = (files: Files, ...args: string[]) => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    ...files,
    "steps/course.json": ABOUT,
    "site/dist/index.html": "<head></head>",
  });
  // Another branch leaves what git ignores.
  rmSync(repository.path("sequels/tiny/course.json"), { force: true });
  hold(repository, "site/dist", "steps");
  installTools(repository);
  const main = repository.path("shared/workbench/main.ts");
  return startProcess(process.execPath, [main, ...args], { cwd: repository.root });
};

test("Ctrl-C ends it, with the application that it started", async () => {
  const [port, appPort] = [await freePort(), await freePort()];
  const workbench = start("--port", String(port), "--app-port", String(appPort));
  const home = await until(async () => {
    if (!workbench.output().includes("Ctrl-C")) return undefined;
    return await (await fetch(`http://127.0.0.1:${port}/`)).text();
  });
  const token = /data-token="(.*?)"/.exec(home)?.[1] ?? "";
  await fetch(`http://127.0.0.1:${port}/workbench/run`, {
    method: "POST",
    headers: { "x-workbench-token": token },
    body: JSON.stringify({ app: "start" }),
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${appPort}/`).then(
      () => true,
      () => undefined,
    );
  await until(answers);
  workbench.signal("SIGINT");
  expect(await workbench.ended).toBe(0);
  expect(await answers()).toBeUndefined();
});

test("a course of another branch, of which only data is left: it opens with the chat", async () => {
  const [port, appPort] = [await freePort(), await freePort()];
  const gone = { "sequels/tiny/00/instance/tiny.db": "", "step.txt": "sequels/tiny/00\n" };
  const workbench = startIn(gone, "--port", String(port), "--app-port", String(appPort));
  await until(() => workbench.output().includes("Ctrl-C"));
  const home = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  expect(home).toContain('data-course="steps"');
});

test("a port in use is told in one line, with another one", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await until(() => other.listening);
  const { port } = other.address() as { port: number };
  const workbench = start("--port", String(port));
  expect(await workbench.ended).toBe(1);
  expect(workbench.output()).toMatch(new RegExp(`^workbench: port ${port} is in use[^\n]+\n$`));
});

test.each([
  [["--prot", "4001"], /^workbench: Unknown option '--prot'.*--help/],
  [["--port", "abc"], /^workbench: 'abc' \(--port\) is no port/],
  [["--port", "5001"], /^workbench: .*cannot share port 5001/],
  [["--course", "none"], /^workbench: there is no course folder 'none'/],
])("%j is refused in one line, exit code 2", async (args, line) => {
  const workbench = start(...args);
  expect(await workbench.ended).toBe(2);
  expect(workbench.output()).toMatch(line);
  expect(workbench.output().trim().split("\n")).toHaveLength(1);
});

test("--help tells the options", async () => {
  const workbench = start("--help");
  expect(await workbench.ended).toBe(0);
  expect(workbench.output()).toContain("--app-port");
});
