import { cpSync, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { installTools, type Running, startProcess } from "../../version/fixture.ts";
import { type Authored, makeCourse } from "./fixture.ts";

/** At how many moments it is killed, from the first file to the last. */
const TURNS = 10;
/** How often in all, where a machine that is quicker now than at first lets it end before. */
const MOST = 60;

const IDS = ["00", "01", "02", "03"];
/** Enough files for a kill to come between two of them. */
const PAGES = Array.from({ length: 30 }, (_, index) => `views/page-${index}.ejs`);

/** A course whose first step has all of its pages changed, as an author left it. */
function changed(): Authored {
  const course = makeCourse(
    Object.fromEntries(
      IDS.flatMap((id) => [
        [`steps/${id}/app.ts`, `// ${id}\n`],
        [`steps/${id}/README.md`, `# step ${id}\n`],
        ...PAGES.map((page) => [`steps/${id}/${page}`, "old\n"]),
      ]),
    ),
  );
  // In the place of the link that other courses have: a process of its own runs here.
  installTools(course);
  cpSync(resolve(import.meta.dirname, ".."), course.path("shared/authoring"), { recursive: true });
  for (const page of PAGES) course.write({ [`steps/00/${page}`]: "new\n" });
  course.write({ "steps/00/added.txt": "new\n" });
  return course;
}

const start = (course: Authored, ...args: string[]) =>
  startProcess(process.execPath, [course.path("shared/version/main.ts"), "carry", ...args], {
    cwd: course.root,
  });

/** What is carried to the end: every page of every step. */
function isCarried(course: Authored): boolean {
  const state = course.state();
  return IDS.every(
    (id) =>
      state[`${id}/added.txt`]?.endsWith("new\n") &&
      PAGES.every((page) => state[`${id}/${page}`]?.endsWith("new\n")),
  );
}

/** Waits until a carry has begun to write; when that was. */
async function atWork(course: Authored, running: Running, phase = ""): Promise<number> {
  const note = course.path(".git/carry/state.json");
  let isOver = false;
  running.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !(existsSync(note) && readFileSync(note, "utf8").includes(phase)))
    await sleep(1);
  return Date.now();
}

test("kill -9 at any moment: --abort takes all back, --continue finishes", async () => {
  const course = changed();
  const before = course.state();
  // How long it writes here and now, for kills that meet it at work.
  const whole = start(course, "00");
  const begin = await atWork(course, whole);
  await whole.ended;
  const length = Date.now() - begin;
  expect(isCarried(course)).toBe(true);
  course.git("checkout", "-q", "--", "steps/01", "steps/02", "steps/03");
  course.git("clean", "-fdq", "steps/01", "steps/02", "steps/03");
  expect(course.state()).toEqual(before);

  const met = { before: 0, within: 0, after: 0 };
  for (let turn = 0; turn < TURNS || (turn < MOST && met.within <= 3); turn++) {
    const carry = start(course, "00");
    await atWork(course, carry);
    await Promise.race([carry.ended, sleep((length * (turn % TURNS)) / TURNS)]);
    carry.signal("SIGKILL");
    await carry.ended;
    const left = await course.run(turn % 2 === 0 ? "carry --abort" : "carry --continue");
    if (/no carry is under way/.test(left.err)) {
      const isDone = isCarried(course);
      met[isDone ? "after" : "before"]++;
      if (!isDone) expect(course.state()).toEqual(before);
    } else {
      met.within++;
      expect(left).toMatchObject({ code: 0, err: "" });
      if (turn % 2 === 0) expect(course.state()).toEqual(before);
      else expect(isCarried(course)).toBe(true);
    }
    course.git("checkout", "-q", "--", "steps/01", "steps/02", "steps/03");
    course.git("clean", "-fdq", "steps/01", "steps/02", "steps/03");
  }
  // Otherwise it was not killed at work.
  expect(met.within, JSON.stringify(met)).toBeGreaterThan(3);
});

test("an abort that is killed is finished by the next one, and what was mended comes back", async () => {
  const course = changed();
  // It stops in the last step, with the others done.
  course.write({ "steps/03/views/page-0.ejs": "own\n" });
  course.git("commit", "-qm", "a page of its own", "--", "steps/03");
  const before = course.state();
  const mended = ["steps/01/views/page-7.ejs", "steps/02/by-hand.txt", "steps/03/views/page-0.ejs"];
  for (const wait of [0, 5, 10, 20, 40]) {
    expect((await course.run("carry 00")).err).toMatch(
      /stopped at steps\/03\/views\/page-0\.ejs:1/,
    );
    for (const path of mended) course.write({ [path]: `mended ${wait}\n` });
    const abort = start(course, "--abort");
    await atWork(course, abort, '"phase":"abort"');
    await Promise.race([abort.ended, sleep(wait)]);
    abort.signal("SIGKILL");
    await abort.ended;
    const again = await course.run("carry --abort");
    expect(again.err).toMatch(/^$|no carry is under way/);
    expect(course.state()).toEqual(before);
    // As the second one says it, should nobody have seen what the first one said.
    const [, line = ""] = /(checkout refs\/\S+ -- [^(\n]*\w)/.exec(again.out + again.err) ?? [];
    course.git(...line.split(" "));
    for (const path of mended) expect(course.read(path)).toBe(`mended ${wait}\n`);
    course.git("reset", "-q", "--hard");
    course.git("clean", "-fdq", "steps");
    for (const page of PAGES) course.write({ [`steps/00/${page}`]: "new\n" });
    course.write({ "steps/00/added.txt": "new\n" });
    expect(course.state()).toEqual(before);
  }
});

test("a --continue that is killed: --abort takes all back, and what was mended before comes back", async () => {
  const course = changed();
  for (const id of ["01", "03"]) course.write({ [`steps/${id}/views/page-0.ejs`]: `own ${id}\n` });
  course.git("commit", "-qm", "pages of their own", "--", "steps/01", "steps/03");
  const before = course.state();
  const mended = ["steps/01/views/page-0.ejs", "steps/01/by-hand.txt"];
  for (const wait of [0, 20, 60, 120]) {
    expect((await course.run("carry 00")).err).toContain("stopped at steps/01/views/page-0.ejs");
    for (const path of mended) course.write({ [path]: `mended ${wait}\n` });
    const run = start(course, "--continue");
    await atWork(course, run, '"phase":"check"');
    await Promise.race([run.ended, sleep(wait)]);
    run.signal("SIGKILL");
    await run.ended;
    // Where it was not killed in time, it stopped in step 03.
    const { code, out } = await course.run("carry --abort");
    expect(code).toBe(0);
    expect(course.state()).toEqual(before);
    const [, line = ""] = /(checkout refs\/\S+ -- .*)/.exec(out) ?? [];
    course.git(...line.split(" "));
    for (const path of mended) expect(course.read(path)).toBe(`mended ${wait}\n`);
    course.git("reset", "-q", "--", "steps/01");
    course.git("checkout", "-q", "--", "steps/01");
    course.git("clean", "-fdq", "steps/01");
    expect(course.state()).toEqual(before);
  }
});

test("only one carry runs at a time", async () => {
  const course = changed();
  const [one, two] = [start(course, "00"), start(course, "00")];
  const codes = [await one.ended, await two.ended];
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
  expect(`${one.output()}${two.output()}`).toMatch(
    /another carry is running here|differs from the last commit|is under way/,
  );
  expect(isCarried(course)).toBe(true);
});
