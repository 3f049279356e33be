import { expect, test } from "vitest";
import type { Report } from "../../check/report.ts";
import { readCourse } from "../../course/course.ts";
import type { World } from "../../course/world.ts";
import { abortCarry } from "./abort.ts";
import { alone } from "./alone.ts";
import { type Check, startCarry } from "./carry.ts";
import { type Authored, makeCourse, SMALL, second } from "./fixture.ts";
import { writeBlob } from "./objects.ts";
import { placeStep } from "./place.ts";
import { continueCarry } from "./resume.ts";
import { snapshot } from "./snapshot.ts";

/** A report of one promise. */
function report(step: string, isKept: boolean): Report {
  const miss = { sentence: "it says no" };
  return {
    ok: isKept,
    groups: [],
    kept: isKept ? 1 : 0,
    missed: isKept ? 0 : 1,
    skipped: 0,
    duration: 10,
    ...(isKept ? {} : { first: { step, title: "the app says yes", miss } }),
  };
}

/** The carry with checks of the test's own: an app that has the word is red. */
function withChecks(
  course: Authored,
  word: string,
  more: Partial<Report> = {},
  meanwhile: (id: string) => void = () => {},
) {
  let out = "";
  const world = {
    root: course.root,
    cwd: course.root,
    env: { PATH: process.env.PATH },
    stdout: { write: (text: string) => (out += text) },
    isTTY: false,
    now: () => new Date(),
  } as unknown as World;
  const checked: string[] = [];
  const check: Check = async ({ id }) => {
    if (!checked.includes(id)) meanwhile(id);
    checked.push(id);
    return { ...report(id, !course.read(`steps/${id}/app.ts`).includes(word)), ...more };
  };
  const steps = readCourse(world, "steps");
  const step = steps.steps[0];
  if (step === undefined) throw new Error("no step");
  return {
    world,
    checked,
    out: () => out,
    start: () => startCarry(world, steps, step, undefined, check),
    go: () => continueCarry(world, (folder) => readCourse(world, folder), check),
    abort: () => abortCarry(world),
  };
}

test("what the app printed at a 500 stands in the message of a stop", async () => {
  const printed = "asked for it\nTypeError: boom\n  in app.ts:43";
  const first = {
    step: "00",
    title: "the app says yes",
    miss: { sentence: "it says no", printed },
  };
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": course.read("steps/00/app.ts").replace("= 2", "= 22") });
  const itself = withChecks(course, "second = 22", { first });
  await expect(itself.start()).rejects.toThrow(
    "breaks steps/00 itself (the app printed TypeError: boom in app.ts:43): mend it",
  );
  const later = withChecks(course, "// step 1", { first });
  await expect(later.start()).rejects.toThrow(
    "the app says yes (the app printed TypeError: boom in app.ts:43). Mend steps/01, then",
  );
});

test("a clean merge that breaks a check is a stop; --continue checks again", async () => {
  const course = makeCourse(SMALL);
  const later = course.state();
  course.write({ "steps/00/app.ts": course.read("steps/00/app.ts").replace("= 2", "= 22") });
  // Only steps from 02 on have it together.
  const carry = withChecks(course, "second = 22;\n\n\n// step 1\n\n\n// step 2\n\n\n// step 3");
  await expect(carry.start()).rejects.toThrow(
    /^steps\/02 was merged without a conflict, but misses a promise, of step 02: the app says yes\. Mend steps\/02, then .*--continue/,
  );
  expect(carry.checked).toEqual(["00", "01", "01b", "02"]);
  expect(carry.out()).toMatch(/^01b {3}app.ts \+1 -1; 1 promises kept/m);
  expect(carry.out()).toMatch(/because\s+it says no/);
  await expect(carry.go()).rejects.toThrow(/misses a promise/);
  course.write({
    "steps/02/app.ts": course.read("steps/02/app.ts").replace("// step 3", "// three"),
  });
  await carry.go();
  // What mended step 02 went on to step 03.
  expect(course.read("steps/03/app.ts")).toContain("// three");
  expect(carry.checked.slice(4)).toEqual(["02", "02", "03"]);
  await expect(carry.go()).rejects.toThrow(/no carry is under way/);
  expect(course.state()).not.toEqual(later);
});

test("why promises are not looked at is said once", async () => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": course.read("steps/00/app.ts").replace("= 2", "= 22") });
  const reason = "no browser was found";
  const outcome = { title: "a page", state: "skipped" as const, reason, traffic: [], duration: 0 };
  const carry = withChecks(course, "nothing", {
    skipped: 1,
    groups: [{ step: "00", outcomes: [outcome] }],
  });
  await carry.start();
  expect(carry.out().match(/1 promises kept, 1 not looked at/g)).toHaveLength(5);
  expect(carry.out().match(/no browser was found/g)).toHaveLength(1);
});

test("a change that breaks its own step is not carried at all", async () => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": "broken\n" });
  const before = course.state();
  const carry = withChecks(course, "broken");
  await expect(carry.start()).rejects.toThrow(
    /^the change breaks steps\/00 itself: mend it.*nothing was/,
  );
  expect(course.state()).toEqual(before);
  expect(() => carry.abort()).toThrow(/no carry is under way/);
});

test("another check of the changed step is run on all later steps, another lesson is not", async () => {
  const course = makeCourse({ ...SMALL, "steps/00/check.test.ts": "// one\n" });
  course.write({ "steps/00/check.test.ts": "// two\n" });
  const carry = withChecks(course, "nothing");
  await carry.start();
  expect(carry.checked).toEqual(["00", "01", "01b", "02", "03"]);
  course.git("commit", "-qam", "a check");
  course.write({ "steps/00/README.md": "# another title\n" });
  await carry.start();
  expect(carry.checked).toHaveLength(5);
});

test("what is written in a later step while the carry runs is not overwritten", async () => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": second("00", 22) });
  const carry = withChecks(course, "nothing", {}, (id) => {
    if (id === "01b") course.write({ "steps/02/app.ts": "mine\n" });
  });
  await expect(carry.start()).rejects.toThrow(/^steps\/02 has changed since the carry began/);
  expect(course.read("steps/02/app.ts")).toBe("mine\n");
  course.git("stash", "-q", "-u", "--", "steps/02");
  await carry.go();
  expect(course.read("steps/03/app.ts")).toBe(second("03", 22));
});

test("what is saved in the moment before a file would be replaced stays, and is said", async () => {
  const course = makeCourse({ ...SMALL, "steps/01/gone.txt": "one\n" });
  const { world } = withChecks(course, "nothing");
  const wanted = new Map([["app.ts", `100644 ${writeBlob(world, Buffer.from("ours\n"))}`]]);
  for (const name of ["gone.txt", "app.ts"]) {
    const read = snapshot(world, "steps/01");
    const text = course.read(`steps/01/${name}`);
    course.write({ [`steps/01/${name}`]: "mine\n" });
    expect(() => placeStep(world, "steps/01", read, wanted)).toThrow(
      `steps/01/${name} was written to just now`,
    );
    expect(course.read(`steps/01/${name}`)).toBe("mine\n");
    course.write({ [`steps/01/${name}`]: text });
  }
  placeStep(world, "steps/01", snapshot(world, "steps/01"), wanted);
  expect(Object.keys(course.state()).filter((path) => path.startsWith("01/"))).toEqual([
    "01/app.ts",
  ]);
  expect(course.read("steps/01/app.ts")).toBe("ours\n");
});

test("while a carry runs, no other one begins, goes on or takes back", async () => {
  const course = makeCourse(SMALL);
  const { world } = withChecks(course, "nothing");
  const before = course.state();
  await alone(world, async () => {
    for (const args of ["carry 00", "carry --continue", "carry --abort"])
      expect(await course.run(args)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/another carry is running here: wait for its end or stop it/),
      });
  });
  expect(course.state()).toEqual(before);
});

test("what is written in a step that is done is named at the end, with the way to carry it", async () => {
  const course = makeCourse(SMALL);
  course.write({ "steps/00/app.ts": second("00", 22) });
  const carry = withChecks(course, "nothing", {}, (id) => {
    if (id !== "02") return;
    const text = course.read("steps/01/app.ts");
    course.write({ "steps/01/app.ts": text.replace("first = 1", "first = 11") });
  });
  await carry.start();
  expect(course.read("steps/03/app.ts")).toContain("first = 1;");
  const [, from = ""] =
    /^steps\/01 .* since [0-9a-f]+; to carry it, too: git add steps && git commit -m "carried", then \.\/version\.sh carry steps\/01 --from ([0-9a-f]+)$/m.exec(
      carry.out(),
    ) ?? [];
  course.git("add", "steps");
  course.git("commit", "-qm", "carried");
  expect(await course.run(`carry steps/01 --from ${from}`)).toMatchObject({ code: 0, err: "" });
  for (const id of ["01", "01b", "02", "03"])
    expect(course.read(`steps/${id}/app.ts`)).toMatch(/first = 11;.*second = 22;/s);
});
