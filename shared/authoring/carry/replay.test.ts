import { afterAll, expect, test } from "vitest";
import { openChecker } from "../../check/checker.ts";
import { LONG } from "../../testkit/projects.ts";
import { isThorough } from "../../testkit/thorough.ts";
import { copyCourse } from "./fixture.ts";
import { hasPages, type Replayed, replay, someChecks, summary } from "./replay/replay.ts";
import { EDITS } from "./replay/table.ts";

const checker = openChecker();
afterAll(checker.close);

test("every edit in the table fits its step", () => {
  const course = copyCourse();
  for (const { step, title, deeds } of EDITS.filter(({ first }) => first === undefined)) {
    for (const deed of deeds) deed(course.path(`steps/${step}`));
    expect(course.git("status", "--short", "steps"), title).toContain(` steps/${step}/`);
    course.git("checkout", "-q", "--", ".");
    course.git("clean", "-fdq", "steps");
  }
});

// All edits with more checks: CARRY=1 npx vitest run --project carry
test(
  "edits of real steps arrive at the last one, whose promises without pages are kept",
  async () => {
    const course = copyCourse();
    const check = someChecks(checker, course, (step, upTo) =>
      step === "19" ? upTo.filter((each) => !hasPages(course, each)) : [],
    );
    const all: Replayed[] = [];
    const quick = EDITS.filter(({ isQuick }) => isQuick);
    for (const edit of isThorough ? quick : quick.filter((_, index) => index % 3 === 0)) {
      all.push(await replay(course, edit, check));
    }
    console.log(summary(all));
    expect(quick.length).toBeGreaterThanOrEqual(10);
    expect(all.filter(({ end, isHalf }) => end !== "arrived" || isHalf)).toEqual([]);
  },
  LONG,
);

test(
  "the verb runs the course's own checks, and says what they found",
  async () => {
    const course = copyCourse();
    const path = "steps/18/app.ts";
    course.write({
      [path]: course.read(path).replace('"Database connection is alive"', '"It is alive"'),
    });
    const refused = await course.run("carry 18");
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/First missed: step 01b/);
    expect(refused.err).toMatch(/the change breaks steps\/18 itself/);
    course.git("checkout", "-q", "--", "steps");
    course.write({
      [path]: course.read(path).replace("// Not get(): it stops", "// Not get(), which stops"),
    });
    const carried = await course.run("carry 18");
    expect(carried.err).toBe("");
    expect(carried.out).toMatch(/^19 {4}app.ts \+1 -1; \d+ promises kept/m);
  },
  LONG,
);
