import { chmodSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { type Authored, makeCourse, SMALL, second } from "./fixture.ts";

/** A course in which steps from 02 on have a line of their own where step 00 is about to be changed. */
function inConflict(more: Record<string, string> = {}): Authored {
  const course = makeCourse({
    ...SMALL,
    "steps/02/app.ts": second("02", 3),
    "steps/03/app.ts": second("03", 3),
    ...more,
  });
  course.write({ "steps/00/app.ts": course.read("steps/00/app.ts").replace("= 2", "= 22") });
  return course;
}

test("a conflict stands in the file with git's markers; --continue finishes", async () => {
  const course = inConflict();
  const stop = await course.run("carry 00");
  expect(stop.code).toBe(1);
  expect(stop.err).toMatch(
    /^version\.sh: stopped at steps\/02\/app\.ts:4: .*--continue \(or --abort/,
  );
  expect(course.read("steps/02/app.ts")).toContain(
    [
      "<<<<<<< steps/02 (this step)",
      "const second = 3;",
      "=======",
      "const second = 22;",
      ">>>>>>> steps/01b (carried)",
    ].join("\n"),
  );
  const before = course.state();
  const again = await course.run("carry --continue");
  expect(again.err).toMatch(
    /a conflict marker still stands in steps\/02\/app\.ts:4 \(and .*:6, .*:8\)/,
  );
  expect((await course.run("carry 01")).err).toMatch(
    /a carry of step 00 is under way, at steps\/02/,
  );
  expect((await course.run("carry 01 --dry-run")).err).toMatch(/is under way/);
  expect(course.state()).toEqual(before);

  const solved = second("02", 322);
  // One marker left is one too many.
  course.write({ "steps/02/app.ts": `${solved}=======\n` });
  expect((await course.run("carry --continue")).err).toMatch(/app\.ts:17: decide there/);
  course.write({ "steps/02/app.ts": solved });
  expect(await course.run("carry --continue")).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/02/app.ts")).toBe(solved);
  // What was decided there goes on.
  expect(course.read("steps/03/app.ts")).toBe(second("03", 322));
  expect((await course.run("carry --continue")).err).toMatch(/no carry is under way/);
  expect(course.git("for-each-ref", "refs/worktree")).toBe("");
});

test("--abort: every file as before, to the byte and the permission; a hand's work is kept aside", async () => {
  const odd = Object.fromEntries(
    ["00", "01", "01b", "02", "03"].flatMap((id) => [
      [`steps/${id}/crlf.txt`, "one\r\ntwo\r\n"],
      [`steps/${id}/away/with space.txt`, "away\n"],
      [`steps/${id}/run.sh`, "#!/bin/sh\n"],
      [`steps/${id}/secret.txt`, "secret\n"],
      [`steps/${id}/instance/chat.db`, "data"],
    ]),
  );
  const course = inConflict(odd);
  for (const id of ["01", "01b", "02"]) {
    chmodSync(course.path(`steps/${id}/run.sh`), 0o755);
    chmodSync(course.path(`steps/${id}/secret.txt`), 0o600);
    chmodSync(course.path(`steps/${id}/away/with space.txt`), 0o640);
    symlinkSync("app.ts", course.path(`steps/${id}/link`));
  }
  course.git("add", "steps/01", "steps/01b", "steps/02");
  course.git("commit", "-qm", "odd files", "--", "steps/01", "steps/01b", "steps/02");
  const before = course.state();
  course.write({ "steps/00/crlf.txt": "one\nzwei\r\n", "steps/00/secret.txt": "open\n" });
  course.write({ "steps/00/new/er.txt": "new\n" });
  rmSync(course.path("steps/00/away"), { recursive: true });
  const index = readFileSync(course.path(".git/index"));
  expect((await course.run("carry 00")).code).toBe(1);
  expect(course.read("steps/01/secret.txt")).toBe("open\n");
  expect(lstatSync(course.path("steps/01/secret.txt")).mode & 0o777).toBe(0o600);
  course.write({ "steps/02/app.ts": "half done\n", "steps/01/own.txt": "mine\n" });
  const { code, out } = await course.run("carry --abort");
  expect(code).toBe(0);
  const after = course.state();
  const later = (state: Record<string, string>) =>
    Object.entries(state).filter(([path]) => !/^00/.test(path));
  expect(later(after)).toEqual(later(before));
  // The change itself is the author's.
  expect(course.read("steps/00/secret.txt")).toBe("open\n");
  expect(readFileSync(course.path(".git/index"))).toEqual(index);
  expect(out).toMatch(/kept: git checkout refs\/carry-aborted\/1 -- steps\/01 steps\/02/);
  expect(course.git("show", "refs/carry-aborted/1:steps/02/app.ts")).toBe("half done\n");
  expect(course.git("show", "refs/carry-aborted/1:steps/01/own.txt")).toBe("mine\n");
  expect((await course.run("carry --abort")).err).toMatch(/no carry is under way/);
});

test("--abort keeps what was written at each stop, and what an earlier one kept", async () => {
  const course = makeCourse({
    ...SMALL,
    ...Object.fromEntries(
      ["01", "02", "03"].map((id) => [`steps/${id}/app.ts`, second(id, Number(id) + 3)]),
    ),
  });
  const change = course.read("steps/00/app.ts").replace("= 2", "= 22");
  const mend = async (id: string, value: number) => {
    course.write({ [`steps/${id}/app.ts`]: second(id, value) });
    return await course.run("carry --continue");
  };
  const kept = (name: string, id: string) => course.git("show", `${name}:steps/${id}/app.ts`);
  const first = "refs/carry-aborted/1";
  const before = course.state();
  for (const [round, name] of [first, "refs/carry-aborted/2"].entries()) {
    course.write({ "steps/00/app.ts": change });
    expect((await course.run("carry 00")).err).toContain("stopped at steps/01/app.ts");
    expect((await mend("01", 101 + round)).err).toContain("stopped at steps/01b/app.ts");
    expect((await mend("01b", 102)).err).toContain("stopped at steps/02/app.ts");
    course.write({ "steps/02/app.ts": second("02", 103) });
    const { out } = await course.run("carry --abort");
    expect(out).toContain(`kept: git checkout ${name} -- steps/01 steps/01b steps/02\n`);
    expect(kept(name, "01")).toBe(second("01", 101 + round));
    expect([kept(name, "01b"), kept(name, "02")]).toEqual([second("01b", 102), second("02", 103)]);
    course.git("checkout", "-q", "--", "steps/00");
    expect(course.state()).toEqual(before);
  }
  expect(kept(first, "01")).toBe(second("01", 101));
});

test("a conflict that markers cannot show is named: a removed file, other bytes", async () => {
  const bytes = (last: number) => Buffer.from([0, 1, last]) as unknown as string;
  const files = Object.fromEntries(
    ["00", "01", "01b", "02", "03"].map((id) => [`steps/${id}/a.png`, bytes(id >= "02" ? 3 : 2)]),
  );
  const course = makeCourse({ ...SMALL, ...files });
  course.write({ "steps/01b/views/page.ejs": "<p>other</p>\n<p>all</p>\n" });
  course.git("commit", "-qam", "another page");
  rmSync(course.path("steps/00/views/page.ejs"));
  course.write({ "steps/00/a.png": bytes(4) });
  const removed = await course.run("carry 00");
  expect(removed.err).toMatch(/stopped at steps\/01b\/views\/page\.ejs: /);
  expect(removed.out).toMatch(
    /page\.ejs: .*deleted in steps\/01 \(carried\) and modified in steps\/01b/,
  );
  rmSync(course.path("steps/01b/views/page.ejs"));
  const binary = await course.run("carry --continue");
  expect(binary.err).toMatch(/stopped at steps\/02\/a\.png: /);
  course.write({ "steps/02/a.png": bytes(4) });
  expect((await course.run("carry --continue")).code).toBe(0);
  expect(readFileSync(course.path("steps/03/a.png"))).toEqual(bytes(4));
});

test("a folder in the place of a changed file, two new names of one file: named, and taken back", async () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
  const files = Object.fromEntries(
    ["00", "01", "01b", "02", "03"].flatMap((id) => [
      [`steps/${id}/data`, lines],
      [`steps/${id}/moved.txt`, lines.replaceAll("line", "row")],
    ]),
  );
  const course = makeCourse({ ...SMALL, ...files });
  course.write({ "steps/01/data": lines.replace("line 3", "LINE 3") });
  renameSync(course.path("steps/01b/moved.txt"), course.path("steps/01b/theirs.txt"));
  course.git("add", "-A");
  course.git("commit", "-qm", "two steps of their own");
  rmSync(course.path("steps/00/data"));
  course.write({ "steps/00/data/x.txt": "new\n" });
  renameSync(course.path("steps/00/moved.txt"), course.path("steps/00/ours.txt"));
  const before = course.state();

  const folder = await course.run("carry 00");
  expect(folder.err).toMatch(/stopped at steps\/01\/data~this-step: /);
  expect(folder.out + folder.err).not.toMatch(/[0-9a-f]{40}/);
  expect(course.read("steps/01/data~this-step")).toContain("LINE 3");
  rmSync(course.path("steps/01/data~this-step"));
  const names = await course.run("carry --continue");
  expect(names.err).toMatch(/stopped at steps\/01b\//);
  expect(names.out).toMatch(/moved\.txt.* renamed to/);
  expect((await course.run("carry --abort")).code).toBe(0);
  expect(course.state()).toEqual(before);
});

test("while it stands still, what it still needs may not change", async () => {
  const course = inConflict();
  await course.run("carry 00");
  course.write({ "steps/02/app.ts": SMALL["steps/02/app.ts"] ?? "" });
  course.write({ "steps/03/app.ts": "mine\n" });
  expect((await course.run("carry --continue")).err).toMatch(
    /steps\/03 has changed since the carry/,
  );
  course.git("checkout", "-q", "--", "steps/03");
  course.write({ "steps/00/views/page.ejs": "more\n" });
  expect((await course.run("carry --continue")).err).toMatch(
    /steps\/00 has changed since its carry/,
  );
  // What the carry never reached is not touched by going back either.
  course.write({ "steps/03/app.ts": "mine\n" });
  expect((await course.run("carry --abort")).code).toBe(0);
  expect(course.read("steps/03/app.ts")).toBe("mine\n");
});

test("an ignored file in the way is never overwritten", async () => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/debug.log": "ours\n", "steps/01b/debug.log": "mine\n" });
  course.git("add", "-f", "steps/00/debug.log");
  const stop = await course.run("carry 00");
  expect(stop.err).toMatch(/steps\/01b\/debug\.log is in the way: git ignores it/);
  expect(course.read("steps/01b/debug.log")).toBe("mine\n");
  rmSync(course.path("steps/01b/debug.log"));
  expect(await course.run("carry --continue")).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/03/debug.log")).toBe("ours\n");
});

test("a carry that was stashed away does not go on without its change; git stash pop brings it back", async () => {
  const course = inConflict();
  course.git("commit", "-qm", "the change", "--", "steps/00");
  expect((await course.run("carry 00 --from HEAD~1")).err).toContain("stopped at steps/02");
  course.write({ "steps/02/app.ts": second("02", 322) });
  course.git("stash", "-q");
  const { code, err } = await course.run("carry --continue");
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(
      /^version\.sh: steps\/01 is as it was before the carry: .*\(git stash pop, if you stashed it\), then .*--continue.*\n$/,
    ),
  ]);
  course.git("stash", "pop", "-q");
  expect(await course.run("carry --continue")).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/03/app.ts")).toBe(second("03", 322));
});
