import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { courseFolders, DEFAULT_COURSE, readCourse } from "../course/course.ts";
import { NO_BROWSER } from "../testkit/browser-program.ts";
import { LONG } from "../testkit/projects.ts";
import { isThorough } from "../testkit/thorough.ts";
import { openChecker } from "./checker.ts";
import { opensPages } from "./load.ts";

const root = resolve(import.meta.dirname, "../..");
/** All steps of all courses. Those of the chat are called 07, those of another course counter/07. */
const rows = courseFolders(root)
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => {
    const steps = readCourse({ root }, folder).steps.map(({ id }) => id);
    const name = folder === DEFAULT_COURSE ? "" : `${folder.split("/").at(-1)}/`;
    return steps.map((step) => [name + step, { course: join(root, folder), steps, step }] as const);
  });
/** Of a further course, each step is looked at with so many checks of the steps right before it. */
const NEAR = 3;
const checker = openChecker();
afterAll(() => checker.close());

test.for(rows)(
  "step %s keeps its own promises, and those of steps before",
  { timeout: LONG },
  async ([, { course, steps, step }], { skip }) => {
    const at = steps.indexOf(step);
    /** All checks look at the last step and, of a further course, at the middle one. */
    const isLast = step === steps.at(-1);
    const takesAll = isLast || at === Math.floor(steps.length / 2);
    const looksAt = (earlier: string) => {
      if (earlier === step || isLast || process.env.THOROUGH) return true;
      if (!isThorough && opensPages(join(course, earlier))) return false;
      const isChat = course === join(root, DEFAULT_COURSE);
      return isChat || takesAll || at - steps.indexOf(earlier) <= NEAR;
    };
    const only = steps.slice(0, steps.indexOf(step) + 1).filter(looksAt);
    const report = await checker.check({ course, steps, step, only, app: join(course, step) });
    expect(report.broken?.sentence).toBeUndefined();
    expect(report.first).toBeUndefined();
    expect(report.groups.map((group) => group.step)).toEqual(only);
    const reasons = report.groups.flatMap(({ outcomes }) => outcomes.map(({ reason }) => reason));
    if (!reasons.includes(NO_BROWSER)) return;
    if (process.env.CI) throw new Error(NO_BROWSER);
    skip(NO_BROWSER);
  },
);
