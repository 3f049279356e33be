import { existsSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import {
  ABOUT_COURSE,
  FOUR_STEPS,
  installTools,
  makeRepository,
  startProcess,
  until,
} from "./fixture.ts";

/** A step that answers with what a package of its course says. */
const APP = `import { createServer } from "node:http";
import { greeting } from "greeting";

createServer((_, response) => response.end(greeting)).listen(Number(process.env.PORT), process.env.HOST);
`;

/** A course with a package that npm finds in a folder: no network is asked. */
const COURSE = {
  ...FOUR_STEPS,
  "sequels/more/00/app.ts": APP,
  "sequels/more/00/README.md": "# one\n",
  "sequels/more/01/app.ts": APP,
  "sequels/more/01/README.md": "# two\n",
  "sequels/more/course.json": JSON.stringify({ ...JSON.parse(ABOUT_COURSE), megabytes: 7 }),
  "sequels/more/package.json":
    '{ "private": true, "type": "module", "dependencies": { "greeting": "file:greeting" } }',
  "sequels/more/greeting/package.json":
    '{ "name": "greeting", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  "sequels/more/greeting/index.js": 'export const greeting = "hello";\n',
};
const SAID =
  "sequels/more/ needs 1 package of its own (7 MB): npm installs them now into sequels/more/node_modules (--no-install leaves that to you).\n";

test.each(["adopt", "try"])(
  "%s installs them at first use, says how many and how large, and only once",
  async (verb) => {
    const repository = makeRepository(COURSE);
    const first = await repository.run(`${verb} more/00`);
    expect([first.code, first.out.startsWith(SAID)]).toEqual([0, true]);
    expect(existsSync(repository.path("sequels/more/node_modules/greeting/index.js"))).toBe(true);
    expect((await repository.run(`${verb} more/01`)).out).not.toContain("npm");
    expect(existsSync(repository.path("node_modules/greeting"))).toBe(false);
    expect(existsSync(repository.path("sequels/more/package-lock.json"))).toBe(false);
  },
);

test("start installs them, and runs ours and the learner's own step with them", async () => {
  const repository = makeRepository(COURSE);
  installTools(repository);
  const port = await freePort();
  const running = startProcess(
    process.execPath,
    [repository.path("shared/version/main.ts"), "start", "more/00"],
    { cwd: repository.root, env: { PORT: String(port) } },
  );
  const answers = (text: string) =>
    until(async () => {
      const got = await fetch(`http://127.0.0.1:${port}`).then(
        (it) => it.text(),
        () => "",
      );
      return got === text || undefined;
    });
  await answers("hello");
  expect(running.output()).toContain(SAID);
  expect((await repository.run("try more/01")).code).toBe(0);
  repository.write({
    "mine/sequels/more/01/app.ts": APP.replace("end(greeting)", 'end(greeting + " me")'),
  });
  await answers("hello me");
  expect(readlinkSync(repository.path("mine/sequels/more/node_modules"))).toBe(
    join("..", "..", "..", "sequels", "more", "node_modules"),
  );
});

test("with --no-install the command is said, nothing is installed, and the step is adopted", async () => {
  const repository = makeRepository(COURSE);
  for (const verb of ["adopt", "try"]) {
    const { code, out } = await repository.run(`${verb} more/00 --no-install`);
    expect([code, out.split("\n")[0]]).toEqual([
      0,
      "sequels/more/ needs 1 package of its own (7 MB), not installed yet: npm install --prefix sequels/more",
    ]);
  }
  expect((await repository.run("check --no-install")).out).toContain("npm install --prefix");
  expect(existsSync(repository.path("sequels/more/node_modules"))).toBe(false);
});

test("where npm cannot install them, as offline, the command is said and the step is adopted", async () => {
  const repository = makeRepository({
    ...COURSE,
    "sequels/more/package.json": '{ "private": true, "dependencies": { "nanoid": "3.3.11" } }',
  });
  const env = {
    PATH: process.env.PATH,
    npm_config_offline: "true",
    npm_config_cache: repository.path("empty-cache"),
  };
  const { code, out } = await repository.run("adopt more/00", { env });
  expect(code).toBe(0);
  expect(out).toContain("When you are online: npm install --prefix sequels/more\n");
  expect(repository.read("step.txt")).toBe("sequels/more/00\n");
  expect(await repository.run(`start more/00 --port ${await freePort()}`, { env })).toMatchObject({
    code: 1,
    err: "version.sh: step 00 of sequels/more/ cannot run without them\n",
  });
});

test("an update that brings another version is installed; of a lock file all are counted", async () => {
  const repository = makeRepository(COURSE);
  await repository.run("adopt more/00");
  const lock = {
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { greeting: "file:greeting" } },
      greeting: { version: "1.0.0" },
      "node_modules/greeting": { resolved: "greeting", link: true },
      "node_modules/other": { version: "2.0.0" },
      "node_modules/for-another-system": { version: "1.0.0", optional: true },
    },
  };
  repository.write({
    "sequels/more/package-lock.json": JSON.stringify(lock),
    "sequels/more/node_modules/other/package.json": '{ "version": "1.0.0" }',
  });
  expect((await repository.run("adopt more/01 --no-install")).out).toContain("needs 3 packages");
  repository.write({ "sequels/more/node_modules/other/package.json": '{ "version": "2.0.0" }' });
  expect((await repository.run("adopt more/01")).out).not.toContain("needs");
  repository.write({ "sequels/more/package-lock.json": "{" });
  expect((await repository.run("adopt more/01")).err).toContain(
    "sequels/more/package-lock.json is not JSON: git checkout -- sequels/more/package-lock.json",
  );
  rmSync(repository.path("sequels/more/package.json"));
  expect((await repository.run("adopt more/01")).code).toBe(0);
});
