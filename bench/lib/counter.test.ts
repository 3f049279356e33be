import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { startClicker } from "./clicks.ts";
import { copyCounter, fillCounter, finishedCounter } from "./counter.ts";
import { type Server, startServer } from "./server.ts";

const root = resolve(import.meta.dirname, "../..");
const NOON = 20_000 * 86_400 + 43_200;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test.each([
  { clicks: 3000, today: 1000, events: 50, users: 500 },
  { clicks: 70, today: 70, events: 0, users: 7 },
])("a filled counter has $clicks clicks, and sums that agree with them", async (size) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "counter.db");
  const db = new Database(file);
  ends.push(() => db.close());
  const store = pathToFileURL(join(finishedCounter(root), "lib", "store.ts")).href;
  const { listClicks, listUsers } = (await import(store)).openStore(db);

  fillCounter(file, size, NOON);

  expect(listClicks.all(NOON - 43_200, 10_000)).toHaveLength(size.today);
  expect(db.prepare("SELECT count(*) AS clicks FROM clicks").get()).toEqual({
    clicks: size.clicks,
  });
  const sums = { clicks: size.clicks, events: size.events };
  for (const table of ["users", "hours"]) {
    expect(
      db.prepare(`SELECT sum(clicks) AS clicks, sum(events) AS events FROM ${table}`).get(),
    ).toEqual(sums);
  }
  const wrong = db.prepare(`
    SELECT name FROM users
    WHERE clicks IS NOT (SELECT count(*) FROM clicks WHERE user = name)
    UNION ALL
    SELECT timestamp FROM hours
    WHERE clicks IS NOT (SELECT count(*) FROM clicks AS c WHERE c.timestamp / 3600 = hours.timestamp / 3600)
  `);
  expect(wrong.all()).toEqual([]);
  expect(listUsers.all(10_000)).toHaveLength(size.users);
});

/** Clicks on three sockets of a server, as often as the answers come. */
const clicksOn = async (server: Server) => {
  const clicker = startClicker();
  ends.push(() => clicker.stop());
  await clicker.ask({ kind: "connect", url: server.url, count: 3 });
  const oneByOne = await clicker.ask({ kind: "one by one", clicks: 5 });
  const sustained = await clicker.ask({ kind: "sustained", seconds: 0.2, senders: 3, pause: 0 });
  await clicker.ask({ kind: "disconnect" });
  return { oneByOne, sustained };
};

const started = async (file: string): Promise<Server> => {
  const server = await startServer([file]);
  ends.push(() => server.stop());
  return server;
};

test("the clicks of a counter without its limit are heard by all, and stored", async () => {
  const copy = copyCounter(root, "lifted");
  ends.push(copy.remove);
  const server = await started(copy.file);
  const { oneByOne, sustained } = await clicksOn(server);
  expect(oneByOne.times).toHaveLength(5);
  expect(sustained.perSecond).toBeGreaterThan(0);
  const stored = await (await fetch(`${server.url}/api/latest_clicks`)).json();
  expect(stored).toHaveLength(5 + sustained.clicks);
});

test("the clicks of the empty server are heard by all", async () => {
  const { oneByOne, sustained } = await clicksOn(
    await started(join(root, "bench", "servers", "broadcast.ts")),
  );
  expect(oneByOne.times).toHaveLength(5);
  expect(sustained.clicks).toBeGreaterThan(0);
});
