import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { makeRepository } from "./fixture.ts";

test.each([
  ["9", "unknown step '09' in steps/: did you mean 02?"],
  ["1c", "unknown step '01c' in steps/: did you mean 01b?"],
  ["steps/7", "unknown step '07' in steps/: did you mean 02?"],
  ["hello", "unknown step 'hello' in steps/: did you mean"],
  ["nosuch/01", "there is no course folder 'nosuch': the courses here are steps"],
])("adopt %s: one line that names the nearest, exit code 2", async (typed, line) => {
  const { code, out, err } = await makeRepository().run(`adopt ${typed}`);
  expect([code, out, err.split("\n").length]).toEqual([2, "", 2]);
  expect(err).toContain(line);
});

test.each([
  ["adpt 3", "unknown verb 'adpt': did you mean adopt?"],
  ["toString", "unknown verb 'toString': did you mean"],
  ["adopt", "missing required argument 'step' (./version.sh help adopt shows how)"],
  ["adopt 1 2", "too many arguments"],
  ["adopt 1 --keep-dat", "unknown option '--keep-dat'. Did you mean --keep-data?"],
  ["list --course", "argument missing"],
  ["--nope", "unknown option '--nope'"],
  ["help nope", "unknown verb 'nope'"],
  ["completion fish", "Allowed choices are bash, zsh"],
  ["list --course /etc", "'/etc' is not a course"],
  ["list --course .", "'.' is not a course"],
])("%s: one line, exit code 2", async (typed, line) => {
  const { code, out, err } = await makeRepository().run(typed);
  expect([code, out, err.split("\n").length]).toEqual([2, "", 2]);
  expect(err).toContain(line);
});

test("a course folder without steps", async () => {
  const repository = makeRepository({ "steps/notes.txt": "no step" });
  expect(await repository.run("list")).toMatchObject({
    code: 1,
    err: expect.stringContaining("'steps' has no steps"),
  });
});

test("no course at all", async () => {
  const repository = makeRepository({});
  expect(await repository.run("list")).toMatchObject({
    code: 2,
    err: expect.stringContaining("git checkout -- steps"),
  });
});

test("a step typed as a path means what it means in the folder where it is typed", async () => {
  const repository = makeRepository();
  mkdirSync(repository.path("deep/er"), { recursive: true });
  const cwd = repository.path("deep/er");
  for (const typed of ["../../steps/01b", "steps/01b", repository.path("steps/01b/")])
    expect((await repository.run(`adopt ${typed}`, { cwd })).code).toBe(0);
  await repository.run("adopt .", { cwd: repository.path("steps/02") });
  expect(repository.read("step.txt")).toBe("steps/02\n");
});

test("only folders with a step's name are steps", async () => {
  const repository = makeRepository();
  repository.write({
    "steps/03 copy/app.ts": "",
    "steps/notes/app.ts": "",
    "steps/3/app.ts": "",
    "steps/04": "a file",
  });
  const { out } = await repository.run("list");
  expect(out).toBe(
    "  00   the simplest possible hello app\n  01   connect to a database\n  01b  a page to see the users\n  02   create a table\n",
  );
});

test("summary is the Markdown table, whatever is adopted", async () => {
  const repository = makeRepository();
  const { out } = await repository.run("summary");
  expect(out).toBe(
    "| Step | What it adds |\n| --- | --- |\n" +
      "| [00](steps/00/README.md) | the simplest possible `hello` app |\n" +
      "| [01](steps/01/README.md) | connect to a database |\n" +
      "| [01b](steps/01b/README.md) | a page to see the users |\n" +
      "| [02](steps/02/README.md) | create a table |\n",
  );
  await repository.run("adopt 01");
  expect((await repository.run("summary")).out).toBe(out);
});

test("a COURSE of another program is named as what names the folder", async () => {
  const repository = makeRepository();
  expect(await repository.run("list", { env: { COURSE: "math101" } })).toEqual({
    code: 2,
    out: "",
    err: "version.sh: there is no course folder 'math101' (COURSE is set to it: unset COURSE): the courses here are steps\n",
  });
  expect((await repository.run("list", { env: { COURSE: "steps" } })).code).toBe(0);
});
