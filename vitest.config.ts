import { spawnSync } from "node:child_process";
import { defineConfig } from "vitest/config";
import { LOCATIONS } from "./shared/authoring/git.ts";
import { maxWorkers, stepProjects, timeouts } from "./shared/testkit/projects.ts";

// As in a hook of another repository, which no test may change; and no request here goes through a proxy.
for (const name of [...LOCATIONS, "NODE_USE_ENV_PROXY"]) delete process.env[name];

// npx vitest comes here without npm's script, and says little where a folder's name confuses it.
const preflight = ["shared/version/preflight.cjs", "--tests"];
const options = { cwd: import.meta.dirname, stdio: "inherit" } as const;
if (spawnSync(process.execPath, preflight, options).status !== 0) process.exit(1);

export default defineConfig({
  test: {
    maxWorkers,
    // Without the lines that are written over and over, as for a terminal that cannot go back.
    ...(process.env.TERM === "dumb" && { reporters: [["default", { summary: false }]] }),
    projects: [
      {
        test: {
          ...timeouts,
          name: "shared",
          include: ["shared/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: [
            "shared/http/**",
            "shared/authoring/carry/replay/**",
            // The checks of a course that only tests see: they run it where they put it.
            "shared/testkit/fixture-course/**",
          ],
        },
      },
      // By hand, as it takes many minutes: CARRY=1 npx vitest run --project carry
      ...(process.env.CARRY
        ? [
            {
              test: {
                ...timeouts,
                name: "carry",
                include: ["shared/authoring/carry/replay/**/*.test.ts"],
              },
            },
          ]
        : []),
      "shared/http",
      ...stepProjects(),
    ],
  },
});
