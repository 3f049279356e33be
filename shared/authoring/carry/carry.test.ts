import { chmodSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Authored, makeCourse, SMALL } from "./fixture.ts";

const LATER = ["01", "01b", "02", "03"];

/** Replaces a text in a file. */
function edit(course: Authored, file: string, from: string, to: string): void {
  const text = course.read(file);
  expect(text).toContain(from);
  course.write({ [file]: text.replace(from, to) });
}

test("a changed line comes into all later steps, and what they have of their own stays", async () => {
  const course = makeCourse(SMALL);
  edit(course, "steps/00/app.ts", "second = 2", "second = 22");
  const { code, out, err } = await course.run("carry 0");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^00 {4}app.ts \+1 -1$/m);
  expect(out).toMatch(/^01b {3}app.ts \+1 -1$/m);
  expect(out).toMatch(
    /into 4 of the 4 steps after 00[\s\S]*npm run generate && npm run docs:update/,
  );
  for (const id of LATER)
    expect(course.read(`steps/${id}/app.ts`)).toBe(
      (SMALL[`steps/${id}/app.ts`] ?? "").replace("second = 2", "second = 22"),
    );
  expect(course.git("for-each-ref", "refs/worktree")).toBe("");
  expect(course.git("diff", "--cached")).toBe("");
});

test("drawings of a lesson stay in their step, and are no change to carry", async () => {
  const course = makeCourse({ ...SMALL, "steps/02/lesson/own.svg": "<svg>02</svg>\n" });
  course.write({ "steps/00/lesson/new.svg": "<svg>00</svg>\n" });
  expect((await course.run("carry 0")).out).toMatch(/^Nothing to carry/);
  edit(course, "steps/00/app.ts", "second = 2", "second = 22");
  expect(await course.run("carry 0")).toMatchObject({ code: 0, err: "" });
  const files = Object.keys(course.state()).filter((path) => path.endsWith(".svg"));
  expect(files).toEqual(["00/lesson/new.svg", "02/lesson/own.svg"]);
  expect(course.read("steps/02/lesson/own.svg")).toBe("<svg>02</svg>\n");
});

test("a change in the middle of the course leaves the steps before it alone", async () => {
  const course = makeCourse(SMALL);
  edit(course, "steps/01b/app.ts", "second = 2", "second = 22");
  await course.run("carry 01b");
  expect(course.git("diff", "--name-only").trim().split("\n")).toEqual(
    ["01b", "02", "03"].map((id) => `steps/${id}/app.ts`),
  );
});

test("a line is carried although a later step adds lines right below it", async () => {
  const course = makeCourse(SMALL);
  edit(course, "steps/02/app.ts", "second = 2;", "second = 2;\nconst third = 3;");
  course.git("commit", "-qam", "a third");
  edit(course, "steps/00/app.ts", "second = 2", "second = 22");
  const { code, out } = await course.run("carry 00");
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^02 .*\(in app.ts beside lines of this/m),
  ]);
  expect(course.read("steps/02/app.ts")).toContain("second = 22;\nconst third = 3;");
});

test("what is committed already is carried with --from, and it says so", async () => {
  const course = makeCourse(SMALL);
  edit(course, "steps/00/app.ts", "first = 1", "first = 11");
  course.git("commit", "-qam", "a fix");
  const nothing = await course.run("carry 00");
  expect(nothing).toMatchObject({ code: 0, err: "" });
  expect(nothing.out).toMatch(
    /^Nothing to carry: steps\/00 is as in the last commit\.\n.*:\n {2}\.\/version\.sh carry steps\/00 --from [0-9a-f]+~1 {2}a fix\n$/,
  );
  expect((await course.run("carry 00 --from HEAD~1")).code).toBe(0);
  expect(course.read("steps/03/app.ts")).toContain("first = 11");
});

test("files are added, removed, renamed; links, programs, bytes and line ends come as they are", async () => {
  const course = makeCourse({
    ...SMALL,
    ...Object.fromEntries(
      ["00", ...LATER].flatMap((id) => [
        [`steps/${id}/old name.ejs`, `<p>one</p>\n<p>two</p>\n<p>three</p>\n<p>${id}</p>\n`],
        [`steps/${id}/gone/away.css`, "p { color: red }\n"],
        [`steps/${id}/windows.txt`, "one\r\ntwo\r\nthree\r\nfour\r\n"],
      ]),
    ),
  });
  const bytes = Buffer.from([0, 1, 2, 255, 13, 10, 0]);
  course.write({ "steps/00/new file.txt": "new\n", 'steps/00/ü "x"\\.txt': "odd\n" });
  course.write({ "steps/00/run.sh": "#!/bin/sh\n", "steps/00/instance/chat.db": "data" });
  course.write({ "steps/00/a.log": "ignored" });
  course.write({ "steps/00/picture.png": bytes as unknown as string });
  chmodSync(course.path("steps/00/run.sh"), 0o755);
  symlinkSync("../app.ts", course.path("steps/00/views/link.ts"));
  course.write({ "steps/00/pages/new name.ejs": course.read("steps/00/old name.ejs") });
  rmSync(course.path("steps/00/old name.ejs"));
  rmSync(course.path("steps/00/gone"), { recursive: true });
  edit(course, "steps/00/windows.txt", "two\r\n", "zwei\r\n");
  expect(await course.run("carry 00")).toMatchObject({ code: 0, err: "" });
  for (const id of LATER) {
    const of = (name: string) => course.path(`steps/${id}/${name}`);
    const isThere = (name: string) => lstatSync(of(name), { throwIfNoEntry: false }) !== undefined;
    expect(course.read(`steps/${id}/new file.txt`)).toBe("new\n");
    expect(course.read(`steps/${id}/ü "x"\\.txt`)).toBe("odd\n");
    expect(lstatSync(of("run.sh")).mode & 0o777).toBe(0o755);
    expect(readFileSync(of("picture.png"))).toEqual(bytes);
    expect(lstatSync(of("views/link.ts")).isSymbolicLink()).toBe(true);
    expect(course.read(`steps/${id}/pages/new name.ejs`)).toContain(`<p>${id}</p>`);
    expect(course.read(`steps/${id}/windows.txt`)).toBe("one\r\nzwei\r\nthree\r\nfour\r\n");
    expect(["old name.ejs", "gone", "instance", "a.log"].filter(isThere)).toEqual([]);
  }
});

test("of a lesson the rewritten lines follow, what is new stays, and so does a check", async () => {
  const checks = Object.fromEntries(
    ["00", "02"].map((id) => [`steps/${id}/nothing.test.ts`, "// one\n// two\n"]),
  );
  const course = makeCourse({ ...SMALL, ...checks });
  edit(
    course,
    "steps/00/README.md",
    "What all of the lessons say.",
    "What all lessons say, again.\n\nNew.",
  );
  edit(course, "steps/00/README.md", "again.\n\nNew.", "again.");
  edit(course, "steps/00/nothing.test.ts", "// two", "// three");
  expect((await course.run("carry 00")).code).toBe(0);
  for (const id of LATER)
    expect(course.read(`steps/${id}/README.md`)).toBe(
      `# the lesson of ${id}\n\nWhat all lessons say, again.\n`,
    );
  expect(course.read("steps/02/nothing.test.ts")).toBe("// one\n// two\n");
  course.git("commit", "-qam", "a typo");
  edit(course, "steps/00/README.md", "again.\n", "again.\n\nA paragraph about this step alone.\n");
  const { out } = await course.run("carry 00");
  expect(out).toMatch(/^03 {4}unchanged$/m);
  expect(course.git("diff", "--name-only").trim()).toBe("steps/00/README.md");
});

test("files that the author's git keeps with other line ends are merged as they are", async () => {
  const course = makeCourse(SMALL);
  course.git("config", "core.autocrlf", "true");
  rmSync(course.path("steps"), { recursive: true });
  course.git("checkout", "-q", "--", "steps");
  expect(course.read("steps/00/app.ts")).toContain("= 1;\r\n");
  edit(course, "steps/00/app.ts", "second = 2", "second = 22");
  expect(await course.run("carry 00")).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/03/app.ts")).toContain("second = 22;\r\n");
  expect(course.read("steps/03/app.ts").replaceAll("\r\n", "")).not.toContain("\n");
});

test("a detached head, a shallow clone and a further work tree are as good as a plain clone", async () => {
  const origin = makeCourse(SMALL);
  edit(origin, "steps/03/README.md", "What", "Which");
  origin.git("commit", "-qam", "more");
  origin.git("worktree", "add", "-q", "--detach", "tree");
  const clone = makeCourse({});
  clone.git("clone", "-q", "--depth", "1", `file://${origin.root}`, "clone");
  for (const root of [origin.path("tree"), clone.path("clone")]) {
    const course: Authored = { ...origin, read: (name) => readFileSync(`${root}/${name}`, "utf8") };
    const run = (args: string) => course.run(args, { root, cwd: root });
    const text = course.read("steps/00/app.ts").replace("first = 1", "first = 11");
    writeFileSync(`${root}/steps/00/app.ts`, text);
    expect(await run("carry 00")).toMatchObject({ code: 0, err: "" });
    expect(course.read("steps/03/app.ts")).toContain("first = 11");
  }
  const root = clone.path("clone");
  const missing = await clone.run("carry 01 --from HEAD~1", { root, cwd: root });
  expect(missing.code).toBe(2);
  expect(missing.err).toMatch(/'HEAD~1' is not in this clone.*git fetch --unshallow/);
});

test("a dry run shows what would change where, and touches nothing", async () => {
  const course = makeCourse(SMALL);
  edit(course, "steps/02/app.ts", "second = 2", "second = 3");
  course.git("commit", "-qam", "another second");
  edit(course, "steps/00/app.ts", "second = 2", "second = 22");
  course.git("status");
  const all = () => [course.state(), course.git("count-objects", "-v"), course.git("for-each-ref")];
  const before = all();
  const { code, out, err } = await course.run("carry 00 --dry-run");
  expect([code, err]).toEqual([0, ""]);
  expect(out.trimEnd().split("\n")).toEqual([
    "step  what would change; nothing is written, no check is run",
    "00    app.ts +1 -1 (your change)",
    "01    app.ts +1 -1",
    "01b   app.ts +1 -1",
    "02    CONFLICT in app.ts:4",
    "The carry would stop at step 02 for your hand: what comes after depends on it.",
  ]);
  expect(all()).toEqual(before);
  expect((await course.run("carry --abort")).err).toMatch(/no carry is under way/);
});
