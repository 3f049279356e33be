import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const HOUR = 3_600_000;
/** Apps look at the clock once a second. */
const SOON = 5000;
/** By then all have been told of the last one who came. */
const settled = () => sleep(700);

test("in a new hour all get the figures anew: this hour has none, the others stay", async () => {
  const { heard } = await app.listener();
  await app.click(3);
  await settled();
  const before = of("stats", heard).length;
  // Not into the hour in which the app was started: it may not have looked at its clock since.
  const isSame = new Date().getUTCHours() === 13;
  await app.running().moveClock(isSame ? 2 * HOUR : HOUR);
  await eventually(() => of("stats", heard).slice(before).at(-1), SOON).toMatchObject({
    click_count_hour: 0,
    click_count_today: 3,
    click_count_total: 3,
  });
});

test("on a new day today has none, and all the others stay", async () => {
  const { heard } = await app.listener();
  await settled();
  await app.running().moveClock(24 * HOUR);
  await eventually(() => of("stats", heard).at(-1), SOON).toMatchObject({
    click_count_hour: 0,
    click_count_today: 0,
    click_count_total: 3,
  });
  await app.click(2);
  const late = await app.listener();
  await eventually(() => of("stats", late.heard)[0]).toMatchObject({
    click_count_hour: 2,
    click_count_today: 2,
    click_count_total: 5,
  });
});

test("the clock may be moved again, and back: each time all hear of it, and nothing is lost", async () => {
  const { heard } = await app.listener();
  await settled();
  for (const ms of [HOUR, 5 * HOUR, -2 * HOUR, -3 * HOUR]) {
    const before = of("stats", heard).length;
    await app.running().moveClock(ms);
    await eventually(() => of("stats", heard).length, SOON).toBeGreaterThan(before);
    expect(of("stats", heard).at(-1)).toMatchObject({ click_count_total: 5 });
  }
  expect(await ask(await app.socket(), "click", { user: "Ada" })).toEqual({});
});

test("within an hour nobody is told the figures without a reason", async () => {
  const { socket, heard } = await app.listener();
  await settled();
  await app.running().moveClock(1000);
  const before = of("stats", heard).length;
  await sleep(2500);
  expect(of("stats", heard).length).toBe(before);
  expect(socket.connected).toBe(true);
});

browserTest("a page that is open shows the new day by itself", async () => {
  const page = await app.page("/");
  await connected(page);
  await page.locator("#button").click();
  await eventually(() => numberIn(page, "#session")).toBe(1);
  const total = await numberIn(page, "#total");
  await settled();
  await app.running().moveClock(24 * HOUR);
  await eventually(() => numberIn(page, "#today"), SOON).toBe(0);
  expect(await numberIn(page, "#total")).toBe(total);
  await page.locator("#button").click();
  await eventually(() => numberIn(page, "#today")).toBe(1);
});
