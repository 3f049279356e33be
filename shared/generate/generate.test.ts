import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { browserTest } from "../testkit/index.ts";
import { makeRepository, type Repository } from "../version/fixture.ts";
import { CHAT as CHAT_PICTURE } from "./chat.ts";
import { COUNTER } from "./counter.ts";
import { madeFrom } from "./course-picture.ts";
import { PIXEL } from "./fixture.ts";
import { generate, KEYWORD, MADE_FROM } from "./generate.ts";
import { PAIR, pageFor } from "./picture.ts";
import { textIn, withText } from "./png.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const PICTURE = "README-diff.png";
const CHAT = CHAT_PICTURE.file;
const MARKS = "<!-- steps -->\n<!-- /steps -->\n";

async function run(root: string, mode: "make" | "check") {
  let [out, err] = ["", ""];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  return { well: await generate(root, mode === "check", stdout, stderr), out, err };
}

/** A small course whose pictures are fresh already, so that no browser is needed. */
function makeCourse(readme = `# Course\n\n${MARKS}\nThe end.\n`): Repository {
  const repository = makeRepository({
    "README.md": readme,
    "steps/02b/README.md": "# create a user\n",
    "steps/02b/app.ts": "const a = 1;\n",
    "steps/03/README.md": "# list a | b\n",
    "steps/03/app.ts": "const a = 1;\nconst b = 2;\n",
    "steps/03/views/messages.ejs": "<p>\n",
    "steps/03/public/style.css": "p {}\n",
    "steps/example.json": "{}\n",
  });
  writeFileSync(
    repository.path(CHAT),
    withText(PIXEL, MADE_FROM, madeFrom(repository.root, CHAT_PICTURE)),
  );
  writeFileSync(repository.path(PICTURE), withText(PIXEL, KEYWORD, pageFor(repository.root)));
  return repository;
}

test("what this repository has made from other files is up to date (if not: npm run generate)", async () => {
  expect(await run(REPOSITORY, "check")).toMatchObject({ well: true, err: "" });
});

test("the table goes between its marks, and the rest of the README stays", async () => {
  const { root, read } = makeCourse();
  expect(await run(root, "make")).toEqual({
    well: true,
    out: `README.md made anew\n${PICTURE} is up to date\n${CHAT} is up to date\n`,
    err: "",
  });
  expect(read("README.md")).toBe(`# Course

<!-- steps -->

| Step | What it adds |
| --- | --- |
| [02b](steps/02b/README.md) | create a user |
| [03](steps/03/README.md) | list a \\| b |

<!-- /steps -->

The end.
`);
  expect(await run(root, "check")).toMatchObject({ well: true, err: "" });
});

test("the table is that of steps/, whatever course is adopted or asked for", async () => {
  const repository = makeCourse();
  repository.write({
    "sequels/more/00/README.md": "# more\n",
    "sequels/more/00/app.ts": "",
    "step.txt": "sequels/more/00\n",
  });
  await run(repository.root, "make");
  expect(repository.read("README.md")).toContain("create a user");
  expect(repository.read("README.md")).not.toContain("more");
});

test.each([
  ["a changed title", "steps/03/README.md", "# list users\n", "README.md"],
  ["a lesson without a title", "steps/03/README.md", "no title\n", "README.md"],
  ["a new step", "steps/04/README.md", "# a page\n", "README.md", CHAT],
  ["a table changed by hand", "README.md", "<!-- steps -->\nmine\n<!-- /steps -->\n", "README.md"],
  ["a changed line in the picture", PAIR[1], "const a = 1;\nconst b = 3;\n", PICTURE, CHAT],
  ["a change of the step before", PAIR[0], "const a = 2;\n", PICTURE],
  ["a changed page of the last step", "steps/03/views/messages.ejs", "<b>\n", CHAT],
  ["a new page of the last step", "steps/03/views/more/rooms.ejs", "<p>\n", CHAT],
  ["a changed style sheet", "steps/03/public/style.css", "b {}\n", CHAT],
  ["other example data", "steps/example.json", "[]\n", CHAT],
])("the check notices %s, names the file and the cure", async (_, path, text, ...stale) => {
  const repository = makeCourse();
  await run(repository.root, "make");
  repository.write({ [path]: text });
  expect(await run(repository.root, "check")).toMatchObject({
    well: false,
    err: stale.map((file) => `generate: ${file} is out of date: npm run generate\n`).join(""),
  });
  expect(repository.read(path)).toBe(text);
});

test.each([
  ["is missing", undefined],
  ["is damaged", "no picture"],
])("the check notices a picture that %s, and writes nothing", async (_, text) => {
  const repository = makeRepository({
    ...Object.fromEntries(PAIR.map((file) => [file, "text\n"])),
    "README.md": MARKS,
    ...(text && { [PICTURE]: text, [CHAT]: text }),
  });
  expect(await run(repository.root, "check")).toEqual({
    well: false,
    out: "",
    err: ["README.md", PICTURE, CHAT]
      .map((file) => `generate: ${file} is out of date: npm run generate\n`)
      .join(""),
  });
  for (const file of [PICTURE, CHAT])
    expect(existsSync(repository.path(file))).toBe(text !== undefined);
  expect(repository.read("README.md")).toBe(MARKS);
});

test.each([
  ["no marks", "# Course\n"],
  ["one mark", "<!-- steps -->\n"],
  ["the marks the wrong way round", "<!-- /steps -->\n<!-- steps -->\n"],
  ["the marks twice", MARKS + MARKS],
  ["a mark inside a line", "see <!-- steps -->\n<!-- /steps -->\n"],
])("a README with %s: one line that names them, and nothing is written", async (_, readme) => {
  const { root, read } = makeCourse(readme);
  expect(await run(root, "make")).toEqual({
    well: false,
    out: `${PICTURE} is up to date\n${CHAT} is up to date\n`,
    err: "generate: README.md: needs the line <!-- steps --> and, below it, the line <!-- /steps -->, once each: the table of the steps goes between them\n",
  });
  expect(read("README.md")).toBe(readme);
});

test("a missing step of the picture is named", async () => {
  const { root } = makeRepository({ "README.md": MARKS, "steps/00/README.md": "# hello\n" });
  const { well, err } = await run(root, "check");
  expect(well).toBe(false);
  expect(err).toContain(`generate: ${PICTURE}: steps/02b/app.ts is not there`);
});

test("the picture of a further course is looked at where the course is there", async () => {
  const repository = makeCourse();
  const { course, file } = COUNTER;
  repository.write({
    [`${course}/README.md`]: MARKS,
    [`${course}/course.json`]: repository.read("steps/course.json"),
    [`${course}/00/README.md`]: "# count\n",
    [`${course}/00/app.ts`]: "",
  });
  const png = withText(PIXEL, MADE_FROM, madeFrom(repository.root, COUNTER));
  writeFileSync(repository.path(file), png);
  expect(await run(repository.root, "make")).toMatchObject({
    well: true,
    out: expect.stringContaining(`${file} is up to date\n`),
  });
  repository.write({ [`${course}/00/lib/store.ts`]: "" });
  expect(await run(repository.root, "check")).toMatchObject({
    err: `generate: ${file} is out of date: npm run generate\n`,
  });
});

test("what is not looked at makes no picture stale", async () => {
  const repository = makeCourse();
  await run(repository.root, "make");
  repository.write({
    "steps/03/check.test.ts": "",
    "steps/03/instance/chat.db": "data",
    "steps/02b/views/messages.ejs": "<p>\n",
  });
  expect(await run(repository.root, "check")).toMatchObject({ well: true, err: "" });
});

browserTest("the picture is taken, carries its page, and is as narrow as a phone", async () => {
  const repository = makeCourse();
  repository.write({ [PAIR[0]]: 'const html = "<b>&amp;</b>";\n' });
  expect(await run(repository.root, "make")).toMatchObject({ well: true, err: "" });
  const png = readFileSync(repository.path(PICTURE));
  expect(png.readUInt32BE(16)).toBe(2 * 420);
  expect(textIn(png, KEYWORD)).toBe(pageFor(repository.root));
  expect(await run(repository.root, "check")).toMatchObject({ well: true, err: "" });
});
