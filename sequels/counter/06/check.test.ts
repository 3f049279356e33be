import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, eventually } from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

/** What each table has counted: all of it is the same, or something was lost. */
const counted = () =>
  app
    .database()
    .prepare(`
      SELECT (SELECT count(*) FROM clicks) AS clicks,
        (SELECT ifnull(sum(clicks), 0) FROM users) AS users,
        (SELECT ifnull(sum(clicks), 0) FROM hours) AS hours
    `)
    .get() as { clicks: number; users: number; hours: number };
const listed = async () => {
  const list = (await app.get("/api/latest_hours")).json as { click_count: number }[];
  return list.reduce((sum, { click_count }) => sum + click_count, 0);
};

test("after kill -9 the hours have every click that was acknowledged", async () => {
  for (const more of [1, 12, 30]) {
    const { clicks: before } = counted();
    await app.click(more);
    await app.running().restart("SIGKILL");
    expect(counted()).toEqual({
      clicks: before + more,
      users: before + more,
      hours: before + more,
    });
    expect(await listed()).toBe(before + more);
  }
});

test("killed between two statements, it keeps all of a click or nothing", async () => {
  for (const table of ["users", "hours"]) {
    const before = counted();
    const database = app.database();
    // Holds the transaction at this statement for so long that the kill comes in the middle.
    for (const moment of ["INSERT", "UPDATE"])
      database.exec(`
        CREATE TRIGGER slow_${moment} AFTER ${moment} ON ${table} BEGIN
          SELECT count(*) FROM (
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number)
            SELECT n FROM number LIMIT 50000000
          );
        END
      `);
    database.close();
    const socket = await app.socket();
    const isUp = () =>
      app.get("/api").then(
        () => true,
        () => false,
      );
    socket.emit("click", { user: "Ada" });
    // The app is inside the transaction as soon as it does not answer any more.
    await eventually(async () => {
      const answered = await Promise.race([isUp(), sleep(100).then(() => false)]);
      return answered;
    }).toBe(false);
    await app.running().restart("SIGKILL");
    const again = app.database();
    for (const moment of ["INSERT", "UPDATE"]) again.exec(`DROP TRIGGER slow_${moment}`);
    expect(counted(), `killed after ${table}`).toEqual(before);
  }
});

test("after that it counts on, in all three", async () => {
  const before = counted();
  const socket = await app.socket();
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
  expect(counted()).toEqual({
    clicks: before.clicks + 1,
    users: before.users + 1,
    hours: before.hours + 1,
  });
});
