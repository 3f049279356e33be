import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser, openPage, type WatchedPage } from "./pages.ts";
import { serve } from "./serve.ts";

const dist = inject("dist");
const WIDE = { viewport: { width: 1440, height: 900 } };
let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;
let opened: WatchedPage[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  site = await serve(dist);
});

afterAll(async () => {
  await browser?.close();
  site?.close();
});

const open = async (path: string, options = {}): Promise<Page> => {
  const watched = await openPage(browser, site.base, { ...WIDE, ...options });
  opened.push(watched);
  await watched.page.goto(site.base + path);
  return watched.page;
};

const closeAll = async () => {
  const troubles = opened.flatMap((each) => each.troubles);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  expect(troubles).toEqual([]);
};

const appOf = (id: string) =>
  readFileSync(join(import.meta.dirname, "../../steps", id, "app.ts"), "utf8");
const linesOf = (id: string) => appOf(id).trimEnd().split("\n").length;

const step = async (page: Page) => (await page.locator("html").getAttribute("data-step")) ?? "";

test("two columns on a desk, one on a phone, and nothing wider than the window", async () => {
  const page = await open("steps/13/index.html");
  const places = () =>
    page.evaluate(() => {
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return { lesson: box(".lesson"), code: box(".code-pane") };
    });
  const wide = await places();
  expect(wide.code?.left).toBeGreaterThan(wide.lesson?.right ?? 0);
  for (const width of [390, 1024]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const narrow = await places();
  expect(narrow.code?.top).toBeGreaterThan(narrow.lesson?.bottom ?? 0);
  // A wide table scrolls in its own frame.
  await page.goto(`${site.base}end/index.html`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await closeAll();
});

test("new and removed lines are marked, file by file", async () => {
  const page = await open("steps/05/index.html");
  const app = page.locator("[data-file='app.ts'].file");
  expect(await app.locator("ins.row").allTextContents()).toEqual([
    expect.stringContaining("redirect"),
  ]);
  expect(await app.locator("del.row").allTextContents()).toEqual([
    expect.stringContaining("hello, this is"),
  ]);
  await closeAll();
});

test("a drawing has the colours of the page's theme", async () => {
  const page = await open("steps/18/index.html", { colorScheme: "light" });
  const drawing = page.locator(".lesson img");
  await drawing.scrollIntoViewIfNeeded();
  await expect
    .poll(() => drawing.evaluate((it) => (it as HTMLImageElement).naturalWidth))
    .toBe(480);
  const light = await drawing.screenshot();
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await expect.poll(async () => (await drawing.screenshot()).equals(light)).toBe(false);
  await closeAll();
});

test("the code follows the text", async () => {
  const page = await open("steps/13/index.html");
  const quote = page.locator("[data-follow^='public/script.js:19'].reading");
  await page.mouse.move(300, 600);
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 40);
        return await quote.count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  const row = page.locator("[id='public-script.js-L19'].here");
  await row.waitFor();
  await page.waitForTimeout(800);
  const [line, pane] = await Promise.all([
    row.boundingBox(),
    page.locator(".scroller").boundingBox(),
  ]);
  expect(line?.y).toBeGreaterThan(pane?.y ?? 0);
  expect(line?.y).toBeLessThan((pane?.y ?? 0) + (pane?.height ?? 0));
  await closeAll();
});

test("whole files, files that did not change, and the difference to any other step", async () => {
  const page = await open("steps/07b/index.html");
  const rows = page.locator("[data-file='app.ts'].file .row:visible");
  const some = await rows.count();
  await page.getByRole("button", { name: "Whole files" }).click();
  expect(await rows.count()).toBeGreaterThan(some + 50);
  await page.getByRole("link", { name: /^check.test.ts/ }).click();
  await page.locator("[data-file='check.test.ts'].file .row").first().waitFor();
  await page.getByLabel("Changes since").selectOption("03");
  await page.locator("[data-file='views/users.ejs'].file ins.row").first().waitFor();
  // No line is new that was there, so there are at least as many as the file has more.
  const more = linesOf("07b") - linesOf("03");
  expect(await page.locator("[data-file='app.ts'].file ins.row").count()).toBeGreaterThanOrEqual(
    more,
  );
  await page.getByLabel("Changes since").selectOption("08");
  await page.locator("[data-file='app.ts'].file del.row").first().waitFor();
  expect(await page.locator("ins.row").count()).toBe(0);
  await closeAll();
});

test("a whole file is what is in the step's folder", async () => {
  const page = await open("steps/11/index.html");
  await page.getByRole("button", { name: "Copy app.ts" }).click();
  await page.getByRole("button", { name: "Copy app.ts" }).getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(appOf("11"));
  await closeAll();
});

test("commands have copy buttons", async () => {
  const page = await open("steps/02b/index.html");
  const command = page.locator("[data-command]").first();
  await command.hover();
  await command.getByRole("button").click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(await command.getAttribute("data-command"));
  await closeAll();
});

test("hover on a name shows its type, and so does a key", async () => {
  const page = await open("steps/07b/index.html");
  await page
    .locator("ins [data-t]", { hasText: /^insertMessage$/ })
    .first()
    .hover();
  const tip = page.getByRole("tooltip");
  await expect
    .poll(() => tip.textContent())
    .toMatch(/const insertMessage: .*Statement<.*author_id: number;.*Message>/s);
  await page.mouse.move(5, 5);
  await tip.waitFor({ state: "hidden" });
  await page.keyboard.press("t");
  await tip.waitFor();
  await expect.poll(() => page.getByRole("status").first().textContent()).toContain(":");
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await closeAll();
});

test("types of the browser's scripts are those of the browser", async () => {
  const page = await open("steps/13/index.html");
  await page
    .locator("[data-file='public/script.js'] [data-t]", { hasText: /^form$/ })
    .first()
    .hover();
  await expect
    .poll(() => page.getByRole("tooltip").textContent())
    .toBe("const form: HTMLFormElement");
  await closeAll();
});

test("keys turn the pages, but not while something is typed", async () => {
  const page = await open("steps/07/index.html");
  const at = async (id: string) => {
    await expect.poll(() => step(page)).toBe(id);
    await page.waitForLoadState();
  };
  for (const [key, id] of [
    ["n", "07b"],
    ["ArrowRight", "08"],
    ["p", "07b"],
    ["ArrowLeft", "07"],
  ] as const) {
    await page.keyboard.press(key);
    await at(id);
  }
  await page.keyboard.press("Control+n");
  await page.getByLabel("Changes since").focus();
  await page.keyboard.press("n");
  await page.waitForTimeout(300);
  expect(await step(page)).toBe("07");
  await page.getByLabel("Changes since").blur();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.waitFor();
  await page.keyboard.press("n");
  expect(await step(page)).toBe("07");
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });
  await closeAll();
});

test("j and k go from change to change", async () => {
  const page = await open("steps/11/index.html");
  await page.keyboard.press("j");
  const first = await page.locator(".row.at").getAttribute("id");
  await page.keyboard.press("j");
  expect(await page.locator(".row.at").getAttribute("id")).not.toBe(first);
  await page.keyboard.press("k");
  expect(await page.locator(".row.at").getAttribute("id")).toBe(first);
  await closeAll();
});

test("the presenter's mode is large, stays from page to page, and ends", async () => {
  const page = await open("steps/07b/index.html", { viewport: { width: 1920, height: 1080 } });
  const size = () =>
    page
      .locator(".rows")
      .first()
      .evaluate((rows) => Number.parseFloat(getComputedStyle(rows).fontSize));
  const small = await size();
  await page.getByRole("button", { name: "Present" }).click();
  expect(await size()).toBeGreaterThan(small * 1.7);
  expect(await page.locator(".lesson").isVisible()).toBe(false);
  await page.keyboard.press("+");
  const larger = await size();
  await page.keyboard.press("n");
  await expect.poll(() => step(page)).toBe("08");
  expect(await size()).toBe(larger);
  await page.getByRole("button", { name: "Leave" }).click();
  expect(await page.locator(".lesson").isVisible()).toBe(true);
  await page.goto(`${site.base}steps/09/index.html#present`);
  await page.reload();
  expect(await page.locator(".lesson").isVisible()).toBe(false);
  await closeAll();
});

test("any two steps are compared, and the address says which", async () => {
  const page = await open("compare/index.html#04..06");
  await page.locator(".file").first().waitFor();
  expect(await page.locator(".file h2").allTextContents()).toEqual(["app.ts"]);
  await page.getByLabel("To step").selectOption("07");
  await expect.poll(() => page.url()).toMatch(/#04\.\.07$/);
  await page.getByRole("button", { name: "Swap" }).click();
  await expect.poll(() => page.url()).toMatch(/#07\.\.04$/);
  await page.keyboard.press("n");
  await expect.poll(() => page.url()).toMatch(/#07b\.\.05$/);
  await closeAll();
});

test.for([
  ["a word of a lesson", "foreign", "07: create a table for messages"],
  ["a name of the code", "insertMessage", "07b: a POST /api/messages endpoint to create a message"],
])("search finds %s", async ([, word, title]) => {
  const page = await open("steps/00/index.html");
  await page.locator("button[data-open-modal]:enabled").waitFor();
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: /search/i }).fill(word ?? "");
  const found = page.getByRole("link", { name: title });
  await found.first().click();
  await expect.poll(() => step(page)).toBe((title ?? "").split(":")[0]);
  await closeAll();
});

test("the search takes what is typed at once, also where the browser is never idle", async () => {
  const page = await open("index.html");
  await page.addInitScript("window.requestIdleCallback = () => 0");
  await page.goto(`${site.base}steps/00/index.html`);
  const field = page.getByRole("textbox", { name: /search/i });
  for (const key of ["/", "Control+k"]) {
    await page.locator("button[data-open-modal]:enabled").waitFor();
    await page.keyboard.press(key);
    await field.waitFor();
    await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
  }
  await closeAll();
});

test("light and dark follow the system, and can be chosen", async () => {
  const page = await open("steps/03/index.html", { colorScheme: "light" });
  const colour = () =>
    page.locator(".code-pane").evaluate((pane) => getComputedStyle(pane).backgroundColor);
  expect(await colour()).toBe("rgb(255, 255, 255)");
  await page.getByLabel("Select theme").selectOption("dark");
  await expect.poll(colour).toBe("rgb(16, 20, 28)");
  await page.emulateMedia({ media: "print" });
  expect(await colour()).toBe("rgb(255, 255, 255)");
  expect(await page.locator(".pane-bar").isVisible()).toBe(false);
  await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("light");
  await page.emulateMedia({ media: "screen" });
  await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
  await closeAll();
});

test("without JavaScript the lesson and its changes are there, and it is said what is not", async () => {
  const page = await open("steps/13/index.html", { javaScriptEnabled: false });
  expect(await page.locator(".lesson").textContent()).toContain("preventDefault");
  expect(await page.locator("ins.row").count()).toBeGreaterThan(100);
  expect(await page.locator("noscript").first().textContent()).toContain("JavaScript");
  expect(await page.locator("button:visible").count()).toBe(
    await page.locator(".expressive-code button:visible").count(),
  );
  await page.locator("a[rel=next]").click();
  await page.locator("html[data-step='14']").waitFor();
  await page.goto(`${site.base}compare/index.html`);
  expect(await page.locator("noscript a").count()).toBe(24);
  await closeAll();
});

test("opened from a disk, a page works as well", async () => {
  const { page } = await openPage(browser, site.base, WIDE);
  await page.goto(`file://${join(dist, "steps/07/index.html")}`);
  await page.locator("ins [data-t]").first().hover();
  await page.getByRole("tooltip").waitFor();
  await page.getByLabel("Changes since").selectOption("03");
  await page.locator("[data-file='views/users.ejs'].file").waitFor();
  await page.locator("a[rel=next]").click();
  await page.locator("html[data-step='07b']").waitFor();
  await page.context().close();
});
