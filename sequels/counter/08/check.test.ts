import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { target } from "#testkit";

const load = (name: string) => import(join(target().folder, "lib", name));

test("lib/time.ts tells when a day and an hour began, in UTC", async () => {
  const { dayStart, hourStart } = await load("time.ts");
  for (const [time, day, hour] of [
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
    ["2026-11-26T00:00:00Z", "2026-11-26T00:00:00Z", "2026-11-26T00:00:00Z"],
    ["2026-11-26T00:59:59Z", "2026-11-26T00:00:00Z", "2026-11-26T00:00:00Z"],
    ["2026-11-26T01:00:00Z", "2026-11-26T00:00:00Z", "2026-11-26T01:00:00Z"],
    ["2026-11-26T23:59:59Z", "2026-11-26T00:00:00Z", "2026-11-26T23:00:00Z"],
    // Where clocks are put forward, or back, the days of UTC do not care.
    ["2026-03-29T01:30:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
    ["2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:00:00Z"],
    ["2028-02-29T12:00:01Z", "2028-02-29T00:00:00Z", "2028-02-29T12:00:00Z"],
  ] as const) {
    const seconds = (text: string) => Date.parse(text) / 1000;
    expect(dayStart(seconds(time)), time).toBe(seconds(day));
    expect(hourStart(seconds(time)), time).toBe(seconds(hour));
  }
});

test("lib/time.ts tells the time in whole seconds", async () => {
  const { now } = await load("time.ts");
  expect(Number.isInteger(now())).toBe(true);
  expect(Math.abs(now() - Date.now() / 1000)).toBeLessThan(60);
});

test("lib/store.ts makes its tables in any database, and counts there", async () => {
  const { openStore } = await load("store.ts");
  const [one, two] = [new Database(":memory:"), new Database(":memory:")];
  try {
    const store = openStore(one);
    store.storeClick({ user: "Ada", comment: null, style: null });
    store.storeClick({ user: "Ada", comment: "again", style: null });
    expect(store.currentStats()).toMatchObject({ click_count_total: 2, click_count_hour: 2 });
    expect(store.listUsers.all(10)).toEqual([{ name: "Ada", click_count: 2, event_count: 0 }]);
    // The same tables once more, and another database that knows nothing of it.
    expect(openStore(one).currentStats()).toMatchObject({ click_count_total: 2 });
    expect(openStore(two).currentStats()).toMatchObject({ click_count_total: 0 });
  } finally {
    one.close();
    two.close();
  }
});
