import { defineConfig } from "vitest/config";

export default defineConfig({
  // Started by npm run site:test, vitest would look from the folder where that was typed.
  root: import.meta.dirname,
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/built.ts"],
    // A page opens in a second, but all pages at all sizes are many, on a machine that does more.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
