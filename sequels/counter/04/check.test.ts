import { beforeAll, expect, test } from "vitest";
import { ask, untilRead } from "#testkit";
import { of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

type User = { name: string; click_count: number; event_count: number };
const users = async (query = "") => (await app.get(`/api/users${query}`)).json as User[];

test("on a fresh database there are no users", async () => {
  expect(await app.get("/api/users")).toMatchObject({ status: 200, json: [] });
});

test("each user has the number of their clicks; those with the most come first, then by name", async () => {
  await app.click(3, "Bob");
  await app.click(5, "Cyd");
  await app.click(3, "Ada");
  expect(await users()).toEqual([
    { name: "Cyd", click_count: 5, event_count: 0 },
    { name: "Ada", click_count: 3, event_count: 0 },
    { name: "Bob", click_count: 3, event_count: 0 },
  ]);
});

test("after 200 random clicks the sums are those of the clicks themselves", async () => {
  const names = ["Ada", "Bob", "Cyd", "Dee", "李", "o'Hara", "🙂"];
  await app.click(200, () => names[Math.floor(Math.random() * names.length)] ?? "Ada");
  const counted = app
    .database()
    .prepare(
      "SELECT user AS name, count(*) AS click_count, 0 AS event_count FROM clicks GROUP BY user ORDER BY count(*) DESC, user",
    )
    .all();
  expect(await users()).toEqual(counted);
});

test("names are told apart by every letter: case counts, spaces around do not", async () => {
  await app.click(1, "ada");
  await app.click(1, " ada ");
  expect((await users()).find(({ name }) => name === "ada")).toMatchObject({ click_count: 2 });
});

test("?limit shortens the list, and is checked", async () => {
  const all = await users();
  expect(await users("?limit=2")).toEqual(all.slice(0, 2));
  expect((await app.get("/api/users?limit=0")).status).toBe(422);
});

test("all or nothing: where the second statement fails, the first one leaves nothing", async () => {
  const database = app.database();
  const count = () =>
    database
      .prepare(
        "SELECT (SELECT count(*) FROM clicks) AS clicks, (SELECT sum(clicks) FROM users) AS users",
      )
      .get();
  const before = count();
  for (const moment of ["INSERT", "UPDATE"])
    database.exec(
      `CREATE TRIGGER no_${moment} AFTER ${moment} ON users BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
  const witness = await app.listener();
  const socket = await app.socket();
  const answers = [
    await ask(socket, "click", { user: "Ada" }),
    await ask(socket, "click", { user: "nobody yet" }),
  ];
  for (const moment of ["INSERT", "UPDATE"]) database.exec(`DROP TRIGGER no_${moment}`);
  for (const answer of answers) expect(answer).toEqual({ error: expect.stringMatching(/\S/) });
  await untilRead(witness.socket);
  expect(of("click", witness.heard)).toEqual([]);
  expect(count()).toEqual(before);
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
});

test("users are there after a restart, and go on being counted", async () => {
  const before = await users();
  await app.running().restart();
  expect(await users()).toEqual(before);
  await app.click(1, "Cyd");
  const count = (list: User[]) => list.find(({ name }) => name === "Cyd")?.click_count ?? 0;
  expect(count(await users())).toBe(count(before) + 1);
});
