import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { changeHeard, connected, noon, of, toasts, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const STORED = ["confetti", "rain", "shake", "spin", "fireworks"];
const latest = async (query = "") => (await app.get(`/api/latest_events${query}`)).json;
const counts = async () => {
  const { heard } = await app.listener();
  await eventually(() => of("stats", heard).length).toBeGreaterThanOrEqual(1);
  const users = (await app.get("/api/users")).json as { event_count: number }[];
  const hours = (await app.get("/api/latest_hours")).json as { event_count: number }[];
  const sum = (list: { event_count: number }[]) =>
    list.reduce((all, { event_count }) => all + event_count, 0);
  const { event_count_total, event_count_today, event_count_hour } = of("stats", heard)[0];
  return {
    events: (await latest()).length,
    users: sum(users),
    hours: sum(hours),
    stats: [event_count_total, event_count_today, event_count_hour],
  };
};

test("each of the five is stored, acknowledged, and then heard by all", async () => {
  for (const name of STORED) {
    const { socket, heard } = await app.listener();
    expect(await ask(socket, "event", { user: " Ada ", name })).toEqual({});
    await eventually(() => of("event", heard)).toEqual([
      { id: expect.any(Number), user: "Ada", name, timestamp: expect.any(Number) },
    ]);
    expect((await latest())[0]).toEqual(of("event", heard)[0]);
  }
  expect((await latest()).map(({ name }: { name: string }) => name)).toEqual([...STORED].reverse());
  expect(await counts()).toEqual({ events: 5, users: 5, hours: 5, stats: [5, 5, 5] });
});

test("they are no clicks: those figures stay", async () => {
  const users = (await app.get("/api/users")).json;
  expect(users).toEqual([{ name: "Ada", click_count: 0, event_count: 5 }]);
  expect((await app.get("/api/latest_clicks")).json).toEqual([]);
});

test("a wave is heard by all, is stored nowhere, counted nowhere, and worth no sentence", async () => {
  const before = await counts();
  const witness = await app.listener();
  const socket = await app.socket();
  await ask(socket, "auth", "Bob");
  expect(await ask(socket, "event", { user: "Bob", name: "wave" })).toEqual({});
  await eventually(() => of("event", witness.heard)).toMatchObject([{ user: "Bob", name: "wave" }]);
  await untilRead(witness.socket);
  expect(of("message", witness.heard).map(({ text }) => text)).toEqual(["Bob joined"]);
  expect(await counts()).toEqual(before);
  expect((await app.get("/api/online_users")).json).toContainEqual({
    name: "Bob",
    click_count: 0,
    event_count: 0,
  });
});

test("a stored event is said to all, and counted for its session; it renames as a click does", async () => {
  const witness = await app.listener();
  const socket = await app.socket();
  await ask(socket, "event", { user: "Cyd", name: "rain" });
  await eventually(() => of("message", witness.heard).map(({ text }) => text)).toEqual([
    "Cyd joined",
    expect.stringMatching(/Cyd.*rain/),
  ]);
  expect((await app.get("/api/online_users")).json).toContainEqual({
    name: "Cyd",
    click_count: 0,
    event_count: 1,
  });
});

test("what is not on the list is refused: no one hears of it, and nothing is counted", async () => {
  const before = await counts();
  const witness = await app.listener();
  for (const bad of [
    null,
    "confetti",
    {},
    { user: "Ada" },
    { user: "Ada", name: "explosion" },
    { user: "Ada", name: "Confetti" },
    { user: "Ada", name: "constructor" },
    { user: "Ada", name: "__proto__" },
    { user: "Ada", name: ["confetti"] },
    { user: "", name: "confetti" },
    { user: "x".repeat(16), name: "confetti" },
    { name: "confetti" },
  ])
    expect(await ask(await app.socket(), "event", bad)).toEqual({
      error: expect.stringMatching(/\S/),
    });
  await untilRead(witness.socket);
  expect(of("event", witness.heard)).toEqual([]);
  expect(await counts()).toEqual(before);
});

test("all or nothing, as with clicks", async () => {
  const before = await counts();
  const database = app.database();
  for (const moment of ["INSERT", "UPDATE"])
    database.exec(
      `CREATE TRIGGER no_${moment} AFTER ${moment} ON hours BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
  const answer = await ask(await app.socket(), "event", { user: "Ada", name: "spin" });
  for (const moment of ["INSERT", "UPDATE"]) database.exec(`DROP TRIGGER no_${moment}`);
  expect(answer).toEqual({ error: expect.stringMatching(/\S/) });
  expect(await counts()).toEqual(before);
});

test("the list is of today, newest first, and takes ?limit", async () => {
  const put = app
    .database()
    .prepare("INSERT INTO events (user, name, timestamp) VALUES ('Old', 'rain', ?)");
  const before = await latest();
  put.run(noon() - 13 * 3600);
  expect(await latest()).toEqual(before);
  expect(await latest("?limit=2")).toEqual(before.slice(0, 2));
  expect((await app.get("/api/latest_events?limit=0")).status).toBe(422);
});

browserTest("a button sends an event, and every page shows it, behind the button", async () => {
  const [one, two] = [await app.page("/"), await app.page("/")];
  await connected(one);
  await connected(two);
  await one.locator("button[value=confetti]").click();
  for (const page of [one, two])
    await eventually(() => page.locator("#stage > *").count()).toBeGreaterThan(5);
  const isOnTop = await two.locator("#button").evaluate((it) => {
    const { x, y, width, height } = it.getBoundingClientRect();
    return it.contains(it.ownerDocument.elementFromPoint(x + width / 2, y + height / 2));
  });
  expect(isOnTop).toBe(true);
  await eventually(() => one.locator("#stage > *").count(), 8000).toBe(0);
});

browserTest("whoever wants less motion gets a sentence instead", async () => {
  const page = await app.page("about:blank", "");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(app.running().url);
  await connected(page);
  await page.locator("button[value=fireworks]").click();
  await eventually(async () => (await toasts(page)).join()).toMatch(/fireworks/);
  expect(await page.locator("#stage > *").count()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
});

browserTest("a page ignores an event that it does not know", async () => {
  const page = await app.page("/");
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await changeHeard(page, (message) => message.replace('"name":"rain"', '"name":"constructor"'));
  await page.reload();
  await connected(page);
  await page.locator("button[value=rain]").click();
  await page.locator("button[value=confetti]").click();
  await eventually(() => page.locator("#stage > *").count()).toBeGreaterThan(5);
  expect(faults).toEqual([]);
});
