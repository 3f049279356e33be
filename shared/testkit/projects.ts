import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { TestProjectConfiguration } from "vitest/config";
import { courseFolders, readCourse } from "../course/course.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/**
 * In ms. A slow or busy machine is no fault of the code: only a hang ends a test. More
 * have those alone that do one thing for a whole course.
 */
export const timeouts = { testTimeout: 300_000, hookTimeout: 300_000 };
/** In ms: for what is done for each step of a course, or for a table of apps or edits. */
export const LONG = 2 * 60 * 60_000;
/** Tests wait for processes and browsers half of their time: one more than there are cores. */
export const maxWorkers = availableParallelism() + 1;

/** For each step of each course: its own check. Those of the steps before are run by shared/check. */
export const stepProjects = (root = ROOT): TestProjectConfiguration[] =>
  courseFolders(root)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => ofCourse(root, folder));

const ofCourse = (root: string, folder: string): TestProjectConfiguration[] => {
  const course = readCourse({ root }, folder).steps;
  const steps = course.map(({ id }) => id);
  return course.map(({ id, dir, path }) => ({
    // A course with a package.json of its own does not see the imports of the root's.
    resolve: { alias: { "#testkit": join(root, "shared/testkit/index.ts") } },
    test: {
      ...timeouts,
      root,
      name: dir,
      include: [`${dir}/check.test.ts`],
      provide: { target: { folder: path, course: join(root, folder), step: id, steps } },
      // Check files share nothing but the browser, which takes longer to start than most checks.
      isolate: false,
    },
  }));
};
