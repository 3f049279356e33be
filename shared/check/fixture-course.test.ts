import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCourse } from "../course/course.ts";
import { findBrowser, NO_BROWSER } from "../testkit/browser-program.ts";
import { addFixtureCourse, TINY, TINY_STEPS } from "../testkit/fixture-course.ts";
import { request } from "../testkit/request.ts";
import { settingsOf } from "../testkit/settings.ts";
import { openChecker } from "./checker.ts";
import { testKnown } from "./known/test-known.ts";
import { rightApps } from "./known/tiny/right.ts";
import { wrongApps } from "./known/tiny/wrong.ts";
import { AppPool } from "./pool.ts";

const root = mkdtempSync(join(tmpdir(), "courses-"));
symlinkSync(
  resolve(import.meta.dirname, "../../node_modules"),
  join(root, "node_modules"),
  "junction",
);
const course = addFixtureCourse(root);
const checker = openChecker();
afterAll(async () => {
  await checker.close();
  rmSync(root, { recursive: true, force: true });
});

const check = (step: string, app: string, more: object = {}) =>
  checker.check({ course, steps: TINY_STEPS, step, app: join(course, app), ...more });

test.for(TINY_STEPS)(
  "step %s keeps its own promises, and those of all steps before",
  async (step, { skip }) => {
    const report = await check(step, step);
    expect(report.broken?.sentence).toBeUndefined();
    expect(report.first).toBeUndefined();
    if (report.skipped > 0 && !findBrowser() && !process.env.CI) skip(NO_BROWSER);
    expect(report.skipped).toBe(0);
  },
);

test.for(TINY_STEPS.slice(1))(
  "the check of step %s finds that the step before does not keep it",
  async (step) => {
    const before = TINY_STEPS[TINY_STEPS.indexOf(step) - 1] as string;
    const report = await check(step, before, { only: [step], firstMiss: true });
    expect(report.broken?.sentence).toBeUndefined();
    expect(report.first?.miss).toBeDefined();
  },
);

test("a module that a check imports and that is not there is named as the learner knows it", async () => {
  const app = join(root, "mine");
  cpSync(join(course, "02"), app, { recursive: true });
  rmSync(join(app, "lib/sessions.ts"));
  cpSync(join(course, "01/app.ts"), join(app, "app.ts"));
  const report = await checker.check({ course, steps: TINY_STEPS, step: "02", app, only: ["02"] });
  const said = JSON.stringify(report.groups);
  expect(said).toContain("Cannot find module 'lib/sessions.ts'");
  expect(said).not.toContain("imported from");
});

test("an app that keeps something in memory is not lent again, and any other one is", async () => {
  /** What the second one answers who was lent an app, and knows a token of the first. */
  const second = async (isStateful: boolean) => {
    const settings = { ...settingsOf(course, "01"), isStateful };
    const pool = new AppPool(join(course, "01"), course, settings);
    const { lend } = pool.lender();
    const first = await lend("");
    const { json } = await request(`${first.url}/sessions`, {
      method: "POST",
      body: { name: "Dora" },
    });
    await first.stop();
    const next = await lend("");
    const headers = { authorization: `Bearer ${json.token}` };
    const { status } = await request(`${next.url}/notes`, {
      method: "POST",
      body: { text: "x" },
      headers,
    });
    await next.stop();
    await pool.close();
    return status;
  };
  expect(settingsOf(course, "01").isStateful).toBe(true);
  expect([await second(true), await second(false)]).toEqual([401, 201]);
});

describe("known apps of the fixture course", () =>
  testKnown(root, readCourse({ root }, TINY), { rightApps, wrongApps }));
