import { defineProject } from "vitest/config";
import { maxWorkers, timeouts } from "../testkit/projects.ts";

export default defineProject({
  test: {
    ...timeouts,
    // A project with a file of its own inherits nothing: it would get one worker on two cores.
    maxWorkers,
    name: "http",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
  },
});
