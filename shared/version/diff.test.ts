import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { addFixtureCourse } from "../testkit/fixture-course.ts";
import { APP, makeRepository } from "./fixture.ts";

test("diff of a step: unified, all its files, code first and lesson last", async () => {
  const { code, out, err } = await makeRepository().run("diff 1b");
  expect([code, err]).toEqual([0, ""]);
  expect(out.match(/^(---|\+\+\+) .*$/gm)).toEqual([
    "--- steps/01/app.ts",
    "+++ steps/01b/app.ts",
    "--- /dev/null",
    "+++ steps/01b/public/style.css",
    "--- /dev/null",
    "+++ steps/01b/views/users.ejs",
    "--- steps/01/README.md",
    "+++ steps/01b/README.md",
  ]);
  expect(out).toContain("-// one more line\n+// one other line\n");
});

test("diff is always from the earlier to the later; without a step, of the adopted one", async () => {
  const repository = makeRepository();
  await repository.run("adopt 1b");
  const { out } = await repository.run("diff 01 1b");
  expect((await repository.run("diff 1b 01")).out).toBe(out);
  expect((await repository.run("diff")).out).toBe(out);
  expect((await repository.run("diff 1b")).out).toBe(out);
});

test("diff of the first step is everything it has", async () => {
  const { out } = await makeRepository().run("diff 0");
  expect(out).toContain("--- /dev/null\n+++ steps/00/app.ts\n@@ -0,0 +1,");
});

test("diff names removed and binary files, and leaves the data and drawings out", async () => {
  const repository = makeRepository();
  repository.write({
    "steps/01/public/logo.png": "\0one",
    "steps/01b/public/logo.png": "\0two",
    "steps/01/old.txt": "old\n",
    "steps/01b/instance/chat.db": "data",
    "steps/01b/lesson/users.svg": "<svg/>\n",
    "steps/01/same.bin": "\0",
    "steps/01b/same.bin": "\0",
  });
  const { out } = await repository.run("diff 1b");
  expect(out).toContain(
    "Binary files steps/01/public/logo.png and steps/01b/public/logo.png differ\n",
  );
  expect(out).toContain("--- steps/01/old.txt\n+++ /dev/null\n");
  expect(out).not.toMatch(/instance|svg|same\.bin/);
});

test("diff names the lock that npm wrote, and shows none of its lines", async () => {
  const repository = makeRepository();
  repository.write({ "steps/01b/package-lock.json": '{\n  "name": "app"\n}\n' });
  const { out } = await repository.run("diff 1b");
  expect(out).toContain("Files /dev/null and steps/01b/package-lock.json differ: written by npm\n");
  expect(out).not.toContain('"name"');
  expect((await repository.run("diff 1b --stat")).out).toMatch(
    /^ {2}package-lock\.json {2}written by npm \(new file\)$/m,
  );
});

test("diff --stat", async () => {
  const { out } = await makeRepository().run("diff 1b --stat");
  expect(out).toBe(
    "From steps/01 to steps/01b:\n  app.ts            +1 -1\n  public/style.css  +1 (new file)\n  views/users.ejs   +1 (new file)\n  README.md         +1 -1\n4 files, +4 -2\n",
  );
});

test("diff of a step with itself, or of two equal ones", async () => {
  const repository = makeRepository({ "steps/00/app.ts": APP, "steps/01/app.ts": APP });
  expect((await repository.run("diff 0 0")).out).toBe("steps 00 and 00 are the same\n");
  expect((await repository.run("diff 1")).out).toBe("steps 00 and 01 are the same\n");
});

test("colours on a terminal, none elsewhere or with NO_COLOR", async () => {
  const repository = makeRepository();
  const env = { PAGER: "" };
  const green = "\u001b[32m+// one other line\u001b[39m";
  expect((await repository.run("diff 1b", { isTTY: true, env })).out).toContain(green);
  expect((await repository.run("diff 1b", { env })).out).not.toContain("\u001b");
  expect(
    (await repository.run("diff 1b", { isTTY: true, env: { ...env, NO_COLOR: "1" } })).out,
  ).not.toContain("\u001b");
  expect((await repository.run("diff 1b", { env: { FORCE_COLOR: "1" } })).out).toContain(green);
});

test("the pager gets the diff on a terminal, and may quit before its end", async () => {
  const repository = makeRepository();
  repository.write({ "steps/02/big.txt": "one more line\n".repeat(200_000) });
  const isTTY = true;
  const seen = repository.path("seen");
  const env = { PATH: process.env.PATH, NO_COLOR: "1", PAGER: `head -n 2 > '${seen}'` };
  expect(await repository.run("diff 2", { isTTY, env })).toEqual({ code: 0, out: "", err: "" });
  expect(repository.read("seen")).toBe("--- steps/01b/app.ts\n+++ steps/02/app.ts\n");
});

test("a terminal that knows lines alone gets neither a pager, which would wait there, nor colours", async () => {
  const repository = makeRepository();
  const env = { PATH: process.env.PATH, TERM: "dumb", PAGER: "cat >&2; read key" };
  const { code, out } = await repository.run("diff 1b", { isTTY: true, env });
  expect([code, out]).toEqual([0, (await repository.run("diff 1b")).out]);
});

// The fake is a shell script, which Windows does not run.
test.skipIf(process.platform === "win32")(
  "diff --code opens both app.ts in VS Code, and the modules that differ",
  async () => {
    const repository = makeRepository();
    addFixtureCourse(repository.root);
    const seen = repository.path("seen");
    writeFileSync(repository.path("code"), `#!/bin/sh\necho "$@" >> "${seen}"\n`);
    chmodSync(repository.path("code"), 0o755);
    const env = { PATH: `${repository.root}${delimiter}${process.env.PATH}` };
    const opened = async (command: string) => {
      expect(await repository.run(command, { env })).toEqual({ code: 0, out: "", err: "" });
      const lines = repository.read("seen").replaceAll(`${repository.root}/`, "");
      rmSync(seen);
      return lines.trimEnd().split("\n");
    };
    expect(await opened("diff 1b --code")).toEqual(["--diff steps/01/app.ts steps/01b/app.ts"]);
    const tiny = "sequels/tiny";
    expect(await opened("diff tiny/02 --code")).toEqual([
      `--diff ${tiny}/01/app.ts ${tiny}/02/app.ts`,
      `${tiny}/02/lib/notes.ts`,
      `${tiny}/02/lib/sessions.ts`,
    ]);
    const notes = `${tiny}/03/lib/notes.ts`;
    repository.write({ [notes]: `${repository.read(notes)}// changed\n` });
    expect(await opened("diff tiny/03 --code")).toContain(
      `--diff ${tiny}/02/lib/notes.ts ${notes}`,
    );
  },
);

test("diff --code without VS Code, or without a step before: a line", async () => {
  const repository = makeRepository();
  const env = { PATH: repository.root };
  expect(await repository.run("diff 1b --code", { env })).toMatchObject({
    code: 1,
    err: expect.stringContaining("VS Code's command `code` is not on the PATH"),
  });
  expect(await repository.run("diff 0 --code", { env })).toMatchObject({
    code: 1,
    err: expect.stringContaining("step 00 is the first one"),
  });
  expect(await repository.run("diff 0 --code --stat", { env })).toMatchObject({ code: 2 });
});
