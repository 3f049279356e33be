import { expect, test } from "vitest";
import { makeRepository } from "../../version/fixture.ts";
import { REPOSITORY } from "../fixture.ts";
import { figuresOf } from "./lesson-figures.ts";

test.each([
  ["400 words of prose", "word ".repeat(400), { words: 400, lines: 0, minutes: 2 }],
  ["signs are no words", "a — b & c, *d*.", { words: 4 }],
  ["50 lines of code", `~~~ts\n${"x();\n\n".repeat(50)}~~~`, { words: 0, lines: 50, minutes: 6 }],
  ["commands are code", "```bash\nhttp :5001/\n```", { words: 0, lines: 1 }],
  ["answers are skimmed", "```http\nHTTP/1.1 200 OK\n\n[]\n```", { words: 3, lines: 0 }],
  ["code in a list", "- a\n\n  ```sql\n  SELECT\n  ```\n", { words: 1, lines: 1 }],
  ["terms", "a _status line_, a _body_, *not* `_code_`, a_b_c", { terms: ["status line", "body"] }],
  ["a sentence is no term", "_be strict in what you send_", { terms: [] }],
  ["nothing", "", { words: 0, lines: 0, minutes: 0, terms: [] }],
])("a lesson's figures: %s", (_, markdown, expected) => {
  expect(figuresOf(markdown)).toMatchObject(expected);
});

const COURSE = {
  "steps/00/README.md": "# `hello` app\n\nA _request_ and its _Response_.\n",
  "steps/00/app.ts": "one\ntwo\n",
  "steps/00/check.test.ts": "a check\n",
  "steps/01/README.md": `# a page\n\nAnother _Requests_, an _index_.\n\n${"word ".repeat(500)}\n`,
  "steps/01/app.ts": "one\n2\nthree\n",
  "steps/01/public/style.css": "p {}\n",
  "steps/01/check.test.ts": "another check\n",
  "steps/01b/README.md": "# the same\n\n_indexes_\n",
  "steps/01b/app.ts": "one\n2\nthree\n",
  "steps/01b/public/style.css": "p {}\n",
};

test("the table: each step against the one before, and the whole course", async () => {
  expect(await makeRepository(COURSE).run("stats")).toEqual({
    code: 0,
    err: "",
    out: `step  added  removed  files  minutes  new terms
00       +2       -0      1        0  request, Response
01       +3       -1      2        3  index
01b      +0       -0      0        0
all      +5       -1      3        3  3 terms

steps/: 3 steps, half of them add at most 2 lines; 3 minutes to read all lessons
`,
  });
});

test("as JSON", async () => {
  const { out } = await makeRepository(COURSE).run("stats --json");
  const { course, steps, total } = JSON.parse(out);
  expect(course).toBe("steps");
  expect(steps[1]).toEqual({
    step: "01",
    title: "a page",
    added: 3,
    removed: 1,
    files: 2,
    terms: ["index"],
    minutes: 2.5,
  });
  expect(total).toEqual({
    steps: 3,
    added: 5,
    removed: 1,
    files: 3,
    terms: 3,
    minutes: 2.5,
    medianAdded: 2,
  });
});

test("of another course, and of one that is not there", async () => {
  const repository = makeRepository({ ...COURSE, "sequels/more/00/README.md": "# more\n" });
  expect((await repository.run("--course sequels/more stats")).out).toContain("sequels/more/: 1 ");
  expect(await repository.run("--course sequels/none stats")).toMatchObject({ code: 2, out: "" });
  expect(await repository.run("stats 03")).toMatchObject({ code: 2, out: "" });
});

test("each step of the real course has something to measure", async () => {
  const { out } = await makeRepository().run("stats --json", { root: REPOSITORY });
  const { steps, total } = JSON.parse(out);
  expect(steps).toHaveLength(24);
  expect(total.terms).toBeGreaterThan(30);
  for (const { step, minutes } of steps) expect(minutes, step).toBeGreaterThan(1);
});
