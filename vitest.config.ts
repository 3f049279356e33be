import { defineConfig } from "vitest/config";
import { stepProjects, timeouts } from "./shared/testkit/projects.ts";

export default defineConfig({
  test: {
    projects: [
      { test: { ...timeouts, name: "shared", include: ["shared/**/*.test.ts"] } },
      ...stepProjects("steps"),
    ],
  },
});
