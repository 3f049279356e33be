import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test.for([
  ["a quick machine", 250, 5000],
  ["a busy one", 750, 12_000],
  ["one that hardly moves", 60_000, 20_000],
] as const)("%s: the start of an app tells how long to wait", async ([, start, expected]) => {
  const kit = await import("./patience.ts");
  expect(kit.patience).toBe(20_000);
  kit.fitPatience(start);
  expect(kit.patience).toBe(expected);
  kit.resetPatience();
  expect(kit.patience).toBe(20_000);
});

test("CHECK_PATIENCE is what it is", async () => {
  vi.stubEnv("CHECK_PATIENCE", "3000");
  const kit = await import("./patience.ts");
  kit.fitPatience(60_000);
  expect(kit.patience).toBe(3000);
});
