import { expect, test } from "vitest";
import { countsIn, lastsIn, withCount, withLast } from "./counts.ts";

test.each([
  ["In 24 steps", ["24"]],
  ["24 small steps, and 3 more steps", ["24"]],
  ["step 24, version 24", []],
  ["In four small steps, or Twenty-four small steps", ["4", "24"]],
  ["two steps further, thirty-four steps, none-four small steps", []],
  ["<!-- courses -->\n| in 19 steps |\n<!-- /courses -->\nin 24 steps", ["24"]],
])("%j says of its course: %j steps", (text, told) => {
  expect(countsIn(text).map((each) => each.told)).toEqual(told);
});

test.each([
  ["`app-00.ts` … `app-19.ts`", ["19"]],
  ["`app-00.ts` and `app-19.ts`", []],
  ["This starts the last step,\nwith data:\n\n```bash\nnpm start -- 19 --fill\n```", ["19"]],
  ["This starts the last step:\n\n```bash\nnpm start -- tiny/19 --fill\n```", ["19"]],
  ["This starts a step:\n\n```bash\nnpm start -- 19\n```", []],
  ["the last step, 19, and step 18", ["19"]],
  ["step 19, the last one", ["19"]],
])("%j calls %j the last step", (text, told) => {
  const found = lastsIn(text);
  expect(found.map((each) => each.told)).toEqual(told);
  for (const { told, index } of found) expect(text.slice(index)).toMatch(new RegExp(`^${told}`));
});

test("another number of steps, and another last step, where the text says the old one", () => {
  expect(withCount("24 steps, 3 steps", 24, 25)).toBe("25 steps, 3 steps");
  expect(withCount("In four small steps. Four small steps", 4, 25)).toBe(
    "In twenty-five small steps. Twenty-five small steps",
  );
  expect(withCount("nineteen small steps, 19 steps", 19, 20)).toBe("twenty small steps, 20 steps");
  expect(withLast("`app-00.ts` … `app-19.ts`, step 19", "19", "20")).toBe(
    "`app-00.ts` … `app-20.ts`, step 19",
  );
});
