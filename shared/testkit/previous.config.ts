import { defineConfig } from "vitest/config";
import { previousProjects } from "./projects.ts";

/** The check of each step, pointed at the step before it: previous.test.ts expects it to fail. */
export default defineConfig({
  test: {
    projects: previousProjects("steps"),
    // Most of their time these checks wait in vain, which costs no processor.
    maxWorkers: 6,
  },
});
