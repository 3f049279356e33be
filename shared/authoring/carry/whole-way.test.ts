import { expect, test } from "vitest";
import { type Authored, makeCourse, SMALL } from "./fixture.ts";

const IDS = ["00", "01", "01b", "02", "03"];

/** Changes a step's app.ts: step 00 its first line, step 02 its second one. */
function edit(course: Authored, id: string): void {
  const [from, to] = id === "00" ? ["first = 1", "first = 11"] : ["second = 2", "second = 22"];
  course.write({ [`steps/${id}/app.ts`]: course.read(`steps/${id}/app.ts`).replace(from, to) });
}

/** Types what a message names, command after command. */
async function follow(
  course: Authored,
  line: string,
): Promise<{ code: number; out: string; err: string }> {
  let last = { code: 0, out: "", err: "" };
  for (const command of line.split(/ && |, then /)) {
    const words = command.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
    const [program, ...args] = words;
    if (program === "git") course.git(...args);
    else {
      expect(program).toBe("./version.sh");
      last = await course.run(args);
    }
  }
  return last;
}

/** The change of step 00 in all steps, that of step 02 in it and all after it. */
function expectAll(course: Authored): void {
  for (const id of IDS) {
    const text = course.read(`steps/${id}/app.ts`);
    expect(text, id).toContain("first = 11;");
    expect(text, id).toContain(id >= "02" ? "second = 22;" : "second = 2;");
  }
}

/** The ways that lead on from a message. */
const wayIn = (text: string) => /(git add .*? --from [0-9a-f]+(?:~1)?)/.exec(text)?.[1] ?? "no way";
const froms = (text: string) =>
  [...text.matchAll(/^ {2}(\.\/version\.sh carry \S+ --from \S+) {2,}(.*)$/gm)].map(
    ([, command = "", subject = ""]) => ({ command, subject }),
  );

test("two steps edited, nothing committed: the messages, done to the letter, carry both", async () => {
  const course = makeCourse(SMALL);
  edit(course, "00");
  edit(course, "02");
  const refused = await course.run("carry 00");
  expect(refused.err).toMatch(/^version\.sh: steps\/02\/app\.ts differs .*\n$/);
  const first = await follow(course, wayIn(refused.err));
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toMatch(/steps\/02 has a change of its own/);
  const second = await follow(course, wayIn(first.out));
  expect(second).toMatchObject({ code: 0, err: "" });
  expect(second.out).not.toMatch(/of its own/);
  expectAll(course);
});

test("two steps edited in one commit: the end of the first carry names the way of the second", async () => {
  const course = makeCourse(SMALL);
  edit(course, "00");
  edit(course, "02");
  course.git("commit", "-qam", "both");
  course.write({ "notes.txt": "later\n" });
  course.git("add", "notes.txt");
  course.git("commit", "-qm", "something else");
  const nothing = await course.run("carry 00");
  expect(nothing.out).toMatch(/^Nothing to carry: steps\/00 is as in the last commit\.\n/);
  const [way, ...more] = froms(nothing.out);
  expect(more).toEqual([]);
  expect(way?.subject).toBe("both");
  const first = await follow(course, way?.command ?? "");
  expect(first).toMatchObject({ code: 0, err: "" });
  // Typed too early, it says what is missing.
  const early = await course.run("carry 02 --from HEAD~2");
  expect(early.err).toMatch(/differs? from the last commit/);
  expect(await follow(course, wayIn(early.err))).toMatchObject({ code: 0, err: "" });
  expectAll(course);
});

test.each([
  ["00", "02"],
  ["02", "00"],
])(
  "step %s edited in one commit, and %s in the next: each is carried from before its own",
  async (one, other) => {
    const course = makeCourse(SMALL);
    edit(course, one);
    course.git("commit", "-qam", `edit ${one}`);
    edit(course, other);
    course.git("commit", "-qam", `edit ${other}`);
    for (const id of ["00", "02"]) {
      const { out } = await course.run(`carry ${id}`);
      const way = froms(out).find(({ subject }) => subject === `edit ${id}`);
      expect(await follow(course, way?.command ?? "")).toMatchObject({ code: 0, err: "" });
      course.git("commit", "-qam", `carried ${id}`);
    }
    expectAll(course);
  },
);

test("a later step alone was edited: the message names that step, and carrying it works", async () => {
  const course = makeCourse(SMALL);
  edit(course, "02");
  const { code, out, err } = await course.run("carry 00");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Nothing to carry: steps\/00 is as in the last commit\.\n/);
  const [, way = ""] =
    /^steps\/02 differs from it: (\.\/version\.sh carry steps\/02)\n/m.exec(out) ?? [];
  expect(await follow(course, way)).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/03/app.ts")).toContain("second = 22;");
  expect(course.read("steps/01b/app.ts")).toContain("second = 2;");

  // The same, committed.
  course.git("stash", "-q");
  edit(course, "02");
  course.git("commit", "-qam", "edit 02");
  const from = await course.run("carry 00 --from HEAD~1");
  expect(from.out).toMatch(/^Nothing to carry: steps\/00 is as in HEAD~1\.\n/);
  const [, committed = ""] =
    /^steps\/02 differs from it: (.* --from [0-9a-f]+)\n/m.exec(from.out) ?? [];
  expect(await follow(course, committed)).toMatchObject({ code: 0, err: "" });
  expect(course.read("steps/03/app.ts")).toContain("second = 22;");
});

test("a step that nobody has changed since it is there has no way to name", async () => {
  const course = makeCourse(SMALL);
  const { out } = await course.run("carry 00");
  expect(out).toBe("Nothing to carry: steps/00 is as in the last commit.\n");
});
