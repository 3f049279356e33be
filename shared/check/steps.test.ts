import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NO_BROWSER } from "../testkit/browser-program.ts";
import { isThorough } from "../testkit/thorough.ts";
import { openChecker } from "./checker.ts";
import { opensPages } from "./load.ts";

const course = resolve(import.meta.dirname, "../../steps");
const steps = readdirSync(course)
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();
/** Where not all is taken, the pages of earlier steps are looked at on the last step alone. */
const looksAt = (step: string, earlier: string) =>
  isThorough || step === steps.at(-1) || step === earlier || !opensPages(join(course, earlier));
const checker = openChecker();
afterAll(() => checker.close());

test.for(steps)(
  "step %s keeps its own promises, and those of all steps before",
  async (step, { skip }) => {
    const upTo = steps.slice(0, steps.indexOf(step) + 1);
    const only = upTo.filter((earlier) => looksAt(step, earlier));
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
