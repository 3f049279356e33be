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
  expect(kit.patience).toBe(15_000);
});

test.for([
  ["a quick machine", 250, 15_000],
  ["half a second", 500, 16_000],
  ["a slow one", 1000, 30_000],
] as const)("%s: how long may be waited in vain in all", async ([, start, expected]) => {
  const kit = await import("./patience.ts");
  kit.fitPatience(start);
  const waits = new kit.Waits();
  expect(waits.left).toBe(expected);
  waits.spend(kit.patience);
  expect(waits.isOver).toBe(false);
  expect(waits.left).toBeGreaterThanOrEqual(kit.patience);
  waits.spend(waits.left);
  expect(waits.isOver).toBe(true);
});

test("an error tells how long it was waited for in vain", async () => {
  const { patience, waitedInVain, waitOf } = await import("./patience.ts");
  expect(waitOf(waitedInVain(new Error("late"), 1234))).toBe(1234);
  expect(waitOf(new Error("locator.click: Timeout 4000ms exceeded."))).toBe(4000);
  expect(waitOf(new DOMException("late", "TimeoutError"))).toBe(patience);
  expect(waitOf(new Error("wrong"))).toBe(0);
});

test("CHECK_PATIENCE is what it is", async () => {
  vi.stubEnv("CHECK_PATIENCE", "3000");
  const kit = await import("./patience.ts");
  kit.fitPatience(60_000);
  expect(kit.patience).toBe(3000);
});
