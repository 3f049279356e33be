import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, eventually, untilRead } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const COLOURS = ["green", "purple", "blue", "yellow", "black", "white", "fancy"];
const LINES = ["small", "big", "dotted", "dashed", "highlight", "fire"];
const EVENTS = ["confetti", "rain", "shake", "spin", "fireworks", "wave"];
const open = async () => {
  const page = await app.page("/");
  await connected(page);
  await page.locator("summary").first().click();
  return page;
};
const type = async (page: Page, command: string) => {
  await page.locator("#comment").fill(command);
  await page.locator("#comment").press("Enter");
};
const notice = (page: Page) => page.locator("#notice").innerText();

browserTest("a colour and a line are chosen by a command, large or small, and kept", async () => {
  const page = await open();
  for (const colour of COLOURS) {
    await type(page, `/${colour}`);
    await eventually(() => page.locator("#colour").inputValue()).toBe(colour);
  }
  for (const line of LINES) {
    await type(page, `/${line.toUpperCase()}`);
    await eventually(() => page.locator("#line").inputValue()).toBe(line);
  }
  await page.reload();
  expect(await page.locator("#colour").inputValue()).toBe("fancy");
  expect(await page.locator("#line").inputValue()).toBe("fire");
});

browserTest("a command is no comment: it presses nothing, and is sent to nobody", async () => {
  const page = await open();
  const { socket, heard } = await app.listener();
  for (const command of ["/help", "/green", "/nonsense", "/stats", "/", "/ "])
    await type(page, command);
  await untilRead(socket);
  expect(of("click", heard)).toEqual([]);
  expect(await numberIn(page, "#session")).toBe(0);
  expect(await page.locator("#comment").inputValue()).toBe("");
});

browserTest("an event is sent by its name", async () => {
  const page = await open();
  const { heard } = await app.listener();
  for (const event of EVENTS) {
    await type(page, `/${event}`);
    await eventually(() => of("event", heard).at(-1)?.name).toBe(event);
  }
  await type(page, "/Confetti");
  await eventually(() => of("event", heard)).toHaveLength(EVENTS.length + 1);
});

browserTest(
  "/help names every command that there is, and each one that it names is there",
  async () => {
    const page = await open();
    await type(page, "/help");
    await eventually(() => notice(page)).toMatch(/\/help/);
    const help = await notice(page);
    const named = [...help.matchAll(/\/([a-z]+)/g)].map(([, name = ""]) => name);
    for (const command of [
      ...COLOURS,
      ...LINES,
      ...EVENTS,
      "vibrate",
      "darkmode",
      "clear",
      "stats",
      "help",
    ])
      expect(named).toContain(command);
    for (const command of named.filter((name) => !EVENTS.includes(name))) {
      await type(page, `/${command}`);
      expect(await notice(page), command).not.toMatch(/There is no/i);
    }
  },
);

browserTest("a command that there is not is told so, as text", async () => {
  const page = await open();
  const before = await notice(page);
  await type(page, "/<img src=x onerror=alert(1)>");
  await eventually(() => notice(page)).toContain("<img src=x");
  expect(await notice(page)).not.toBe(before);
  expect(await page.locator("#notice img").count()).toBe(0);
  for (const odd of ["/constructor", "/__proto__", "/toString"]) {
    await type(page, odd);
    await eventually(() => notice(page)).toContain(odd.slice(1).toLowerCase());
  }
});

browserTest("/darkmode makes the page dark, and light again the second time", async () => {
  const page = await open();
  await page.emulateMedia({ colorScheme: "light" });
  const ground = () =>
    page
      .locator("body")
      .evaluate((it) => it.ownerDocument.defaultView.getComputedStyle(it).backgroundColor);
  const light = await ground();
  await type(page, "/darkmode");
  await eventually(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  expect(await ground()).toBe(dark);
  await page.locator("summary").first().click();
  await connected(page);
  await type(page, "/darkmode");
  await eventually(ground).toBe(light);
});

browserTest("/stats tells the figures, /clear takes the sentences away", async () => {
  await app.click(3, "Bob");
  const page = await open();
  await eventually(() => numberIn(page, "#total")).toBeGreaterThanOrEqual(3);
  await type(page, "/stats");
  await eventually(() => notice(page)).toMatch(
    new RegExp(`\\b${await numberIn(page, "#total")}\\b`),
  );
  await type(page, "/rain");
  await page.locator("#toasts li").first().waitFor();
  await type(page, "/clear");
  await eventually(() => page.locator("#toasts li").count(), 300).toBe(0);
});

browserTest("/vibrate shakes the phone at each press, until it is typed again", async () => {
  const page = await open();
  await page.evaluate(
    "window.shaken = 0; navigator.vibrate = () => { window.shaken += 1; return true; }",
  );
  const shaken = () => page.evaluate("window.shaken");
  await page.locator("#button").click();
  expect(await shaken()).toBe(0);
  await type(page, "/vibrate");
  await page.locator("#button").click();
  expect(await shaken()).toBe(1);
  await type(page, "/vibrate");
  await page.locator("#button").click();
  expect(await shaken()).toBe(1);
});
