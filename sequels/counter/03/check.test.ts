import { beforeAll, expect, test } from "vitest";
import { ask, untilRead } from "#testkit";
import { type Click, noon, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const DAY = 86_400;
const midnight = () => noon() - DAY / 2 - 1800;
const latest = async (query = "") => (await app.get(`/api/latest_clicks${query}`)).json as Click[];
/** Puts a click into the table by hand, as if it had been made then. */
const putIn = (timestamp: number, user: string) =>
  app.database().prepare("INSERT INTO clicks (user, timestamp) VALUES (?, ?)").run(user, timestamp);

test("on a fresh database the list is empty", async () => {
  expect(await app.get("/api/latest_clicks")).toMatchObject({ status: 200, json: [] });
});

test("a click is stored as all hear of it: with the id and the time that the server gives", async () => {
  const { socket, heard } = await app.listener();
  await ask(socket, "click", { user: "Ada", comment: "first" });
  await untilRead(socket);
  const [click] = of("click", heard) as [Click];
  expect(click).toEqual({
    id: expect.any(Number),
    user: "Ada",
    comment: "first",
    style: null,
    timestamp: expect.any(Number),
  });
  expect(Number.isInteger(click.timestamp)).toBe(true);
  expect(Math.abs(click.timestamp - noon())).toBeLessThan(600);
  expect(await latest()).toEqual([click]);
  expect(app.database().prepare("SELECT * FROM clicks").all()).toEqual([click]);
});

test("the newest click comes first, and each one has an id of its own", async () => {
  const before = await latest();
  await app.click(20, (at) => `user ${at}`);
  const list = await latest();
  expect(list).toHaveLength(before.length + 20);
  const ids = list.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const socket = await app.socket();
  await ask(socket, "click", { user: "Last", comment: null });
  expect((await latest())[0]).toMatchObject({ user: "Last", comment: null });
});

test("clicks of yesterday are not in the list; the first second of today, in UTC, is", async () => {
  const before = (await latest()).length;
  putIn(midnight() - 1, "yesterday");
  putIn(midnight() - 6 * DAY, "last week");
  putIn(midnight(), "early");
  const list = await latest();
  expect(list).toHaveLength(before + 1);
  expect(list.at(-1)).toMatchObject({ user: "early", timestamp: midnight() });
});

test("?limit shortens the list; what is no number from 1 to 10000 is answered 422", async () => {
  const all = await latest();
  expect(await latest("?limit=3")).toEqual(all.slice(0, 3));
  expect(await latest("?limit=10000")).toEqual(all);
  for (const limit of [
    "0",
    "-1",
    "1.5",
    "10001",
    "99999",
    "x",
    "",
    "1e3",
    "0x10",
    " 5",
    "1&limit=2",
  ]) {
    const { status, json } = await app.get(`/api/latest_clicks?limit=${limit}`);
    expect({ status, json }, limit).toEqual({
      status: 422,
      json: { error: expect.stringContaining("limit") },
    });
  }
});

test("what is refused is not stored", async () => {
  const before = await latest();
  const socket = await app.socket();
  for (const bad of [{ user: "" }, { user: "Ada", comment: "x".repeat(76) }, null])
    expect(await ask(socket, "click", bad)).toHaveProperty("error");
  expect(await latest()).toEqual(before);
});

test("a click that cannot be stored is not acknowledged, nobody hears of it, and the app goes on", async () => {
  const before = await latest();
  const witness = await app.listener();
  const socket = await app.socket();
  const lock = app.database();
  lock.exec("BEGIN IMMEDIATE");
  const answer = await ask(socket, "click", { user: "Ada" });
  lock.exec("ROLLBACK");
  expect(answer).toEqual({ error: expect.stringMatching(/\S/) });
  await untilRead(witness.socket);
  expect(of("click", witness.heard)).toEqual([]);
  expect(await latest()).toEqual(before);
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
});

test("a broken table tells clients nothing of SQL", async () => {
  const database = app.database();
  database.exec(
    "CREATE TRIGGER broken BEFORE INSERT ON clicks BEGIN SELECT RAISE(ABORT, 'secret'); END",
  );
  const socket = await app.socket();
  const answer = (await ask(socket, "click", { user: "Ada" })) as { error: string };
  database.exec("DROP TRIGGER broken");
  expect(answer.error).toMatch(/\S/);
  expect(answer.error).not.toMatch(/secret|SQL|constraint/i);
});

test("clicks are there after a restart", async () => {
  await app.click(3);
  const before = await latest();
  await app.running().restart();
  expect(await latest()).toEqual(before);
});

test("no list is longer than 10,000, with the newest of them", async () => {
  const database = app.database();
  database.exec(`
    INSERT INTO clicks (user, timestamp)
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10050)
    SELECT 'many', ${noon() + 10_000} FROM number
  `);
  const list = await latest();
  expect(list).toHaveLength(10_000);
  expect(list.every(({ user }) => user === "many")).toBe(true);
});
