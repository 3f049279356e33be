/**
 * What a check file gets for "vitest" when a learner's code is checked: the declarations of our
 * own small runner, and vitest's own `expect`. Vitest itself runs the same files, but needs twice
 * as long to start as all checks take here, and runs one file at a time in a process.
 */
import { expect } from "vitest";
import { currentTarget } from "./suite.ts";

export { afterAll, afterEach, beforeAll, test } from "./suite.ts";
export { expect };

/** What a project of vitest provides; here there is the target alone. */
export const inject = (_name: "target") => currentTarget();
