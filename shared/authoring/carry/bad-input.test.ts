import { chmodSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { type Authored, makeCourse, SMALL } from "./fixture.ts";

test.each<
  [what: string, args: string, prepare: (course: Authored) => void, code: number, line: RegExp]
>([
  ["an unknown step", "carry 77", () => {}, 2, /unknown step '77'.*did you mean/],
  ["no step", "carry", () => {}, 2, /which step was changed\? \.\/version\.sh carry 03/],
  ["the last step", "carry 03", () => {}, 1, /step 03 is the last one of steps\//],
  [
    "a dirty later step",
    "carry 00",
    (it) => it.write({ "steps/02/app.ts": "x\n" }),
    1,
    /^version.sh: steps\/02\/app\.ts differs from the last commit, in a step after 00: git add steps && git commit/,
  ],
  [
    "a new file there",
    "carry 00",
    (it) => it.write({ "steps/02/x y.ts": "x\n" }),
    1,
    /steps\/02\/x y\.ts differs/,
  ],
  [
    "a later step that is gone",
    "carry 00",
    (it) => rmSync(it.path("steps/02"), { recursive: true }),
    1,
    /steps\/02\/README\.md and 2 more differ/,
  ],
  [
    "no commit of this name",
    "carry 00 --from nowhere",
    () => {},
    2,
    /there is no commit 'nowhere': git log --oneline/,
  ],
  ["an option for a name", "carry 00 --from=--all", () => {}, 2, /there is no commit '--all'/],
  [
    "a new step",
    "carry 01c",
    (it) => it.write({ "steps/01c/app.ts": "x\n" }),
    1,
    /the last commit has no steps\/01c/,
  ],
  [
    "no repository",
    "carry 00",
    (it) => rmSync(it.path(".git"), { recursive: true }),
    1,
    /is not a git repository: clone/,
  ],
  [
    "no commit",
    "carry 00",
    (it) => {
      rmSync(it.path(".git"), { recursive: true });
      it.git("init", "-q");
    },
    1,
    /there is no commit yet/,
  ],
  [
    "nothing to continue",
    "carry --continue",
    () => {},
    1,
    /no carry is under way: \.\/version\.sh carry NN/,
  ],
  ["nothing to abort", "carry --abort", () => {}, 1, /no carry is under way/],
  ["two at once", "carry --abort --continue", () => {}, 2, /exclude each other/],
  ["a step too many", "carry 00 --continue", () => {}, 2, /--continue knows which carry is meant/],
  [
    "a damaged note",
    "carry --continue",
    (it) => it.write({ ".git/carry/state.json": "{" }),
    1,
    /state\.json is damaged: .*: git stash -u, then rm -r/,
  ],
])("%s: a clear line, and nothing is touched", async (_what, args, prepare, code, line) => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": course.read("steps/00/app.ts").replace("= 2", "= 22") });
  prepare(course);
  const before = course.state();
  const result = await course.run(args);
  expect([result.code, result.err.split("\n").length]).toEqual([code, 2]);
  expect(result.err).toMatch(line);
  expect(course.state()).toEqual(before);
});

test("no git, or an old one: a clear line", async () => {
  const course = makeCourse(SMALL);
  const none = await course.run("carry 00", { env: { PATH: course.path("nowhere") } });
  expect(none).toMatchObject({
    code: 1,
    err: expect.stringMatching(/needs git, and there is none/),
  });
  course.write({ "bin/git": "#!/bin/sh\necho git version 2.30.2\n" });
  chmodSync(course.path("bin/git"), 0o755);
  const old = await course.run("carry 00", { env: { PATH: course.path("bin") } });
  expect(old).toMatchObject({
    code: 1,
    err: expect.stringMatching(/needs git 2\.38 or later, and yours is 2\.30/),
  });
});

test("several edited lessons: what the refusal says, done to the letter, carries the change", async () => {
  const course = makeCourse(SMALL);
  const edit = (id: string) => course.read(`steps/${id}/app.ts`).replace("= 1", "= 11");
  course.write({ "steps/00/app.ts": edit("00") });
  course.write({ "steps/02/README.md": "# the lesson of 02\n\nWritten anew.\n" });
  const { err } = await course.run("carry 00");
  const [, message = "", carry = ""] =
    /: git add steps && git commit -m "(.*)", then \.\/version\.sh (carry steps\/00 --from [0-9a-f]+)\n$/.exec(
      err,
    ) ?? [];
  course.git("add", "steps");
  course.git("commit", "-qm", message);
  expect(await course.run(carry)).toMatchObject({ code: 0, err: "" });
  for (const id of ["01", "01b", "02", "03"])
    expect(course.read(`steps/${id}/app.ts`)).toContain("first = 11");
  expect(course.read("steps/02/README.md")).toContain("Written anew.");
});
