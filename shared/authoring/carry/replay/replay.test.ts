import { afterAll, expect, test } from "vitest";
import { openChecker } from "../../../check/checker.ts";
import { LONG } from "../../../testkit/projects.ts";
import { copyCourse } from "../fixture.ts";
import { hasPages, type Replayed, replay, someChecks, summary } from "./replay.ts";
import { EDITS } from "./table.ts";

const checker = openChecker();
afterAll(checker.close);

const LAST = "19";

test("there are edits enough, and enough of the most frequent kind", () => {
  expect(EDITS.length).toBeGreaterThanOrEqual(40);
  const fixed = EDITS.filter(({ kind }) => kind === "fix").map(({ step }) => step);
  expect(new Set(fixed).size).toBeGreaterThanOrEqual(10);
});

// In the last step all promises are looked at; in each one before it those that it adds itself, where
// they need no browser: all of them in all steps would take a day.
test(
  "edits of real steps, carried to the last one",
  async () => {
    const course = copyCourse();
    const check = someChecks(checker, course, (step, upTo) =>
      step === LAST ? [...upTo] : hasPages(course, step) ? [] : [step],
    );
    const all: Replayed[] = [];
    for (const edit of EDITS) {
      const one = await replay(course, edit, check);
      all.push(one);
      console.log(`${one.end.padEnd(8)} ${edit.step.padEnd(3)} ${edit.title}  ${one.said}`);
    }
    console.log(summary(all));
    expect(all.filter(({ isHalf }) => isHalf)).toEqual([]);
    expect(all.filter(({ end }) => end === "refused")).toEqual([]);
    const fixes = all.filter(({ edit }) => edit.kind === "fix");
    const arrived = fixes.filter(({ end }) => end === "arrived");
    expect(arrived.length / fixes.length).toBeGreaterThanOrEqual(0.9);
  },
  LONG,
);
