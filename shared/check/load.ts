import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Target } from "../testkit/target.ts";
import { collect, type Suite } from "./suite.ts";

/** Whether the check of a step looks at pages, for which it needs a browser. */
export const opensPages = (folder: string): boolean =>
  readFileSync(join(folder, "check.test.ts"), "utf8").includes("browserTest");

let count = 0;

/**
 * Loads the check of a step, pointed at an app. Each time afresh: which promises a file makes
 * depends on the app's step, and a file's own variables belong to one run.
 * @param folder the step's folder, which holds check.test.ts
 */
export const loadCheck = (folder: string, target: Target): Promise<Suite> => {
  const url = pathToFileURL(join(folder, "check.test.ts"));
  url.search = `run=${++count}`;
  return collect(target, () => import(url.href));
};
