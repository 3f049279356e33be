import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_BROWSER } from "./browser.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "previous-"));
const steps = readdirSync(join(root, "steps"))
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();

type Report = {
  testResults: {
    name: string;
    assertionResults: { title: string; status: string; failureMessages: string[] }[];
  }[];
};
let report: Report;

beforeAll(async () => {
  const outputFile = join(folder, "report.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const config = "shared/testkit/previous.config.ts";
  const child = spawn(
    process.execPath,
    [vitest, "run", "--config", config, "--reporter=json", `--outputFile=${outputFile}`],
    { cwd: root, stdio: "ignore", env: { ...process.env, CHECK_PATIENCE: "5000" } },
  );
  await once(child, "exit");
  report = JSON.parse(readFileSync(outputFile, "utf8"));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A check that the step before passes, too, would check nothing of what its step adds.
test.for(steps.slice(1))("the check of step %s fails on the step before it", (step, { skip }) => {
  const file = report.testResults.find(({ name }) => basename(dirname(name)) === step);
  const results = file?.assertionResults ?? [];
  const run = results.filter(({ status }) => status === "passed" || status === "failed");
  if (results.length > 0 && run.length === 0 && !process.env.CI) skip(NO_BROWSER);
  const failures = file?.assertionResults.filter(({ status }) => status === "failed") ?? [];
  expect(failures.length).toBeGreaterThan(0);
  // It must be the promise that is missed: an app that did not start proves nothing.
  expect(failures.flatMap((failure) => failure.failureMessages).join()).not.toContain(
    "BrokenServer",
  );
});
