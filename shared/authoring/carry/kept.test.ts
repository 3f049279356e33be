import { mkdirSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { type Authored, makeCourse, SMALL, second } from "./fixture.ts";

/** A course whose carry of step 00 has stopped in step 02. */
async function stopped(): Promise<Authored> {
  const course = makeCourse({ ...SMALL, "steps/02/app.ts": second("02", 3) });
  course.write({ "steps/00/app.ts": second("00", 22) });
  expect((await course.run("carry 00")).err).toContain("stopped at steps/02/app.ts:4");
  return course;
}

/** Types a command that a message named. */
function type(course: Authored, line: string): void {
  const [program, ...args] = line.split(" ");
  expect(program).toBe("git");
  course.git(...args);
}

/** The commands of an abort's lines that begin with these words. */
const told = (out: string, words: string) =>
  out
    .split("\n")
    .filter((line) => line.startsWith(words))
    .map((line) => /git [^,]*$/.exec(line)?.[0] ?? line);

test("what was staged and then written otherwise is kept beside it", async () => {
  const course = await stopped();
  course.write({ "steps/02/app.ts": second("02", 31), "steps/02/new.txt": "staged\n" });
  course.git("add", "steps/02");
  course.write({ "steps/02/app.ts": second("02", 32) });
  rmSync(course.path("steps/02/new.txt"));
  const { out } = await course.run("carry --abort");
  expect(course.read("steps/02/app.ts")).toBe(second("02", 3));
  const [written = ""] = told(out, "What you wrote yourself is kept: ");
  type(course, written);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 32));
  const [staged = ""] = told(out, "What you had staged is kept: ");
  type(course, staged);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 31));
  expect(course.read("steps/02/new.txt")).toBe("staged\n");
});

test("what is staged as it is written is kept once, and is in nobody's way afterwards", async () => {
  const course = await stopped();
  course.write({ "steps/02/app.ts": second("02", 31) });
  course.git("add", "steps");
  const { out } = await course.run("carry --abort");
  expect(out.match(/is kept/g)).toHaveLength(1);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 3));
  // The index is the author's: all of it is as it was staged, and a new carry begins.
  expect(course.git("show", ":steps/02/app.ts")).toBe(second("02", 31));
  expect((await course.run("carry 00")).err).toContain("stopped at steps/02/app.ts:4");
});

test("what was committed at a stop is in its branch, and the command that is told brings it back", async () => {
  const course = await stopped();
  course.write({ "steps/02/app.ts": second("02", 31) });
  course.git("commit", "-qam", "mended");
  const { out } = await course.run("carry --abort");
  expect(course.read("steps/02/app.ts")).toBe(second("02", 3));
  const [line = ""] = told(out, "The last commit is not the one");
  expect(line).toBe("git checkout HEAD -- steps/01 steps/01b steps/02");
  type(course, line);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 31));
  expect(course.git("status", "--short")).toBe("");
});

test("an abort that cannot end tells at its end all that was kept, and what was written since", async () => {
  const course = makeCourse({
    ...SMALL,
    ".gitignore": "*.log\n",
    "steps/01/app.ts": second("01", 4),
    "steps/01b/app.ts": second("01b", 5),
  });
  const before = course.state();
  course.write({ "steps/00/app.ts": second("00", 22) });
  expect((await course.run("carry 00")).err).toContain("stopped at steps/01/app.ts:4");
  course.write({ "steps/01/app.ts": second("01", 41) });
  expect((await course.run("carry --continue")).err).toContain("stopped at steps/01b/app.ts:4");
  course.write({ "steps/01b/app.ts": second("01b", 31) });
  // A folder in the place of a file, and in it something that git does not know.
  rmSync(course.path("steps/01b/views/page.ejs"));
  course.write({ "steps/01b/views/page.ejs/own.log": "mine\n" });
  const first = await course.run("carry --abort");
  expect(first.err).toContain("steps/01b/views/page.ejs is in the way");
  expect(course.read("steps/01/app.ts")).toBe(second("01", 4));

  rmSync(course.path("steps/01b/views/page.ejs"), { recursive: true });
  course.write({ "steps/01/app.ts": second("01", 42) });
  const { code, out } = await course.run("carry --abort");
  expect(code).toBe(0);
  course.git("checkout", "-q", "--", "steps/00");
  expect(course.state()).toEqual(before);
  const [old = "", since = "", ...more] = told(out, "What you wrote yourself is kept: ");
  expect(more).toEqual([]);
  type(course, old);
  expect(course.read("steps/01/app.ts")).toBe(second("01", 41));
  expect(course.read("steps/01b/app.ts")).toBe(second("01b", 31));
  type(course, since);
  expect(course.read("steps/01/app.ts")).toBe(second("01", 42));
});

test("an abort too many names what the last one kept, with its date", async () => {
  const course = await stopped();
  expect((await course.run("carry --abort")).out).not.toContain("kept");
  expect((await course.run("carry --abort")).err).toBe(
    "version.sh: no carry is under way: ./version.sh carry NN begins one\n",
  );
  for (const value of [31, 32]) {
    await course.run("carry 00");
    course.write({ "steps/02/app.ts": second("02", value) });
    await course.run("carry --abort");
  }
  const { code, err } = await course.run("carry --abort");
  expect(code).toBe(1);
  const [, line = "", list = ""] =
    /begins one\. The last --abort kept what you wrote, on 2026-03-05: (git checkout .*) \((git .*) lists all that is kept\)\n$/.exec(
      err,
    ) ?? [];
  type(course, line);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 32));
  expect(
    course
      .git(...list.split(" ").slice(1))
      .trim()
      .split("\n"),
  ).toHaveLength(2);
});

test("what an abort kept in a further work tree is there when that tree is gone", async () => {
  const course = makeCourse({ ...SMALL, "steps/02/app.ts": second("02", 3) });
  const root = course.path("tree");
  course.git("worktree", "add", "-q", "--detach", root);
  const there = (args: string) => course.run(args, { root, cwd: root });
  course.write({ "tree/steps/00/app.ts": second("00", 22) });
  await there("carry 00");
  course.write({ "tree/steps/02/app.ts": second("02", 31) });
  const { out } = await there("carry --abort");
  course.git("worktree", "remove", "--force", root);
  const [line = ""] = told(out, "What you wrote yourself is kept: ");
  type(course, line);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 31));
});

test("a note that is damaged: the cure puts aside what was written, and a carry can begin", async () => {
  const course = await stopped();
  course.write({ "steps/02/app.ts": second("02", 31), ".git/carry/state.json": "{" });
  const { err } = await course.run("carry --abort");
  const [, stash = "", folder = ""] =
    /is damaged: .*: (git stash -u), then rm -r "(.*)"\n$/.exec(err) ?? [];
  type(course, stash);
  rmSync(folder, { recursive: true });
  expect(course.git("show", "stash@{0}:steps/02/app.ts")).toBe(second("02", 31));
  course.write({ "steps/00/app.ts": second("00", 22) });
  expect((await course.run("carry 00")).err).toContain("stopped at steps/02/app.ts:4");
});

test("what is left of a carry that died keeps nobody out", async () => {
  const course = makeCourse(SMALL);
  const head = course.git("rev-parse", "HEAD").trim();
  course.git("update-ref", "refs/worktree/carry", head);
  mkdirSync(course.path(".git/carry"));
  course.write({ ".git/carry/state.json.new": "{", ".course/carry/file": "half" });
  course.write({ "steps/00/app.ts": second("00", 22) });
  expect((await course.run("carry --abort")).err).toContain("no carry is under way");
  expect(await course.run("carry 00")).toMatchObject({ code: 0, err: "" });
  expect(course.git("for-each-ref", "refs/worktree")).toBe("");
});

test("a git that was killed while it noted something: the line names its file, and the cure works", async () => {
  const course = await stopped();
  course.write({ "steps/02/app.ts": second("02", 31) });
  // As at kill -9 of a commit, and of what carry itself called.
  course.write({ ".git/index.lock": "", ".git/refs/worktree/carry.lock": "" });
  const { err, out } = await course.run("carry --abort");
  const lock = / rm "(.*refs\/worktree\/carry\.lock)", then try again\n$/.exec(err)?.[1] ?? "";
  rmSync(lock);
  const again = await course.run("carry --abort");
  expect(course.read("steps/02/app.ts")).toBe(second("02", 3));
  rmSync(course.path(".git/index.lock"));
  const [line = ""] = told(out + again.out, "What you wrote yourself is kept: ");
  type(course, line);
  expect(course.read("steps/02/app.ts")).toBe(second("02", 31));
});

test.each(["insert 01 other", "rename 01b 01c", "remove 01b", "import --branch course"])(
  "%s waits for a carry's end: its steps would be others",
  async (verb) => {
    const course = await stopped();
    const before = course.state();
    const { code, err } = await course.run(verb);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^version\.sh: a carry of step 00 is under way, at steps\/02: .*--continue, or take it back with --abort.*\n$/,
      ),
    ]);
    expect(course.state()).toEqual(before);
  },
);
