import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { connected, noon, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

type Message = { text: string; style: string | null; type: string };
/** Messages but for those that tell who came, left or is called otherwise. */
const others = (heard: Parameters<typeof of>[1]) =>
  (of("message", heard) as Message[]).filter(
    ({ text }) => !/ (?:joined|left)$| is now called /.test(text),
  );

test("50 clicks of a session, then 100, are told to all, once each, and no other number", async () => {
  const witness = await app.listener();
  const { socket, heard } = await app.listener();
  await app.clickSlowly(socket, 49, "Ada");
  await untilRead(witness.socket);
  expect(others(witness.heard)).toEqual([]);
  await app.clickSlowly(socket, 1, "Ada");
  await eventually(() => others(witness.heard)).toEqual([
    { text: expect.stringMatching(/Ada.*\b50\b/), style: null, type: "toast" },
  ]);
  await sleep(1000);
  await app.clickSlowly(socket, 51, "Ada");
  await eventually(() => others(witness.heard)).toMatchObject([
    { text: expect.stringMatching(/\b50\b/) },
    { text: expect.stringMatching(/Ada.*\b100\b/), type: "toast" },
  ]);
  expect(others(heard)).toEqual(others(witness.heard));
});

test("they are the clicks of the connection, not of the name", async () => {
  const witness = await app.listener();
  await app.click(60, "Bea");
  await untilRead(witness.socket);
  expect(others(witness.heard)).toEqual([]);
});

/** Makes it so many clicks in all, most of them long ago. */
const putTotal = (total: number) => {
  const longAgo = noon() - 1800 - 9 * 86_400;
  const { stored } = app
    .database()
    .prepare("SELECT sum(clicks) AS stored FROM hours WHERE timestamp > ?")
    .get(longAgo) as { stored: number };
  app
    .database()
    .prepare("INSERT OR REPLACE INTO hours (timestamp, clicks) VALUES (?, ?)")
    .run(longAgo, total - stored);
};

test("click number 10,000 of all is a popup for all, once; so is 20,000", async () => {
  for (const round of [10_000, 20_000]) {
    putTotal(round - 2);
    const witnesses = [await app.listener(), await app.listener()];
    const socket = await app.socket();
    for (let at = 0; at < 4; at += 1) await ask(socket, "click", { user: "Cyd" });
    for (const { heard } of witnesses)
      await eventually(() => others(heard)).toEqual([
        {
          text: expect.stringMatching(round === 10_000 ? /10.?000/ : /20.?000/),
          style: null,
          type: "popup",
        },
      ]);
  }
});

browserTest("two pages show the popup once each, and it can be closed", async () => {
  const [one, two] = [await app.page("/"), await app.page("/")];
  await connected(one);
  await connected(two);
  putTotal(30_000 - 1);
  await one.locator("#button").click();
  for (const page of [one, two]) {
    await eventually(() => page.locator("dialog[open]").count()).toBe(1);
    expect(await page.locator("dialog[open]").innerText()).toMatch(/30.?000/);
    await page.locator("dialog[open] button").click();
    expect(await page.locator("dialog[open]").count()).toBe(0);
  }
  // Whoever comes now hears nothing of it, and nobody else hears of it again.
  const late = await app.page("/");
  await connected(late);
  await sleep(700);
  for (const page of [one, two, late]) expect(await page.locator("dialog[open]").count()).toBe(0);
  await one.locator("#button").click();
  await eventually(() => one.locator("#session").innerText()).toBe("2");
  expect(await one.locator("dialog[open]").count()).toBe(0);
});

browserTest(
  "the popup takes the keyboard from nobody who types, and a screen reader is told",
  async () => {
    const page = await app.page("/");
    await connected(page);
    await page.locator("#name").focus();
    const { heard } = await app.listener();
    putTotal(40_000 - 1);
    await app.click(1);
    await eventually(() => page.locator("dialog[open]").count()).toBe(1);
    await page.keyboard.type("Eve");
    expect(await page.locator("#name").inputValue()).toBe("Eve");
    const spoken = () =>
      page
        .locator("[aria-live], [role=status], [role=alert], [role=log]")
        .evaluateAll((all) => all.map((it) => it.textContent).join(" "));
    await eventually(spoken).toContain(others(heard)[0]?.text);
  },
);
