import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import type { Checks } from "./checks.ts";
import type { Report } from "./report.ts";

export type { Checks } from "./checks.ts";
export type { Group, Miss, Outcome, Report } from "./report.ts";

const RUNNER = new URL("./vitest.ts", import.meta.url).href;
const TESTKIT = new URL("../testkit/", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const from = context.parentURL ?? "";
    const isCheck = /\/(?:check\.test|helpers)\.ts(?:\?|$)/.test(from);
    if (specifier === "vitest" && (isCheck || from.startsWith(TESTKIT)))
      return { url: RUNNER, shortCircuit: true };
    // A course with a package.json of its own does not see the imports of the root's.
    if (specifier === "#testkit" && isCheck)
      return { url: new URL("index.ts", TESTKIT).href, shortCircuit: true };
    return next(specifier, context);
  },
});

/**
 * Checks an app: see `runChecks` of checks.ts. Nothing of the testkit may be loaded before, because
 * it has to find our runner under the name of vitest.
 */
export const runChecks = async (checks: Checks): Promise<Report> =>
  (await import("./checks.ts")).runChecks(checks);

/** Ends the browser, which is kept between checks. */
export const closeBrowser = async (): Promise<void> => {
  (await import("../testkit/lend-page.ts")).forgetPages();
  await (await import("../testkit/browser.ts")).closeBrowser();
};

/** The titles of the promises that a step adds, in their order; none where it has no check. */
export const titlesOf = async ({ course, steps, step, app }: Checks): Promise<string[]> => {
  if (!existsSync(join(course, step, "check.test.ts"))) return [];
  const { loadCheck } = await import("./load.ts");
  const suite = await loadCheck(join(course, step), { folder: app, course, step, steps });
  return suite.tests.map(({ title }) => title);
};

/** Ends this process at once, as a signal does, with all apps and the browser that it has started. */
export const abandon = (exitCode: number): never => process.exit(exitCode);
