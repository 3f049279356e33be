import { defineConfig } from "vitest/config";

// Generous limits: the machines that run this are shared, and HTTPie needs its time.
export default defineConfig({
  test: {
    name: "http",
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    maxConcurrency: 2,
  },
});
