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
          exclude: ["shared/http/**", "shared/testkit/known/**"],
        },
      },
      // By hand, as it takes many minutes: KNOWN=1 npx vitest run --project known
      ...(process.env.KNOWN
        ? [{ test: { ...timeouts, name: "known", include: ["shared/testkit/known/**/*.test.ts"] } }]
        : []),
      "shared/http",
      ...stepProjects("steps"),
    ],
  },
});
