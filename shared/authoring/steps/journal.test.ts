import { existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { makeRepository, type Repository, startProcess } from "../../version/fixture.ts";
import { commit, finish, type NewFile, type Rearrangement, UNFINISHED } from "./journal.ts";

const IDS = ["00", "01", "02", "03"];
const files = (ids: readonly string[]) =>
  Object.fromEntries(
    IDS.flatMap((own, index) => [
      [`steps/${ids[index]}/app.ts`, `// was ${own} in the beginning\n`],
      [`steps/${ids[index]}/README.md`, `# title of ${own}\n\nThis is step ${ids[index]}.\n`],
    ]),
  );

/** Shifts all steps up and down again, for ever, so that every kill meets it at work. */
const LOOP = `
  import { readCourse } from ${JSON.stringify(resolve(import.meta.dirname, "../../course/course.ts"))};
  import { rearrange } from ${JSON.stringify(resolve(import.meta.dirname, "rearrange.ts"))};
  const world = { root: process.argv[2], env: {}, stderr: process.stderr };
  for (let turn = 0; ; turn++) {
    const course = readCourse(world, "steps");
    const by = course.steps[0].id === "00" ? 1 : -1;
    const moved = course.steps.map(({ id }) => [id, "0" + (Number(id) + by)]);
    await rearrange(world, course, { moved: new Map(moved) });
    console.log("moved");
  }
`;

/** Expects the old course or the new one, whole: each folder with its own files and its own name. */
function expectWhole(course: Repository, out: string): void {
  const ids = [...out.matchAll(/^ {2}(\d\d) /gm)].map(([, id]) => id as string);
  expect([IDS.join(), "01,02,03,04"]).toContain(ids.join());
  for (const [path, text] of Object.entries(files(ids))) expect(course.read(path), path).toBe(text);
}

test("kill -9 at any moment: the next verb finishes it", async () => {
  const course = makeRepository({ ...files(IDS), "loop.ts": LOOP });
  let unfinished = 0;
  for (let round = 0; round < 40 && (round < 12 || unfinished === 0); round++) {
    const child = startProcess(process.execPath, [course.path("loop.ts"), course.root], {
      cwd: course.root,
    });
    while (!child.output().includes("moved")) await sleep(5);
    await sleep(Math.random() * 30);
    child.signal("SIGKILL");
    await child.ended;
    if (existsSync(course.path(UNFINISHED))) unfinished++;
    const { code, out, err } = await course.run("list");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expectWhole(course, out);
  }
  expect(unfinished).toBeGreaterThan(0);
});

const CHANGE: Rearrangement = {
  course: "steps",
  moves: IDS.map((id) => ({ from: `steps/${id}`, to: `steps/0${Number(id) + 1}` })),
  copies: [{ from: "steps/00", to: "steps/00", texts: { "README.md": "# new\n" } }],
  texts: new Map([["steps/04/README.md", "# changed\n"]]),
  removed: [],
  adopt: undefined,
};

// After how many moves it ends; the rest is done by the next verb.
test.for(Array.from({ length: 10 }, (_, moves) => moves))(
  "interrupted after %i moves, the rest is done later, and nothing twice",
  async (moves) => {
    const course = makeRepository(files(IDS));
    const world = { root: course.root } as Parameters<typeof commit>[0];
    commit(world, CHANGE);
    const moved = (index: number) => course.path(`${UNFINISHED}/moved/${index}`);
    mkdirSync(course.path(`${UNFINISHED}/moved`));
    // As finish does it, up to there.
    for (let index = 0; index < Math.min(moves, 4); index++)
      renameSync(course.path(`steps/0${index}`), moved(index));
    if (moves > 4) course.write({ [`${UNFINISHED}/left`]: "" });
    for (let index = 0; index < moves - 5; index++)
      renameSync(moved(index), course.path(`steps/0${index + 1}`));
    const { out } = await course.run("list");
    expect(out).toMatch(/ 00 .*new\n.* 01 .*title of 00\n.* 02 .*\n.* 03 .*\n.* 04 .*changed\n$/);
    for (const id of IDS)
      expect(course.read(`steps/0${Number(id) + 1}/app.ts`)).toContain(`was ${id} `);
    expect(course.read("steps/00/app.ts")).toContain("was 00 ");
    let again = 0;
    finish(world, () => again++);
    expect(again).toBe(0);
  },
);

test("files that go and come may be done twice: a folder for a file, a file for a folder", async () => {
  const course = makeRepository(files(IDS));
  course.write({ "steps/00/views": "a file\n", "steps/01/public/deep/a.css": "p {}\n" });
  const world = { root: course.root } as Parameters<typeof commit>[0];
  const bytes = Buffer.from([0, 255]);
  commit(world, {
    ...{ course: "steps", moves: [], copies: [], adopt: undefined },
    removed: ["steps/00/views", "steps/01/public/deep/a.css"],
    texts: new Map<string, NewFile>([
      ["steps/00/views/users.ejs", { bytes, mode: "program" }],
      ["steps/01/public", { bytes: Buffer.from("app.ts"), mode: "link" }],
    ]),
  });
  expect(() =>
    finish(world, () => {
      throw new Error("killed");
    }),
  ).toThrow("killed");
  expect((await course.run("list")).code).toBe(0);
  expect(existsSync(course.path(UNFINISHED))).toBe(false);
  expect(readFileSync(course.path("steps/00/views/users.ejs")).equals(bytes)).toBe(true);
  expect(statSync(course.path("steps/00/views/users.ejs")).mode & 0o777).toBe(0o755);
  expect(readlinkSync(course.path("steps/01/public"))).toBe("app.ts");
});

test("a move that the system refuses: one line, and the next verb goes on", async () => {
  const course = makeRepository(files(IDS));
  const world = { root: course.root } as Parameters<typeof commit>[0];
  commit(world, CHANGE);
  renameSync(course.path("steps/02"), course.path("aside"));
  const refused = await course.run("list");
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /^version\.sh: the folders of steps\/ are half rearranged \(.*\): stop what uses them, then any \.\/version\.sh command finishes it\n$/,
  );
  renameSync(course.path("aside"), join(course.root, "steps/02"));
  expect((await course.run("list")).out).toContain("04 ");
});

test("nothing is decided where it cannot be written", async () => {
  const course = makeRepository(files(IDS));
  course.write({ ".course/steps": "a file in the way" });
  const { code, err } = await course.run("rename 03 04");
  expect(code).toBe(1);
  expect(err).toMatch(/^version\.sh: .+\n$/);
  expect((await course.run("list")).out).toContain("  03 ");
});
