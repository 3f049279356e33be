import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { connected, type Heard, noon, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const hourNow = () => noon() - 1800;
/** What a client counts: the last snapshot that it got, and each click after it. */
const totalOf = (heard: Heard): number | undefined => {
  let total: number | undefined;
  for (const [event, value] of heard) {
    if (event === "stats") total = value.click_count_total;
    if (event === "click" && total !== undefined) total += 1;
  }
  return total;
};
/** The totals that it got, but for the first one, and what it had counted by itself each time. */
const told = (heard: Heard) =>
  of("stats", heard)
    .slice(1)
    .map((it) => it.click_count_total);
const countedThen = (heard: Heard) =>
  heard.flatMap(([event], at) => (event === "stats" ? [totalOf(heard.slice(0, at))] : [])).slice(1);
/** Whether the app is inside a transaction: nobody else can begin one. */
const isHeld = (database: ReturnType<typeof app.database>) => {
  try {
    database.exec("BEGIN IMMEDIATE; ROLLBACK");
    return false;
  } catch {
    return true;
  }
};
const stored = () =>
  (app.database().prepare("SELECT count(*) AS count FROM clicks").get() as { count: number }).count;

test("whoever connects gets the figures, as numbers", async () => {
  const { heard } = await app.listener();
  await eventually(() => of("stats", heard)[0]).toEqual({
    click_count_total: 0,
    click_count_today: 0,
    click_count_hour: 0,
    event_count_total: 0,
    event_count_today: 0,
    event_count_hour: 0,
  });
});

test("they are those of all time, of today since 00:00 UTC, and of this hour", async () => {
  await app.click(4);
  const put = app.database().prepare("INSERT INTO hours (timestamp, clicks) VALUES (?, ?)");
  put.run(hourNow() - 40 * 24 * 3600, 1000);
  put.run(hourNow() - 13 * 3600, 100);
  put.run(hourNow() - 12 * 3600, 10);
  const { heard } = await app.listener();
  await eventually(() => of("stats", heard)[0]).toMatchObject({
    click_count_total: 1114,
    click_count_today: 14,
    click_count_hour: 4,
  });
  app.database().prepare("DELETE FROM hours WHERE timestamp < ?").run(hourNow());
});

test("50 clients come among 500 clicks: each one ends at the true total", async () => {
  const clients: Awaited<ReturnType<typeof app.listener>>[] = [];
  const comeAndClick = async () => {
    for (let round = 0; round < 10; round += 1) {
      const coming = Promise.all(Array.from({ length: 5 }, () => app.listener()));
      const [come] = await Promise.all([coming, app.click(50, `user ${round}`)]);
      clients.push(...come);
    }
  };
  await comeAndClick();
  const total = stored();
  for (const { socket, heard } of clients) {
    await untilRead(socket);
    expect(totalOf(heard)).toBe(total);
  }
});

test("figures are read and sent in one turn: a click right behind them is counted once", async () => {
  const database = app.database();
  // Holds the app for so long that all that is sent meanwhile is read at once.
  database.exec(`
    CREATE TRIGGER hold AFTER INSERT ON clicks WHEN NEW.user = 'Slow' BEGIN
      SELECT count(*) FROM (
        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number)
        SELECT n FROM number LIMIT 600000
      );
    END
  `);
  database.pragma("busy_timeout = 0");
  const slow = await app.socket();
  const next = await app.socket();
  // On a slow day what is sent comes too late, and proves nothing: it is tried again.
  for (let round = 0, inTime = 0; inTime < 2 && round < 10; round += 1) {
    const path = "/api/socket.io/?EIO=4&transport=websocket";
    const { socket, received } = await app.webSocket(path);
    await eventually(() => received).toHaveLength(1);
    let isOver = false;
    const answers = [
      ask(slow, "click", { user: "Slow" }).finally(() => {
        isOver = true;
      }),
    ];
    while (!isOver && !isHeld(database)) await sleep(1);
    // In the words of Socket.IO's protocol: the client comes in, and others click right behind it.
    socket.send("40");
    for (let clicks = 0; clicks < 3; clicks += 1) answers.push(ask(next, "click", { user: "Ada" }));
    if (isHeld(database)) inTime += 1;
    expect(await Promise.all(answers)).toEqual([{}, {}, {}, {}]);
    const heard = () =>
      received.filter((it) => `${it}`.startsWith("42")).map((it) => JSON.parse(`${it}`.slice(2)));
    await eventually(() => totalOf(heard())).toBe(stored());
    expect(told(heard()), "the figures, each time when they were told").toEqual(
      countedThen(heard()),
    );
  }
  database.pragma("busy_timeout = 5000");
  database.exec("DROP TRIGGER hold");
});

test("a client that comes again, after others have clicked, begins at the true total", async () => {
  const first = await app.socket();
  first.close();
  await app.click(3);
  const { heard } = await app.listener();
  await eventually(() => totalOf(heard)).toBe(stored());
});

test("figures that cannot be read end neither the app nor the connection", async () => {
  const database = app.database();
  database.exec("ALTER TABLE hours RENAME TO away");
  const { socket } = await app.listener();
  await untilRead(socket);
  database.exec("ALTER TABLE away RENAME TO hours");
  expect(await app.get("/api")).toMatchObject({ status: 200 });
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
});

browserTest(
  "the page shows the total and today's clicks, and goes on counting by itself",
  async () => {
    const before = stored();
    const page = await app.page("/");
    await eventually(() => numberIn(page, "#total")).toBe(before);
    expect(await numberIn(page, "#today")).toBe(before);
    await connected(page);
    await app.click(3);
    await page.locator("#button").click();
    await eventually(() => numberIn(page, "#total")).toBe(before + 4);
    expect(await numberIn(page, "#today")).toBe(before + 4);
    await page.reload();
    await eventually(() => numberIn(page, "#total")).toBe(before + 4);
  },
);

browserTest("what was clicked while a page was offline is there when it is back", async () => {
  const cable = await app.cable();
  const page = await app.page("/", cable.url);
  await connected(page);
  await eventually(() => numberIn(page, "#total")).toBe(stored());
  cable.cut();
  await app.click(5);
  cable.restore();
  await eventually(() => numberIn(page, "#total"), 15_000).toBe(stored());
});

/** Lets the page's intervals run twenty times as fast, and counts what a screen reader would read out. */
const LISTEN = `
  const slow = window.setInterval;
  window.setInterval = (call, ms, ...values) => slow(call, ms / 20, ...values);
  window.readOut = 0;
  const live = "[aria-live], [role=status], [role=alert], [role=log]";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
      if (element?.closest(live)) window.readOut += 1;
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
`;

browserTest(
  "a screen reader is told the total, but not at each click, and not the same once more",
  async () => {
    const page = await app.page("about:blank", "");
    await page.addInitScript(LISTEN);
    await page.goto(`${app.running().url}/`);
    await connected(page);
    const readOut = async () => Number(await page.evaluate("window.readOut"));
    const spoken = () =>
      page
        .locator("[aria-live], [role=status], [role=log]")
        .evaluateAll((all) => all.map((it) => it.textContent).join(" "));
    const before = await readOut();
    await app.click(12);
    await eventually(() => numberIn(page, "#total")).toBe(stored());
    expect((await readOut()) - before, "read out of twelve clicks").toBeLessThan(12);
    await eventually(spoken, 15_000).toMatch(new RegExp(`\\b${stored()}\\b`));
    const told = await readOut();
    // As long as 30 s of the page's own time.
    await sleep(1500);
    expect(await readOut(), "read out while nobody pressed").toBe(told);
  },
);

browserTest("the page says that its day begins at 00:00 UTC", async () => {
  const page = await app.page("/");
  expect(await page.locator("body").innerText()).toMatch(/00:00 UTC/);
});
