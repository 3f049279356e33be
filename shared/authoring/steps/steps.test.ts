import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { isStepId } from "../../course/course.ts";
import type { Repository } from "../../version/fixture.ts";
import { FOUR_STEPS, makeRepository } from "../../version/fixture.ts";
import { copyCourse, REPOSITORY, snapshot } from "../fixture.ts";
import { withNewIds } from "./mentions.ts";

const stepsOf = (course: Repository) => readdirSync(course.path("steps")).sort();
const NAMES = readdirSync(`${REPOSITORY}/steps`);
const STEPS = NAMES.filter(isStepId).sort();
/** What lies beside the steps. */
const OTHERS = NAMES.filter((name) => !isStepId(name));
/** What differs between two snapshots, by path. */
const changed = (before: Record<string, string>, after: Record<string, string>) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => before[path] !== after[path])
    .sort();

test("insert: a copy of the step, a lesson to write, a row in the table, and nothing else", async () => {
  const course = copyCourse();
  course.write({ "steps/04/instance/chat.db": "data" });
  const before = snapshot(course);
  const { code, out, err } = await course.run(["insert", "4", "say | who is `here`"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toBe(`Step 04b is steps/04b/: the code of step 04, a lesson and a check to write
Names, numbers and links follow in 4 files: read git diff before you commit
Next: npm run generate, and ./version.sh lint says what is still to be written
`);
  const after = snapshot(course);
  expect(changed(before, after)).toEqual([
    "CONTRIBUTING.md",
    "README.md",
    "package.json",
    "steps/04b/README.md",
    "steps/04b/app.ts",
    "steps/04b/check.test.ts",
    "steps/04b/public/style.css",
    "steps/04b/views/users.ejs",
    "steps/course.json",
  ]);
  for (const file of ["app.ts", "public/style.css", "views/users.ejs"])
    expect(after[`steps/04b/${file}`]).toBe(before[`steps/04/${file}`]);
  const row = "| [04b](steps/04b/README.md) | say \\| who is `here` |\n| [05]";
  expect(after["README.md"]).toBe(moreSteps(before["README.md"] ?? "").replace("| [05]", row));
  for (const file of ["CONTRIBUTING.md", "package.json", "steps/course.json"])
    expect(after[file]).toBe(moreSteps(before[file] ?? ""));
  expect(after["package.json"]).toContain("25 small steps");
  const { out: faults } = await course.run("lint --quick");
  expect(faults.trimEnd().split("\n")).toEqual([
    "steps/04b/README.md: has no idea: write in a few sentences below the title what is new, and why",
    "steps/04b/README.md: '## Try it' is empty: write the commands to type, each with the answer to expect",
    "steps/04b/README.md: '## What changed' is empty: name each file that differs from the step before, and what is new in it",
    "steps/04b/README.md: '## What to notice' is empty: write a trap, a term of the field, a link to the official documentation",
    "steps/04b/README.md: '## Exercise' is empty: write one exercise, with a folded hint",
    "steps/04b/README.md: '## Exercise' has no hint: write one between <details><summary>Hint</summary> and </details>",
    "steps/04b/app.ts: changes nothing: the code is that of step 04: write what the step adds, or take the step out (./version.sh remove)",
  ]);
});

/** A text that said that the course has 24 steps. */
const moreSteps = (text: string) =>
  text.replace(/\b24(?= (?:small )?steps)/g, "25").replace("steps | 24 |", "steps | 25 |");

test("insert: the new step is drawn anew, or not at all", async () => {
  const course = copyCourse(["04", "05"]);
  expect((await course.run(["insert", "05", "another redirect"])).code).toBe(0);
  expect(existsSync(course.path("steps/05b/app.ts"))).toBe(true);
  expect(existsSync(course.path("steps/05b/lesson"))).toBe(false);
});

test("insert --renumber: folders, lessons, checks, links, the table follow; nothing else changes", async () => {
  const course = copyCourse();
  const before = snapshot(course);
  const { code, out } = await course.run(["insert", "03", "a new one", "--renumber"]);
  expect(code).toBe(0);
  expect(out).toContain("Renamed: 04 is 05, 05 is 06, 06 is 07, 07 is 08, 07b is 08b, ");
  const moved = new Map(
    STEPS.filter((id) => id > "03").map((id) => [
      id,
      String(Number(id.slice(0, 2)) + 1).padStart(2, "0") + id.slice(2),
    ]),
  );
  expect(stepsOf(course)).toEqual(
    [...STEPS.map((id) => moved.get(id) ?? id), "04", ...OTHERS].sort(),
  );
  const after = snapshot(course);
  const back = new Map([...moved].map(([from, to]) => [to, from]));
  for (const [path, text] of Object.entries(before)) {
    const id = /^steps\/([^/]+)\//.exec(path)?.[1] ?? "";
    const now = after[path.replace(id, moved.get(id) ?? id)] ?? "";
    if (!/README\.md$|CONTRIBUTING\.md$|END\.md$|check\.test\.ts$|\.json$/.test(path))
      expect(now, path).toBe(text);
    // Nothing but names of steps has changed: with the old ones it is the old text.
    const isTable = path === "README.md";
    const old = withNewIds(
      isTable ? now.replace(/^.*steps\/04\/README.*\n/m, "") : now,
      back,
      "steps",
    );
    expect(old, path).toBe(moreSteps(text));
  }
  expect(JSON.parse(after["steps/course.json"] ?? "")).toMatchObject({
    title: "A chat application in 25 small steps",
    version: { from: "01c" },
    pages: [{ from: "05" }, { from: "13" }],
  });
  expect(after["README.md"]).toContain("npm start -- 20 --fill");
  expect(after["steps/00/check.test.ts"]).toContain('isBefore("06")');
  expect(after["steps/10/check.test.ts"]).toContain('isBefore("11")');
  expect(after["steps/05/README.md"]).toContain("[A later step](../13/README.md)");
  expect(after["steps/11/README.md"]).toContain('"steps/11/instance/chat.db"');
  expect(after["steps/01c/README.md"]).toContain("(version 01c)");
  // A drawing moves with its lesson, whose link begins at its own folder.
  expect(after["steps/06/lesson/redirect.svg"]).toBe(before["steps/05/lesson/redirect.svg"]);
  expect(after["steps/06/README.md"]).toContain("](lesson/redirect.svg)");
  expect(after["steps/05/lesson/redirect.svg"]).toBeUndefined();
  expect(after["steps/END.md"]).toContain("[step 06](06/README.md)");
  expect(after["README.md"]).toContain("| [04](steps/04/README.md) | a new one |\n| [05]");
  expect(course.read("README.md")).toContain("`app-00.ts` … `app-20.ts`");
  const { out: faults } = await course.run("lint --quick");
  expect(
    faults
      .trimEnd()
      .split("\n")
      .filter((line) => !line.startsWith("steps/04/")),
  ).toEqual([]);
});

test("prep: the step after the last one, or after another", async () => {
  const course = makeRepository();
  expect((await course.run("prep")).out).toContain(
    "Step 03 is steps/03/: the code of step 02, a lesson and a check to write\n",
  );
  expect(course.read("steps/03/app.ts")).toBe(course.read("steps/02/app.ts"));
  expect(course.read("steps/03/README.md")).toMatch(/^#\n\n<!-- /);
  expect((await course.run("prep 01b")).out).toContain("Step 01c is steps/01c/");
  expect((await course.run("prep 00")).out).toContain("Step 00b is steps/00b/");
  expect((await course.run("prep")).out).toContain("Step 04 is steps/04/");
});

test("a step after the last one: what the pages say of the last step is said of the new one", async () => {
  const course = copyCourse();
  expect((await course.run(["insert", "19", "one more", "--renumber"])).code).toBe(0);
  const readme = course.read("README.md");
  expect(readme).toContain("In 25 steps, from `hello`");
  expect(readme).toContain(
    "This starts the last step, with example data:\n\n```bash\nnpm start -- 20",
  );
  expect(readme).toContain("`app-00.ts` … `app-20.ts`");
  // What is told of step 19 itself stays.
  expect(readme).toContain("[19](steps/19/README.md)");
});

test("rename: the folder and all that names it", async () => {
  const course = copyCourse();
  const before = snapshot(course);
  expect(await course.run("rename 02b 02c")).toMatchObject({ code: 0, err: "" });
  const after = snapshot(course);
  const back = new Map([["02c", "02b"]]);
  for (const [path, text] of Object.entries(before))
    expect(withNewIds(after[path.replace("02b", "02c")] ?? "", back, "steps"), path).toBe(text);
  expect(after["README.md"]).toContain("| [02c](steps/02c/README.md) | ");
  expect(after["README.md"]).toContain("From [step 02c](steps/02c/README.md) on");
});

test("remove: the folder is kept, and the step after it takes over what named it", async () => {
  const course = copyCourse();
  course.write({ "steps/10/instance/chat.db": "data", "mine/steps/10/app.ts": "own\n" });
  const before = snapshot(course);
  const { code, out } = await course.run("remove 10");
  expect(code).toBe(0);
  const kept = "mine/.saved/steps-10-2026-03-05-142201";
  expect(out).toContain(`Step 10 is out of the course: its folder is kept as ${kept}/\n`);
  expect(out).toContain("Step 11 brings its change now: tell it in steps/11/README.md");
  expect(out).toContain(`Moved with it: mine/steps/10/ is ${kept}-yours/ now\n`);
  const after = snapshot(course);
  for (const path of Object.keys(before).filter((each) => each.startsWith("steps/10/")))
    expect(after[path.replace("steps/10", kept)], path).toBe(before[path]);
  expect(after[`${kept}-yours/app.ts`]).toBe("own\n");
  expect(stepsOf(course)).not.toContain("10");
  expect(after["steps/09/check.test.ts"]).toContain('isBefore("11")');
  expect(after["README.md"]).not.toContain("steps/10/");
  expect(after["README.md"]?.match(/^\| \[11\]/gm)).toHaveLength(1);
  expect((await course.run("lint --quick")).code).toBe(0);
});

test("the last step may go where nothing names it; else the places are named", async () => {
  const course = makeRepository();
  course.write({
    "steps/00/README.md": "# hello\n\nsee [the end](../02/README.md)\n",
    "steps/00/check.test.ts": 'if (isBefore("02")) {}\n',
    "steps/01/check.test.ts": "",
    "steps/01b/check.test.ts": "",
  });
  expect(await course.run("remove 02")).toEqual({
    code: 1,
    out: "",
    err: "version.sh: step 02 is the last one, and no later step could take its place in steps/00/README.md:3, steps/00/check.test.ts:1: change those lines first\n",
  });
  expect(stepsOf(course)).toContain("02");
  course.write({ "steps/00/README.md": "# hello\n", "steps/00/check.test.ts": "" });
  expect((await course.run("remove 02")).code).toBe(0);
  expect(stepsOf(course)).toEqual(["00", "01", "01b", "course.json"]);
});

test("data, own steps, progress and the adopted step follow a new name", async () => {
  const course = makeRepository();
  course.write({ "steps/02/instance/chat.db": "data of 02", ".git/HEAD": "" });
  await course.run("try 02");
  course.write({ "mine/steps/02/app.ts": "own\n" });
  await course.run("save");
  const { code, out } = await course.run(["insert", "01", "new", "--renumber"]);
  expect(code).toBe(0);
  expect(out).toContain("Renamed: 01b is 02b, 02 is 03\n");
  expect(out).toContain("Moved with it: mine/steps/02/ is mine/steps/03/ now\n");
  expect(course.read("steps/03/instance/chat.db")).toBe("data of 02");
  expect(existsSync(course.path("steps/02/instance"))).toBe(false);
  expect(course.read("mine/steps/03/app.ts")).toBe("own\n");
  expect(course.read("step.txt")).toBe("mine/steps/03\n");
  expect(readlinkSync(course.path("app.ts"))).toBe("mine/steps/03/app.ts");
  expect(readlinkSync(course.path("app-02.ts"))).toBe("steps/02/app.ts");
  expect(Object.keys(JSON.parse(course.read("mine/.progress.json")).steps)).toContain("steps/03");
  expect(course.read(".git/course/progress.json")).toBe(course.read("mine/.progress.json"));
  expect((await course.run("restore")).out).toContain("step 03");
  expect((await course.run("current")).out).toContain("your own");
});

test("who is at a step that is removed is at the one after it then", async () => {
  const course = makeRepository();
  await course.run("try 01");
  expect((await course.run("remove 01")).err).toBe("");
  expect(course.read("step.txt")).toBe("steps/01b\n");
  expect(readlinkSync(course.path("app.ts"))).toBe("steps/01b/app.ts");
  expect(existsSync(course.path("app-01.ts"))).toBe(false);
  expect((await course.run("current")).out).toContain("step 01b");
});

test("another course: its own names alone, and its folders where others name them", async () => {
  const course = copyCourse(["00", "01"]);
  course.write({
    "sequels/more/00/README.md": "# start\n\nstep 01, [next](../01/README.md), steps/01/app.ts\n",
    "sequels/more/00/app.ts": "",
    "sequels/more/01/README.md": "# more\n",
    "sequels/more/01/app.ts": "",
    "steps/01/README.md": "# one\n\nstep 01 and sequels/more/01/\n",
  });
  const readme = course.read("README.md");
  expect((await course.run("--course sequels/more rename 01 02")).code).toBe(0);
  expect(course.read("sequels/more/00/README.md")).toBe(
    "# start\n\nstep 02, [next](../02/README.md), steps/01/app.ts\n",
  );
  expect(course.read("steps/01/README.md")).toBe("# one\n\nstep 01 and sequels/more/02/\n");
  expect(course.read("README.md")).toBe(readme);
});

test.each([
  [
    ["insert", "7", "x"],
    2,
    "unknown step '07' in steps/: did you mean 02? (./version.sh list shows all)",
  ],
  [["insert", "02"], 2, "missing required argument 'title' (./version.sh help insert shows how)"],
  [
    ["insert", "02", " "],
    2,
    `' ' is no title: give one line of text in quotes, as in insert 03 "GET /api/users to list users"`,
  ],
  [
    ["insert", "02", "a\nb"],
    2,
    `'a' is no title: give one line of text in quotes, as in insert 03 "GET /api/users to list users"`,
  ],
  [
    ["prep", "77"],
    2,
    "unknown step '77' in steps/: did you mean 02? (./version.sh list shows all)",
  ],
  [
    ["remove", "1d"],
    2,
    "unknown step '01d' in steps/: did you mean 01b? (./version.sh list shows all)",
  ],
  [
    ["rename", "02", "twelve"],
    2,
    "'twelve' is no name of a step: two digits, and a letter if need be, such as 04 or 03b",
  ],
  [["rename", "02", "02"], 2, "step 02 has that name already: nothing to rename"],
  [
    ["rename", "02", "01"],
    1,
    "there is a step 01 already: rename or remove it first, or ./version.sh insert … --renumber makes room",
  ],
  [
    ["rename", "01", "05"],
    1,
    "step 05 would stand elsewhere in the course than step 01, and its code fits here alone: choose a name between 00 and 01b",
  ],
  [
    ["rename", "02", "00b"],
    1,
    "step 00b would stand elsewhere in the course than step 02, and its code fits here alone: choose a name after 01b",
  ],
  [
    ["rename", "00", "03"],
    1,
    "step 03 would stand elsewhere in the course than step 00, and its code fits here alone: choose a name before 01",
  ],
])("%j: exit code %i, one line, nothing touched", async (args, code, line) => {
  const course = makeRepository(FOUR_STEPS);
  const before = snapshot(course);
  expect(await course.run(args)).toEqual({ code, out: "", err: `version.sh: ${line}\n` });
  expect(snapshot(course)).toEqual(before);
});

test("the only step stays; a step without its app is not copied", async () => {
  const course = makeRepository({ "steps/00/README.md": "# one\n" });
  expect((await course.run("remove 00")).err).toContain("step 00 is the only one of steps/");
  expect((await course.run(["insert", "00", "x"])).err).toContain(
    "step 00 has no app.ts to copy: bring it back with git checkout -- steps/00",
  );
});
