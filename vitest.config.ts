import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { stepProjects, timeouts } from "./shared/testkit/projects.ts";

export default defineConfig({
  test: {
    // Tests wait for processes and browsers half of their time: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          ...timeouts,
          name: "shared",
          include: ["shared/**/*.test.ts"],
          exclude: ["shared/http/**"],
        },
      },
      "shared/http",
      ...stepProjects("steps"),
    ],
  },
});
