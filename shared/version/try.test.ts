import { existsSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { APP, FOUR_STEPS, makeRepository, type Repository } from "./fixture.ts";

/** Four steps with checks of nothing but the version, so that they are quick. */
const LESSON = `# a page to see the users

The idea of \`pages\`.

![users on a page](lesson/users.svg)

They are all on it.

## Try it

## What changed

- \`app.ts\`: one line.
- \`views/users.ejs\`: new.

\`\`\`ts
// one other line
\`\`\`

## What to notice

Nothing.

## Exercise
`;
const FILES = { ...FOUR_STEPS, "steps/01b/README.md": LESSON };

const made = (repository: Repository, dir: string): string[] =>
  readdirSync(repository.path(dir), { recursive: true }).map(String).sort();

test("try copies our step before, gives the style sheet, and links the top folder to it", async () => {
  const repository = makeRepository({ ...FILES, "steps/01/lesson/database.svg": "<svg/>\n" });
  const { code, out, err } = await repository.run("try 1b");
  expect([code, err]).toEqual([0, ""]);
  expect(repository.read("mine/steps/01b/app.ts")).toBe(repository.read("steps/01/app.ts"));
  expect(made(repository, "mine/steps/01b")).toEqual([
    "app.ts",
    "public",
    "public/style.css",
    "views",
  ]);
  expect(readlinkSync(repository.path("app.ts"))).toBe("mine/steps/01b/app.ts");
  expect(readlinkSync(repository.path("views"))).toBe("mine/steps/01b/views");
  expect(repository.read("step.txt")).toBe("mine/steps/01b\n");
  expect(out).toContain("Step 01b, your own: a page to see the users");
  expect(out).toContain("The idea of pages.\n\nThey are all on it.\n");
  expect(out).toContain("(a copy of steps/01/)");
  expect(out).toContain("public/style.css is ours already");
});

test("the first step begins with an app that is empty", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 0");
  expect(repository.read("mine/steps/00/app.ts")).toMatch(/^\/\/ Your app begins here/);
});

test("try without a step is the adopted one; what was begun is kept; --again saves it first", async () => {
  const repository = makeRepository(FILES);
  await repository.run("adopt 01");
  await repository.run("try");
  repository.write({ "mine/steps/01/app.ts": "my own\n" });
  await repository.run("adopt 00");
  expect((await repository.run("try 01")).out).toContain("as you left them");
  expect(repository.read("mine/steps/01/app.ts")).toBe("my own\n");
  expect((await repository.run("try 01 --again")).out).toContain(
    "What you had is saved: mine/.saved/",
  );
  expect(repository.read("mine/steps/01/app.ts")).toBe(APP);
  expect(repository.read("mine/.saved/steps-01-2026-03-05-142201/app.ts")).toBe("my own\n");
});

test("adopt goes back to ours, try back to the learner's; current, list and diff know", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 02");
  repository.write({ "mine/steps/02/app.ts": `${APP}// mine\n` });
  expect((await repository.run("current")).out).toBe(
    "step 02: create a table (mine/steps/02/, your own)\n",
  );
  expect((await repository.run("list")).out).toContain("● 02   create a table  [yours]");
  const { out } = await repository.run("diff");
  expect(out).toContain("+++ mine/steps/02/app.ts");
  expect(out).toContain("+// mine\n");
  expect(out).not.toContain("README");
  await repository.run("adopt 02");
  expect(readlinkSync(repository.path("app.ts"))).toBe("steps/02/app.ts");
  expect((await repository.run("diff")).out).toContain("+++ steps/02/app.ts");
  await repository.run("try");
  expect(readlinkSync(repository.path("app.ts"))).toBe("mine/steps/02/app.ts");
});

test("a step of a further course", async () => {
  const repository = makeRepository({
    ...FILES,
    "sequels/files/00/app.ts": APP,
    "sequels/files/01/app.ts": APP,
  });
  await repository.run("try sequels/files/01");
  expect(repository.read("step.txt")).toBe("mine/sequels/files/01\n");
  expect((await repository.run("list")).out).toContain("● 01");
  await repository.run("adopt 00");
  expect(repository.read("step.txt")).toBe("sequels/files/00\n");
});

test.each(["check", "compare", "solve", "save"])(
  "%s at a step of ours: a line with the cure",
  async (verb) => {
    const repository = makeRepository(FILES);
    await repository.run("adopt 01");
    const { code, err } = await repository.run(verb);
    expect([code, err]).toEqual([
      1,
      "version.sh: you are not writing a step yourself just now (step 01 is ours): begin with ./version.sh try 01\n",
    ]);
  },
);

test("the learner's folder was removed: a line with the cure", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 01");
  rmSync(repository.path("mine/steps/01"), { recursive: true });
  expect((await repository.run("current")).err).toContain(
    "./version.sh restore lists what was saved",
  );
  expect(await repository.run("try 01")).toMatchObject({ code: 0 });
});

test("a file named mine: a line with the cure", async () => {
  const repository = makeRepository({ ...FILES, mine: "a file" });
  const { code, err } = await repository.run("try 01");
  expect([code, err]).toEqual([
    1,
    expect.stringContaining("a file is in the place of the folder mine/"),
  ]);
});

test("compare shows the learner's as before, ours as after; equal ones are told", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 1b");
  const { out } = await repository.run("compare");
  expect(out).toContain("--- mine/steps/01b/app.ts\n+++ steps/01b/app.ts\n");
  expect(out).toContain("-// one more line\n+// one other line\n");
  expect(out).not.toContain("README");
  expect((await repository.run("compare --stat")).out).toContain("app.ts           +1 -1\n");
  await repository.run("solve");
  expect((await repository.run("compare")).out).toBe("your step 01b is the same as ours\n");
});

test("solve saves first, takes all of ours, and leaves the data alone", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 1b");
  repository.write({
    "mine/steps/01b/app.ts": "my own\n",
    "mine/steps/01b/helper.ts": "mine too\n",
    "mine/steps/01b/instance/chat.db": "data",
  });
  const { out } = await repository.run("solve");
  expect(repository.read("mine/steps/01b/app.ts")).toBe(repository.read("steps/01b/app.ts"));
  expect(repository.read("mine/steps/01b/instance/chat.db")).toBe("data");
  expect(existsSync(repository.path("mine/steps/01b/helper.ts"))).toBe(false);
  expect(existsSync(repository.path("mine/steps/01b/README.md"))).toBe(false);
  const [, command = ""] = /\n {2}\.\/version\.sh (restore .*)\n/.exec(out) ?? [];
  await repository.run(command);
  expect(repository.read("mine/steps/01b/app.ts")).toBe("my own\n");
  expect(repository.read("mine/steps/01b/helper.ts")).toBe("mine too\n");
});

test("save and restore: by number, by name, by folder; listed by date", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 01");
  const at = (minute: number) => ({ now: () => new Date(2026, 2, 5, 14, minute) });
  const write = (text: string) => repository.write({ "mine/steps/01/app.ts": text });
  write("one\n");
  await repository.run("save first", at(1));
  write("two\n");
  await repository.run("save", at(2));
  expect((await repository.run("save", at(3))).out).toContain("Nothing has changed since");
  write("three\n");
  expect((await repository.run("restore", at(4))).out).toBe(
    '  1  2026-03-05 14:02:00  step 01 \n  2  2026-03-05 14:01:00  step 01   "first"\n\n./version.sh restore 1 brings the first of them back.\n'.replace(
      "01 \n",
      "01 \n",
    ),
  );
  await repository.run("restore first", at(5));
  expect(repository.read("mine/steps/01/app.ts")).toBe("one\n");
  // What was there was saved, and is the newest now.
  await repository.run("restore 1", at(6));
  expect(repository.read("mine/steps/01/app.ts")).toBe("three\n");
  await repository.run("restore mine/.saved/steps-01-2026-03-05-140200", at(7));
  expect(repository.read("mine/steps/01/app.ts")).toBe("two\n");
});

test.each([
  ["save first", "there is a save 'first' already"],
  ["save 12", "'12' is no name for a save"],
  ["restore nothing", "there is no save 'nothing': ./version.sh restore lists"],
  ["restore 99", "there is no save '99'"],
])("%s: a line with the cure", async (command, line) => {
  const repository = makeRepository(FILES);
  await repository.run("try 01");
  await repository.run("save first");
  const { code, err } = await repository.run(command);
  expect(code).toBeGreaterThan(0);
  expect(err).toContain(line);
});

test("hint goes from words to code, one at a time, and round again", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 1b");
  const hints: string[] = [];
  for (let count = 0; count < 4; count++) hints.push((await repository.run("hint")).out);
  expect(hints[0]).toBe("Hint 1 of 3 for step 01b:\n\n  app.ts: one line.\n");
  expect(hints[1]).toContain("views/users.ejs: new.");
  expect(hints[2]).toContain("  // one other line\n\nThat was the last one");
  expect(hints[3]).toBe(hints[0]);
  expect((await repository.run("hint 00")).err).toContain("step 00 has no hints");
});

test("reset while writing acts on the learner's own database", async () => {
  const repository = makeRepository(FILES);
  await repository.run("try 02");
  const file = "mine/steps/02/instance/chat.db";
  repository.write({ [file]: "" });
  for (const verb of ["reset", "reset 02"]) {
    const database = new DatabaseSync(repository.path(file));
    database.exec("CREATE TABLE one (text); INSERT INTO one VALUES ('row')");
    database.close();
    expect((await repository.run("list")).out).toContain("[yours, data]");
    const { out } = await repository.run(verb);
    expect(out).toContain(
      "./version.sh reset mine/steps/02 --from mine/.saved/chat-mine-steps-02-",
    );
    expect((await repository.run("list")).out).toContain("[yours]");
    const [, back = ""] = /\n {2}\.\/version\.sh (reset .*)\n/.exec(out) ?? [];
    expect(await repository.run(back)).toMatchObject({ code: 0, err: "" });
    expect((await repository.run("list")).out).toContain("[yours, data]");
    await repository.run("reset");
  }
});

test("sed -i on the linked app.ts: the next verb takes its text into the step, and the link comes back", async () => {
  const repository = makeRepository();
  await repository.run("try 02");
  const before = repository.read("mine/steps/02/app.ts");
  repository.write({ "mine/steps/02/views/own.ejs": "own\n" });
  const replace = (text: string) => {
    rmSync(repository.path("app.ts"));
    repository.write({ "app.ts": text });
  };
  replace("// written by sed\n");
  const { code, out } = await repository.run("compare --stat");
  expect(code).toBe(0);
  expect(out).toContain("its text is in mine/steps/02/app.ts now");
  expect(readlinkSync(repository.path("app.ts"))).toBe("mine/steps/02/app.ts");
  expect(repository.read("app.ts")).toBe("// written by sed\n");
  expect(repository.read("mine/steps/02/views/own.ejs")).toBe("own\n");
  const saved = /What was there is saved: (\S+)/.exec(out)?.[1];
  expect(repository.read(`${saved}/app.ts`)).toBe(before);
  // The same text, as after a copy without links: only the link comes back.
  replace("// written by sed\n");
  expect((await repository.run("current")).out).not.toContain("saved");
  expect(readlinkSync(repository.path("app.ts"))).toBe("mine/steps/02/app.ts");
});

test("at a step of ours a file in the place of the link is named, and kept", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  rmSync(repository.path("app.ts"));
  repository.write({ "app.ts": "mine\n" });
  expect((await repository.run("adopt 02")).err).toContain("app.ts in ");
  expect(repository.read("app.ts")).toBe("mine\n");
});
