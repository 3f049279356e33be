import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addFixtureCourse, TINY, TINY_STEPS } from "./fixture-course.ts";
import { stepProjects } from "./projects.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A repository with two courses, and what runs their checks. */
const makeRepository = (): string => {
  const root = mkdtempSync(join(tmpdir(), "course-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
  const names = ["package.json", "tsconfig.json", "vitest.config.ts", "shared", "steps"];
  for (const name of names)
    cpSync(join(ROOT, name), join(root, name), {
      recursive: true,
      filter: (path) =>
        // One step of the chat will do.
        !["instance", "node_modules"].includes(basename(path)) &&
        (dirname(path) !== join(ROOT, "steps") ||
          !/^\d\d/.test(basename(path)) ||
          basename(path) === "00"),
    });
  addFixtureCourse(root);
  return root;
};

test("the check of each step of each course is a project of vitest, and fails where the app does", () => {
  const root = makeRepository();
  const projects = stepProjects(root) as { test: { name: string } }[];
  const names = projects.map(({ test: { name } }) => name);
  expect(names).toEqual(["steps/00", ...TINY_STEPS.map((id) => `${TINY}/${id}`)]);

  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const run = () =>
    spawnSync(process.execPath, [vitest, "run", "--project", `${TINY}/02`], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
  expect(run().stdout).toMatch(/Tests +2 passed/);
  writeFileSync(join(root, TINY, "02/lib/sessions.ts"), "export const openSession = () => 'x';\n");
  expect(run().stdout).toMatch(/Tests +1 failed \| 1 passed/);
});
