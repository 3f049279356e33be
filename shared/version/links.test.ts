import { existsSync, lstatSync, readlinkSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { addFixtureCourse, TINY } from "../testkit/fixture-course.ts";
import { APP, makeRepository } from "./fixture.ts";

const STEP = {
  "steps/00/app.ts": APP,
  "steps/00/README.md": "# one file\n",
  "steps/01/app.ts": `import "./lib/one.ts";\nimport "./worker.ts";\n`,
  "steps/01/README.md": "# split\n",
  "steps/01/check.test.ts": "",
  "steps/01/lesson/a.svg": "<svg/>",
  "steps/01/instance/chat.db": "",
  "steps/01/lib/one.ts": "export const one = 1;\n",
  "steps/01/worker.ts": "export {};\n",
  "steps/01/notes.txt": "no module",
};
const tops = ["lib", "worker.ts", "lesson", "instance", "check.test.ts", "README.md", "notes.txt"];

test("modules and folders beside app.ts are linked; lesson, check and data are not", async () => {
  const repository = makeRepository(STEP);
  expect(await repository.run("adopt 01")).toMatchObject({ code: 0, err: "" });
  expect(tops.filter((name) => existsSync(repository.path(name)))).toEqual(["lib", "worker.ts"]);
  expect(readlinkSync(repository.path("lib"))).toBe("steps/01/lib");
  await repository.run("adopt 00");
  expect(tops.filter((name) => existsSync(repository.path(name)))).toEqual([]);
  expect(repository.read("steps/01/lib/one.ts")).toBe("export const one = 1;\n");
});

test("where links are refused they are copies, and an edited one is kept aside", async () => {
  const env = { COURSE_LINKS: "copies" };
  const repository = makeRepository(STEP);
  await repository.run("adopt 01", { env });
  expect(lstatSync(repository.path("lib")).isDirectory()).toBe(true);
  expect(repository.read("lib/one.ts")).toBe("export const one = 1;\n");
  expect(repository.read("worker.ts")).toMatch(/^\/\/ Copy of steps\/01\/worker.ts made by /);
  repository.write({ "lib/one.ts": "mine" });
  const { out } = await repository.run("adopt 00", { env });
  expect(out).toContain("You had edited the copy lib: your version is kept as mine/.saved/lib-");
  expect(tops.filter((name) => existsSync(repository.path(name)))).toEqual([]);
});

test("a folder lib of the learner's stops adopt; a file of another name keeps its place", async () => {
  const repository = makeRepository({ ...STEP, "worker.ts": "mine" });
  expect(await repository.run("adopt 01")).toMatchObject({ code: 0, err: "" });
  expect(repository.read("worker.ts")).toBe("mine");
  const other = makeRepository({ ...STEP, "lib/mine.ts": "mine" });
  expect(await other.run("adopt 01")).toMatchObject({
    code: 1,
    err: expect.stringContaining("lib in "),
  });
  expect(existsSync(other.path("app.ts"))).toBe(false);
});

test("modules are the learner's too: try, save, solve, compare, diff, restore", async () => {
  const repository = makeRepository();
  addFixtureCourse(repository.root);
  // Its titles are no matter here, and the root of this repository has no testkit.
  rmSync(repository.path(`${TINY}/03/check.test.ts`));
  const mine = (path: string) => `mine/${TINY}/03/${path}`;
  expect(await repository.run(`try ${TINY}/03`)).toMatchObject({ code: 0, err: "" });
  expect(readlinkSync(repository.path("lib"))).toBe(`mine/${TINY}/03/lib`);
  expect(repository.read(mine("lib/notes.ts"))).toBe(repository.read(`${TINY}/02/lib/notes.ts`));
  repository.write({ [mine("lib/notes.ts")]: "// mine\n", [mine("lib/own.ts")]: "// mine\n" });
  expect((await repository.run("diff --stat")).out).toContain("lib/own.ts");
  expect((await repository.run("compare --stat")).out).toMatch(/lib\/own.ts +-1 \(file removed\)/);
  expect((await repository.run("solve")).code).toBe(0);
  expect(existsSync(repository.path(mine("lib/own.ts")))).toBe(false);
  expect(repository.read(mine("lib/notes.ts"))).toBe(repository.read(`${TINY}/03/lib/notes.ts`));
  expect((await repository.run("restore 1")).code).toBe(0);
  expect(repository.read(mine("lib/own.ts"))).toBe("// mine\n");
});
