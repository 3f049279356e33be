import { setTimeout as sleep } from "node:timers/promises";
import type { Socket } from "socket.io-client";
import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { type Click, connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const stored = async () => ((await app.get("/api/latest_clicks")).json as Click[]).length;
type Said = { error?: string };
/** Sends so many at once, and returns how many were let through, and how long it took in seconds. */
const flood = async (socket: Socket, count: number, event = "click") => {
  const begin = performance.now();
  const body = (user: string) =>
    event === "click" ? { user } : event === "event" ? { user, name: "wave" } : user;
  const answers = (await Promise.all(
    Array.from({ length: count }, () => ask(socket, event, body("Ada"))),
  )) as Said[];
  const seconds = (performance.now() - begin) / 1000;
  const passed = answers.filter(({ error }) => error === undefined).length;
  for (const { error } of answers) if (error !== undefined) expect(error).toMatch(/too fast/);
  return { passed, seconds };
};

test("of 100 at once 20 go through; the others are answered that it was too fast, and not stored", async () => {
  const before = await stored();
  const witness = await app.listener();
  const { passed, seconds } = await flood(await app.socket(), 100);
  expect(passed).toBeGreaterThanOrEqual(20);
  expect(passed).toBeLessThanOrEqual(20 + 20 * seconds + 1);
  expect(await stored()).toBe(before + passed);
  await untilRead(witness.socket);
  expect(of("click", witness.heard)).toHaveLength(passed);
});

test("whoever waits is let through again: 20 a second, and not one click more for a longer pause", async () => {
  const socket = await app.socket();
  await flood(socket, 60);
  await sleep(500);
  const soon = await flood(socket, 60);
  expect(soon.passed).toBeGreaterThanOrEqual(10);
  expect(soon.passed).toBeLessThanOrEqual(10 + 20 * (soon.seconds + 0.5) + 1);
  await sleep(3000);
  const late = await flood(socket, 60);
  expect(late.passed).toBeGreaterThanOrEqual(20);
  expect(late.passed).toBeLessThanOrEqual(20 + 20 * late.seconds + 1);
});

test("whoever is too fast stops nobody else", async () => {
  const [fast, calm] = [await app.socket(), await app.socket()];
  const clickCalmly = async () => {
    for (let at = 0; at < 15; at += 1)
      expect(await ask(calm, "click", { user: "Bob" })).toEqual({});
  };
  await Promise.all([flood(fast, 200), clickCalmly()]);
});

test("clicks, events and names share one bucket", async () => {
  const socket = await app.socket();
  const begin = performance.now();
  const parts = [
    await flood(socket, 15),
    await flood(socket, 15, "event"),
    await flood(socket, 15, "auth"),
  ];
  const seconds = (performance.now() - begin) / 1000;
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  expect(passed).toBeGreaterThanOrEqual(20);
  expect(passed).toBeLessThanOrEqual(20 + 20 * seconds + 1);
});

test("bad ones count, too, and the connection stays", async () => {
  const socket = await app.socket();
  const answers = (await Promise.all(
    Array.from({ length: 60 }, () => ask(socket, "click", null)),
  )) as Said[];
  expect(answers.filter(({ error = "" }) => /too fast/.test(error)).length).toBeGreaterThan(10);
  await sleep(600);
  expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
});

test("a clock that is put back freezes nobody", async () => {
  const socket = await app.socket();
  await flood(socket, 30);
  await app.running().moveClock(-3_600_000);
  await sleep(1000);
  const { passed } = await flood(socket, 10);
  await app.running().moveClock(3_600_000);
  expect(passed).toBe(10);
});

test("a clock that is put forward gives nobody more", async () => {
  const socket = await app.socket();
  await flood(socket, 30);
  await app.running().moveClock(3_600_000);
  const { passed, seconds } = await flood(socket, 60);
  expect(passed).toBeLessThanOrEqual(20 * (seconds + 0.5) + 1);
});

browserTest(
  "a page counts a burst of clicks to the last one, and does not draw them all",
  async () => {
    const page = await app.page("/");
    await connected(page);
    await eventually(() => numberIn(page, "#total")).toBeGreaterThanOrEqual(0);
    const before = await numberIn(page, "#total");
    await page.evaluate(`
    window.drawn = 0;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) window.drawn += addedNodes.length;
    }).observe(document.querySelector("#rings"), { childList: true })
  `);
    const begin = performance.now();
    await app.click(600);
    // A slow machine draws slowly, and counts meanwhile.
    const PATIENT = 20_000;
    await eventually(() => numberIn(page, "#total"), PATIENT).toBe(before + 600);
    const drawn = async () => (await page.evaluate("window.drawn")) as number;
    // What is to be drawn waits for two seconds at most; then it is over.
    await eventually(async () => {
      const now = await drawn();
      await sleep(500);
      return (await drawn()) - now;
    }, PATIENT).toBe(0);
    const seconds = (performance.now() - begin) / 1000;
    expect(await drawn()).toBeGreaterThan(20);
    expect(await drawn()).toBeLessThanOrEqual(240 + 120 * seconds);
  },
);
