import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

type User = { name: string; click_count: number; event_count: number };
const online = async (query = "") => (await app.get(`/api/online_users${query}`)).json as User[];
/** Nobody is there any more: what an earlier test left has been noticed. */
const nobody = () => eventually(async () => (await online()).length).toBe(0);

test("status tells all how many connections are open, named or not", async () => {
  const first = await app.listener();
  await eventually(() => of("status", first.heard).at(-1)).toEqual({ user_count: 1 });
  const second = await app.listener();
  await eventually(() => of("status", second.heard).at(-1)).toEqual({ user_count: 2 });
  await eventually(() => of("status", first.heard).at(-1)).toEqual({ user_count: 2 });
  second.socket.close();
  await eventually(() => of("status", first.heard).at(-1)).toEqual({ user_count: 1 });
});

test("a connection that breaks without a word is missed, too", async () => {
  const { heard } = await app.listener();
  const cable = await app.cable();
  await app.socket({}, { ...app.running(), url: cable.url });
  await eventually(() => of("status", heard).at(-1)).toEqual({ user_count: 2 });
  cable.cut();
  await eventually(() => of("status", heard).at(-1)).toEqual({ user_count: 1 });
});

test("when somebody comes or goes, all get the figures anew", async () => {
  const { heard } = await app.listener();
  await eventually(() => of("stats", heard).length).toBeGreaterThanOrEqual(1);
  await app.click(1);
  const before = of("stats", heard).length;
  const other = await app.socket();
  await eventually(() => of("stats", heard).length).toBeGreaterThan(before);
  const between = of("stats", heard).length;
  other.close();
  await eventually(() => of("stats", heard).length).toBeGreaterThan(between);
});

test("100 who come at once do not make 100 snapshots for each", async () => {
  const { heard } = await app.listener();
  await Promise.all(Array.from({ length: 100 }, () => app.socket()));
  await eventually(() => of("status", heard).at(-1)?.user_count).toBe(101);
  expect(of("stats", heard).length).toBeLessThan(50);
});

test("online users are those with a name: one for each connection, with its own counts", async () => {
  await nobody();
  await app.socket();
  expect(await online()).toEqual([]);
  const [ada, bob, again] = [await app.socket(), await app.socket(), await app.socket()];
  expect(await ask(ada, "auth", " Ada ")).toEqual({});
  expect(await ask(bob, "auth", "Bob")).toEqual({});
  expect(await ask(again, "auth", "Ada")).toEqual({});
  for (let at = 0; at < 3; at += 1) await ask(bob, "click", { user: "Bob" });
  await ask(again, "click", { user: "Ada" });
  expect(await online()).toEqual([
    { name: "Bob", click_count: 3, event_count: 0 },
    { name: "Ada", click_count: 1, event_count: 0 },
    { name: "Ada", click_count: 0, event_count: 0 },
  ]);
  expect(await online("?limit=1")).toHaveLength(1);
  expect((await app.get("/api/online_users?limit=0")).status).toBe(422);
  bob.close();
  await eventually(async () => (await online()).map(({ name }) => name)).toEqual(["Ada", "Ada"]);
});

test("who says a name and is gone at once is online no more", async () => {
  await nobody();
  const { socket: witness, heard } = await app.listener();
  for (let round = 0; round < 10; round += 1) {
    const socket = await app.socket();
    socket.emit("auth", "Ghost");
    await untilRead(socket);
    socket.close();
  }
  await eventually(() => of("status", heard).at(-1)).toEqual({ user_count: 1 });
  // An app that takes its time with a name may come back to it when nobody bears it any more.
  await sleep(300);
  await untilRead(witness);
  expect(await online()).toEqual([]);
});

test("a session's counts are those of the connection: whoever comes again begins at 0", async () => {
  await nobody();
  const first = await app.socket();
  await ask(first, "click", { user: "Ada" });
  expect(await online()).toMatchObject([{ name: "Ada", click_count: 1 }]);
  first.close();
  await nobody();
  await ask(await app.socket(), "auth", "Ada");
  expect(await online()).toMatchObject([{ name: "Ada", click_count: 0 }]);
});

test("a click names its connection, and another name renames it; the counts stay", async () => {
  await nobody();
  const socket = await app.socket();
  await ask(socket, "click", { user: "Ada" });
  await ask(socket, "click", { user: "Bea" });
  expect(await online()).toEqual([{ name: "Bea", click_count: 2, event_count: 0 }]);
  await ask(socket, "auth", "Cyd");
  expect(await online()).toEqual([{ name: "Cyd", click_count: 2, event_count: 0 }]);
});

test("what is no name is answered with an error, and changes nothing", async () => {
  await nobody();
  const socket = await app.socket();
  await ask(socket, "auth", "Ada");
  for (const bad of [null, undefined, 42, "", "  ", "x".repeat(16), ["Ada"], { name: "Ada" }])
    expect(await ask(socket, "auth", bad)).toEqual({ error: expect.stringMatching(/\S/) });
  expect(await ask(socket, "click", { user: "" })).toHaveProperty("error");
  expect(await online()).toEqual([{ name: "Ada", click_count: 0, event_count: 0 }]);
  socket.emit("auth", "Bob");
  await untilRead(socket);
  expect(await online()).toMatchObject([{ name: "Bob" }]);
});

test("after a restart nobody is online until they are back; the totals stay", async () => {
  const socket = await app.socket();
  await ask(socket, "click", { user: "Ada" });
  const before = (await app.get("/api/users")).json;
  await app.running().restart();
  expect(await online()).toEqual([]);
  expect((await app.get("/api/users")).json).toEqual(before);
  const { heard } = await app.listener();
  await eventually(() => of("status", heard).at(-1)).toEqual({ user_count: 1 });
});

browserTest("a page shows how many are online", async () => {
  const page = await app.page("/");
  await eventually(() => numberIn(page, "#online")).toBe(1);
  const other = await app.socket();
  await eventually(() => numberIn(page, "#online")).toBe(2);
  other.close();
  await eventually(() => numberIn(page, "#online")).toBe(1);
});

browserTest(
  "no name is sent where none was saved; a saved one is sent at each connection",
  async () => {
    await nobody();
    const cable = await app.cable();
    const page = await app.page("/", cable.url);
    await connected(page);
    expect(await online()).toEqual([]);
    await page.locator("#name").fill("Ada");
    await page.locator("#name").press("Tab");
    await eventually(online).toMatchObject([{ name: "Ada" }]);
    await page.reload();
    await eventually(online).toMatchObject([{ name: "Ada", click_count: 0 }]);
    cable.cut();
    await nobody();
    cable.restore();
    await eventually(online, 15_000).toMatchObject([{ name: "Ada" }]);
  },
);

browserTest(
  "a press carries the name, or Guest where there is none; Enter in the field presses",
  async () => {
    const page = await app.page("/");
    await connected(page);
    const { heard } = await app.listener();
    await page.locator("#button").click();
    await eventually(() => of("click", heard)).toMatchObject([{ user: "Guest" }]);
    await page.locator("#name").fill("Ada");
    await page.locator("#name").press("Enter");
    await eventually(() => of("click", heard)).toMatchObject([{ user: "Guest" }, { user: "Ada" }]);
    await eventually(() => numberIn(page, "#session")).toBe(2);
  },
);
