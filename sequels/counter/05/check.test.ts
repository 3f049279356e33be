import { beforeAll, expect, test } from "vitest";
import { noon, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

type Hour = { timestamp: number; click_count: number; event_count: number };
const HOUR = 3600;
const DAY = 24 * HOUR;
const hourNow = () => noon() - 1800;
const midnight = () => hourNow() - 12 * HOUR;
const hours = async () => (await app.get("/api/latest_hours")).json as Hour[];
const last = async () => (await hours()).at(-1);
const putIn = (timestamp: number, clicks: number) =>
  app
    .database()
    .prepare("INSERT INTO hours (timestamp, clicks) VALUES (?, ?)")
    .run(timestamp, clicks);

test("the running hour is the last one, and counts", async () => {
  await app.click(7);
  expect(await last()).toEqual({ timestamp: hourNow(), click_count: 7, event_count: 0 });
  await app.click(2);
  expect(await last()).toMatchObject({ timestamp: hourNow(), click_count: 9 });
});

test("it goes on counting after a stop and a start", async () => {
  await app.running().restart();
  expect(await last()).toMatchObject({ timestamp: hourNow(), click_count: 9 });
  await app.click(1);
  await app.running().restart();
  await app.running().restart();
  expect(await last()).toMatchObject({ timestamp: hourNow(), click_count: 10 });
});

test("the list reaches back to the beginning of the sixth day before today, oldest first", async () => {
  putIn(midnight() - 6 * DAY - HOUR, 1);
  putIn(midnight() - 6 * DAY, 2);
  putIn(midnight() - 2 * DAY, 3);
  putIn(midnight(), 4);
  const list = await hours();
  expect(list.map(({ click_count }) => click_count)).toEqual([2, 3, 4, 10]);
  expect(list.map(({ timestamp }) => timestamp)).toEqual([
    midnight() - 6 * DAY,
    midnight() - 2 * DAY,
    midnight(),
    hourNow(),
  ]);
});

test("a click in the next hour is counted there, and the hour before keeps what it had", async () => {
  // Since the last start, so that nothing has written them down yet.
  await app.click(2);
  await app.running().moveClock(HOUR * 1000);
  await app.click(3);
  const list = await hours();
  expect(list.slice(-2)).toEqual([
    { timestamp: hourNow(), click_count: 12, event_count: 0 },
    { timestamp: hourNow() + HOUR, click_count: 3, event_count: 0 },
  ]);
});

test("hours without a click are left out", async () => {
  await app.running().moveClock(3 * HOUR * 1000);
  await app.click(1);
  const list = (await hours()).filter(({ click_count }) => click_count > 0);
  expect(list.slice(-2).map(({ timestamp }) => timestamp)).toEqual([
    hourNow() + HOUR,
    hourNow() + 4 * HOUR,
  ]);
});

test("no click is lost or counted twice: the hours have as many as there are clicks", async () => {
  await app.click(20);
  await app.running().restart();
  const [{ stored }] = app.database().prepare("SELECT count(*) AS stored FROM clicks").all() as [
    { stored: number },
  ];
  const sum = (await hours()).reduce((all, { click_count }) => all + click_count, 0);
  // Of those that were put in by hand, there are no clicks.
  expect(sum - 2 - 3 - 4).toBe(stored);
});
