import { existsSync, mkdirSync, readlinkSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { courseFolders } from "../course/course.ts";
import { addFixtureCourse } from "../testkit/fixture-course.ts";
import { ABOUT_COURSE, APP, FOUR_STEPS, makeRepository, type Repository } from "./fixture.ts";

function twoCourses(): Repository {
  const repository = makeRepository(FOUR_STEPS);
  addFixtureCourse(repository.root);
  return repository;
}

test.each(["tiny/01", "sequels/tiny/1", "tiny/01/app.ts", "./tiny/01/"])(
  "adopt %s is the step of sequels/tiny, and says what it comes after",
  async (typed) => {
    const repository = twoCourses();
    const { code, out, err } = await repository.run(`adopt ${typed}`);
    expect([code, err, repository.read("step.txt")]).toEqual([0, "", "sequels/tiny/01\n"]);
    const { title } = JSON.parse(ABOUT_COURSE);
    expect(out).toContain(`This course comes after ${title} (steps/).\n`);
    expect((await repository.run("next")).out).not.toContain("comes after");
  },
);

test("a course is typed by its name alone, too", async () => {
  const repository = twoCourses();
  const { out } = await repository.run("list --course tiny");
  expect(out).toMatch(
    /^A guest book in four small steps \(sequels\/tiny\/\)\n {2}00 {3}a greeting/,
  );
  expect(out).toMatch(/\(steps\/\): \.\/version\.sh list --course steps\n$/);
});

test("a step that only another course has: the line names it, and its command works", async () => {
  const repository = twoCourses();
  const { code, err } = await repository.run("adopt 03");
  expect([code, err]).toEqual([
    2,
    "version.sh: step 03 is not in steps/: sequels/tiny has it: ./version.sh adopt tiny/03\n",
  ]);
  await repository.run("adopt tiny/03");
  expect(await repository.run("adopt 01b")).toMatchObject({
    code: 2,
    err: expect.stringContaining("steps has it: ./version.sh adopt steps/01b"),
  });
  expect((await repository.run("adopt steps/01b")).code).toBe(0);
});

test("a folder of the top that has a sequel's name keeps its own meaning", async () => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    "extra/00/app.ts": APP,
    "sequels/extra/00/app.ts": APP,
  });
  await repository.run("adopt extra/00");
  expect(readlinkSync(repository.path("app.ts"))).toBe("extra/00/app.ts");
});

test("progress and restore say which course they speak of; with one course nothing changes", async () => {
  const repository = twoCourses();
  repository.write({ "mine/sequels/tiny/00/app.ts": APP, "step.txt": "mine/sequels/tiny/00\n" });
  expect((await repository.run("progress")).out).toMatch(/^A guest book .* \(sequels\/tiny\/\)\n/);
  await repository.run("save");
  expect((await repository.run("restore")).out).toContain("step tiny/00");
  const alone = makeRepository({
    ...FOUR_STEPS,
    "mine/steps/00/app.ts": APP,
    "step.txt": "mine/steps/00\n",
  });
  await alone.run("save");
  expect((await alone.run("restore")).out).toMatch(/ {2}step 00 *\n/);
  expect((await alone.run("progress")).out).toMatch(/^ {2}step /);
  expect((await alone.run("list")).out).toMatch(/^● 00/);
});

test("a course.json that cannot be read: adopt says so, and nothing of a success", async () => {
  const repository = twoCourses();
  repository.write({ "sequels/tiny/course.json": '{ "title": "tiny" }' });
  const { code, out, err } = await repository.run("adopt tiny/01");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^version.sh: step 01 is adopted, but sequels\/tiny\/course.json: [^\n]+\n$/);
});

test.each([
  ["t", ["tiny/00", "tiny/01", "tiny/02", "tiny/03"]],
  ["sequels/tiny/03", ["sequels/tiny/03"]],
  ["steps/01", ["steps/01", "steps/01b"]],
  ["03", []],
])("adopt %s is completed over all courses", async (typed, words) => {
  const { out } = await twoCourses().run(["__complete", "--", "adopt", typed]);
  const lines = out.split("\n").filter(Boolean);
  expect(lines.map((line) => line.split("\t")[0])).toEqual(words);
  for (const line of lines) expect(line).toMatch(/ \((steps|sequels\/tiny)\/\)$/);
});

test.each([
  ["gone", (repository: Repository) => rmSync(repository.path("sequels"), { recursive: true })],
  [
    "gone but for what git ignores",
    (repository: Repository) => {
      rmSync(repository.path("sequels"), { recursive: true });
      mkdirSync(repository.path("sequels/tiny/02/instance"), { recursive: true });
      mkdirSync(repository.path("sequels/tiny/node_modules"), { recursive: true });
    },
  ],
])(
  "the adopted step's course is %s: each verb works on, or names a command that does",
  async (_, leave) => {
    for (const adopted of ["sequels/tiny/02", "mine/sequels/tiny/02"]) {
      const repository = twoCourses();
      repository.write({ "mine/sequels/tiny/02/app.ts": APP });
      await repository.run(adopted.startsWith("mine") ? "try tiny/02" : "adopt tiny/02");
      repository.write({ "step.txt": `${adopted}\n` });
      leave(repository);
      const line = `version.sh: the adopted step ${adopted} (step.txt) is of a course that is not here (another branch?): until it is back, ./version.sh adopt steps/00 goes on with steps/\n`;
      for (const verb of ["list", "progress", "summary", "diff 01", "reset 01", "hint 01"]) {
        const { err } = await repository.run(verb);
        expect([verb, err.replace(/^version\.sh: step 01 has no hints.*\n/m, "")]).toEqual([
          verb,
          line,
        ]);
      }
      for (const verb of ["current", "next", "previous", "diff", "reset"])
        expect(await repository.run(verb)).toMatchObject({ code: 1, err: line });
      expect((await repository.run("adopt steps/00")).code).toBe(0);
      expect(await repository.run("next")).toMatchObject({ code: 0, err: "" });
    }
  },
);

test("what git ignores of a course of another branch is no course", async () => {
  const repository = twoCourses();
  await repository.run("try tiny/02");
  await repository.run("save");
  await repository.run("adopt steps/00");
  rmSync(repository.path("sequels"), { recursive: true });
  mkdirSync(repository.path("sequels/tiny/02/instance"), { recursive: true });
  for (const typed of ["adopt tiny/02", "try tiny/02", "diff tiny/02", "restore 1"])
    expect([typed, await repository.run(typed)]).toMatchObject([typed, { code: 2, err: NO_TINY }]);
  for (const verb of ["list", "fill", "stats", "lint --quick"])
    expect([verb, await repository.run(`${verb} --course tiny`)]).toMatchObject([
      verb,
      { code: 2, err: NO_TINY },
    ]);
  expect((await repository.run("restore")).out).toContain("step tiny/02");
  expect(courseFolders(repository.root)).toEqual(["steps"]);
});

const NO_TINY =
  "version.sh: there is no course folder 'sequels/tiny', only what git ignores of it (another branch?): the courses here are steps\n";

test("what git ignores of a step of another branch is no step", async () => {
  const repository = makeRepository({ ...FOUR_STEPS, "steps/01c/instance/tiny.db": "" });
  expect((await repository.run("list")).out).not.toContain("01c");
  expect((await repository.run("adopt 01c")).code).toBe(2);
  expect((await repository.run("lint --quick")).err).not.toContain("01c");
  await repository.run("adopt 01b");
  expect((await repository.run("next")).out).toMatch(/^Step 02: /);
  repository.write({ "step.txt": "steps/01c\n" });
  expect(await repository.run("current")).toMatchObject({
    code: 1,
    err: expect.stringContaining("steps/01c (step.txt) is not there any more"),
  });
  // A step that gets its name begins without the data of another one.
  repository.write({ "step.txt": "steps/01b\n" });
  const { code, out, err } = await repository.run("insert 01b title");
  const [, kept = ""] =
    /^steps\/01c\/ was left of another branch: it is kept as (.+)\/$/m.exec(out) ?? [];
  expect({ code, err, left: repository.read("steps/01c/README.md") }).toMatchObject({
    code: 0,
    err: "",
    left: expect.stringMatching(/^# title\n/),
  });
  expect(existsSync(repository.path(`${kept}/instance/tiny.db`))).toBe(true);
  expect(existsSync(repository.path("steps/01c/instance"))).toBe(false);
});
