import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeRepository, type Repository } from "./fixture.ts";

const at = (day: number) => ({ now: () => new Date(2026, 2, day, 12) });

function git(repository: Repository, ...args: string[]): void {
  const { status, stderr } = spawnSync("git", args, { cwd: repository.root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

test("progress shows what was read and tried, with dates; the first time counts", async () => {
  const repository = makeRepository();
  await repository.run("adopt 00", at(1));
  await repository.run("try 01", at(2));
  await repository.run("adopt 00", at(3));
  const { out } = await repository.run("progress", at(4));
  expect(out.split("\n").slice(0, 3)).toEqual([
    "  step  read        tried       solved",
    "● 00    2026-03-01  -           -            the simplest possible hello app",
    "  01    -           2026-03-02  -            connect to a database",
  ]);
  expect(out).toContain("0 of 4 solved\n");
});

test("steps whose lesson or check changed since are named; line endings are no change", async () => {
  const repository = makeRepository();
  for (const step of ["00", "01", "01b", "02"]) await repository.run(`adopt ${step}`);
  expect((await repository.run("progress")).out).not.toContain("Changed");
  repository.write({
    "steps/00/README.md": "# another title\n",
    "steps/01/check.test.ts": "// a new promise\n",
    "steps/01b/README.md": "# a page to see the users\r\n",
  });
  expect((await repository.run("progress")).out).toContain(
    "Changed by an update of the course since you were there:\n  step 00: its lesson\n  step 01: its check\n",
  );
  // Whoever reads it again knows it.
  await repository.run("adopt 00");
  expect((await repository.run("progress")).out).not.toContain("step 00: its lesson");
});

test("progress survives cleaning, switching back and forth, and a pull", async () => {
  const repository = makeRepository();
  repository.write({
    ".gitignore": "/mine/\n/node_modules\n/.course/\n/app*.ts\n/step.txt\n/views\n/public\n",
  });
  git(repository, "init", "-q", "-b", "main");
  git(repository, "config", "user.email", "a@example.com");
  git(repository, "config", "user.name", "A");
  git(repository, "add", "-A");
  git(repository, "commit", "-qm", "one");
  await repository.run("try 01", at(2));
  git(repository, "clean", "-fdxq", "-e", "node_modules");
  expect(readdirSync(repository.root)).not.toContain("mine");
  expect((await repository.run("progress")).out).toContain("  01    -           2026-03-02");
  git(repository, "switch", "-qc", "other");
  git(repository, "switch", "-q", "main");
  await repository.run("adopt 00", at(3));
  expect((await repository.run("progress")).out).toContain("  01    -           2026-03-02");
});

test.each([
  ["half a file", '{ "version": 1, "steps": {'],
  ["an empty one", ""],
  ["another form", '{ "version": 1, "steps": { "steps/00": { "read": "yesterday" } } }'],
  ["a later version's", '{ "version": 2, "steps": {} }'],
])("a damaged progress file (%s) is kept aside, and told", async (_, text) => {
  const repository = makeRepository();
  await repository.run("adopt 00");
  writeFileSync(repository.path("mine/.progress.json"), text);
  const { code, err } = await repository.run("progress");
  expect(code).toBe(0);
  expect(err).toMatch(
    /^version\.sh: mine\/\.progress\.json could not be read: it is kept as mine\/\.saved\/progress-[\d-]+\.json/,
  );
  const kept = /kept as (\S+),/.exec(err)?.[1] ?? "";
  expect(repository.read(kept)).toBe(text);
  expect((await repository.run("progress")).err).toBe("");
});

test("a progress that cannot be noted keeps nobody from reading on", async () => {
  const repository = makeRepository({ "steps/00/app.ts": "\n", "steps/01/app.ts": "\n" });
  repository.write({ mine: "a file in the way" });
  const { code, err } = await repository.run("adopt 01");
  expect(code).toBe(0);
  expect(err).toContain("your progress was not noted: a file is in the place of the folder mine/");
  rmSync(repository.path("mine"));
});
