import { expect, test } from "vitest";
import { withNewIds } from "./mentions.ts";

const IDS = new Map([
  ["03", "04"],
  ["04", "05"],
  ["07", "08"],
  ["07b", "08b"],
  ["10", "11"],
]);

test.each([
  // By the folder.
  ["see [the page](../04/README.md)", "see [the page](../05/README.md)"],
  [
    "back to [the page](04/README.md), [04](04/README.md)",
    "back to [the page](05/README.md), [05](05/README.md)",
  ],
  ["cat steps/04/app.ts, mine/steps/07b/", "cat steps/05/app.ts, mine/steps/08b/"],
  ["| [07b](steps/07b/README.md) | a title |", "| [08b](steps/08b/README.md) | a title |"],
  ["`app-03.ts` beside app-07b.ts", "`app-04.ts` beside app-08b.ts"],
  ["sequels/more/04/app.ts", "sequels/more/04/app.ts"],
  ["othersteps/04", "othersteps/04"],
  // By a word before it.
  ["Step 03, steps 03 and 04, step 07b.", "Step 04, steps 04 and 05, step 08b."],
  ["from step 03 to step 04", "from step 04 to step 05"],
  ["steps 03, 04 and 10", "steps 04, 05 and 11"],
  ["hello (version 03)", "hello (version 04)"],
  ['{"version": "07b"}', '{"version": "08b"}'],
  ["step 100, step 7, steps 03x", "step 100, step 7, steps 03x"],
  // In commands.
  ["./version.sh adopt 4", "./version.sh adopt 5"],
  ["./version.sh diff 03 04 --stat", "./version.sh diff 04 05 --stat"],
  ["`adopt 07b` goes, `try 07` too", "`adopt 08b` goes, `try 08` too"],
  ["npm start -- --port 5004", "npm start -- --port 5004"],
  ["`npm start -- 07 --fill`", "`npm start -- 08 --fill`"],
  ["./version.sh restore 03", "./version.sh restore 03"],
  ["docker build --build-arg VERSION=07 steps/07", "docker build --build-arg VERSION=08 steps/08"],
  ["VERSION=07 docker build .", "VERSION=07 docker build ."],
  // In course.json.
  [
    '{ "lib": "03", "image": "10", "total": "10" }',
    '{ "lib": "04", "image": "11", "total": "10" }',
  ],
  // In checks.
  ['if (isBefore("10")) {', 'if (isBefore("11")) {'],
  ["expect(10).toBe(04)", "expect(10).toBe(04)"],
  // With a letter it is a step wherever it is a word.
  ["07b: the answer", "08b: the answer"],
  ["#07b, x07b, 07b-4, 1.07b", "#07b, x07b, 07b-4, 1.07b"],
  // What only looks like one.
  ["2026-04-10T07:03:04.100Z", "2026-04-10T07:03:04.100Z"],
  ["http :5001/api/users/10", "http :5001/api/users/10"],
  ["03 rows, 10 of them", "03 rows, 10 of them"],
])("%s", (before, after) => {
  expect(withNewIds(before, IDS, "steps")).toBe(after);
});

test("in a text of another course, only the folders are its steps", () => {
  const text = "step 03, [step 04](steps/04/README.md), ../03/, 07b";
  expect(withNewIds(text, IDS, "steps", false)).toBe(
    "step 03, [step 04](steps/05/README.md), ../03/, 07b",
  );
  expect(
    withNewIds("sequels/more/03, more/03, no-more/03, steps/03", IDS, "sequels/more", false),
  ).toBe("sequels/more/04, more/04, no-more/03, steps/03");
  const build = "docker build --build-arg VERSION=07b sequels/more/07b";
  expect(withNewIds(build, IDS, "sequels/more", false)).toBe(build.replaceAll("07b", "08b"));
  expect(withNewIds(build, IDS, "steps", false)).toBe(build);
  const typed = "`./version.sh adopt more/07b`, `npm start -- more/03 --fill`";
  expect(withNewIds(typed, IDS, "sequels/more")).toBe(
    "`./version.sh adopt more/08b`, `npm start -- more/04 --fill`",
  );
});
