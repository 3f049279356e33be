import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { makeCourse, SMALL, second } from "./carry/fixture.ts";

/** A git on the PATH that fails at one of its commands, as the real one does at times. */
const FAILING = {
  killed: "kill -9 $$",
  full: 'echo "fatal: unable to write loose object file: No space left on device" >&2; exit 128',
  locked: `echo "fatal: update_ref failed for ref 'a': cannot lock ref 'a': Unable to create '/r/.git/a.lock': File exists." >&2
echo "Another git process seems to be running in this repository" >&2; exit 128`,
};

test.each([
  ["killed", "ls-files", /git ls-files was ended by SIGKILL/],
  ["killed", "diff", /git diff was ended by SIGKILL/],
  ["killed", "merge-tree", /git merge-tree was ended by SIGKILL/],
  ["full", "hash-object", /git hash-object cannot write: the disk is full. Free some space/],
  [
    "locked",
    "update-ref",
    /git update-ref is kept out by \/r\/\.git\/a\.lock: .*was killed.* rm "\/r\/\.git\/a\.lock", then/,
  ],
] as const)("a git that is %s at %s: one line with the cure", async (how, name, line) => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": second("00", 22) });
  const before = course.state();
  course.write({
    "bin/git": `#!/bin/sh\ncase " $* " in *" ${name} "*) ${FAILING[how]};; esac\nPATH=$REAL exec git "$@"\n`,
  });
  chmodSync(course.path("bin/git"), 0o755);
  const env = { PATH: `${course.path("bin")}:${process.env.PATH}`, REAL: process.env.PATH };
  const { code, err } = await course.run("carry 00", { env });
  expect([code, err.split("\n").length]).toEqual([1, 2]);
  expect(err).toMatch(line);
  expect(course.state()).toEqual(before);
});
