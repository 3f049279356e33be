import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NO_BROWSER } from "../testkit/browser-program.ts";
import { openChecker } from "./checker.ts";

const course = resolve(import.meta.dirname, "../../steps");
const steps = readdirSync(course)
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();
const checker = openChecker();
afterAll(() => checker.close());

test.for(steps)(
  "step %s keeps its own promises, and those of all steps before",
  async (step, { skip }) => {
    const report = await checker.check({ course, steps, step, app: join(course, step) });
    expect(report.broken?.sentence).toBeUndefined();
    expect(report.first).toBeUndefined();
    expect(report.groups.map((group) => group.step)).toEqual(
      steps.slice(0, steps.indexOf(step) + 1),
    );
    const reasons = report.groups.flatMap(({ outcomes }) => outcomes.map(({ reason }) => reason));
    if (!reasons.includes(NO_BROWSER)) return;
    if (process.env.CI) throw new Error(NO_BROWSER);
    skip(NO_BROWSER);
  },
);
