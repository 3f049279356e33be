import { defineProject } from "vitest/config";

// Generous limits: the machines that run this are shared, and HTTPie needs its time.
export default defineProject({
  test: {
    name: "http",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
