import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { DEFAULT_COURSE, EXAMPLE_FILE, readCourse, type Step } from "../course/course.ts";
import { fill } from "../running/fill.ts";
import { startApp } from "../testkit/app.ts";
import { fixDates, LAST } from "./fixed-dates.ts";
import { screenshot, withBrowser } from "./screenshot.ts";
import { silentWorld } from "./silent-world.ts";
import { windowsPage } from "./windows.ts";

/** Who is shown: the first two users of the example data, in this order. */
const SHOWN = [
  { id: 1, nickname: "alice", title: "Alice" },
  { id: 2, nickname: "bob", title: "Bob" },
] as const;

/** What Alice sends while the picture is taken: how the nursery rhyme goes on. */
const LIVE = "marabout";

/** Of each window, in px of CSS: narrow, so that two of them can be read on a phone. */
const SIZE = { width: 320, height: 540 };

/** What of a step decides how its pages look. */
const LOOK = ["app.ts", "public", "views"];

/** The code that draws the picture. */
const DRAWING = ["chat.ts", "fixed-dates.ts", "screenshot.ts", "windows.css", "windows.ts"];

/**
 * What the picture of the chat is made from, as text: a line for each file, its digest and its name.
 * A change of one of them makes the picture stale; whether it looks different, only a browser knows.
 */
export function madeFrom(root: string): string {
  const step = lastStep(root);
  const look = LOOK.flatMap((name) => filesIn(step.path, name));
  const drawing = DRAWING.map((name) => [
    `shared/generate/${name}`,
    join(import.meta.dirname, name),
  ]);
  return [
    ...look.map((name) => [name, join(step.path, name)]),
    [EXAMPLE_FILE, join(root, DEFAULT_COURSE, EXAMPLE_FILE)],
    ...drawing,
  ]
    .filter(([, path = ""]) => existsSync(path))
    .map(([name, path = ""]) => `${digest(path)} ${name}\n`)
    .join("");
}

/**
 * Takes the picture of the finished chat: the last step with the example data, in two windows,
 * right after one has written to the other.
 * @returns the PNG
 * @throws CourseError if no browser is installed
 */
export async function takeChatPicture(root: string): Promise<Buffer> {
  const world = silentWorld(root);
  const course = readCourse(world, DEFAULT_COURSE);
  const step = lastStep(root);
  return await withBrowser(async (browser) => {
    const app = await startApp(step.path);
    try {
      await fill(world, course, step, { host: "127.0.0.1", port: app.port });
      fixDates(join(app.folder, "instance", "chat.db"));
      const pages = await Promise.all(
        SHOWN.map(({ id }) => open(browser, `${app.url}/front/messages/${id}`)),
      );
      for (const { nickname } of SHOWN) await app.printed(new RegExp(`connect-ack .*${nickname}`));
      for (const page of pages)
        await page.getByText("offline", { exact: true }).waitFor({ state: "hidden" });
      await writeLive(pages);
      const windows = [];
      for (const [index, { title }] of SHOWN.entries())
        windows.push({
          title,
          png: await (pages[index] as Page).screenshot({ animations: "disabled" }),
        });
      const css = readFileSync(join(import.meta.dirname, "windows.css"), "utf8");
      return await screenshot(browser, windowsPage(windows, SIZE.width, css));
    } finally {
      await app.stop();
    }
  });
}

/** Opens a page as it looks on every machine, whatever the time. */
async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: SIZE,
    deviceScaleFactor: 2,
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  await page.clock.setFixedTime(LAST);
  await page.goto(url);
  return page;
}

/** Sends a message from the first page's form, and waits until all pages show it. */
async function writeLive(pages: readonly Page[]): Promise<void> {
  const [writer, reader] = pages as [Page, Page];
  const form = writer.locator("form", { has: writer.locator("[name=content]") });
  await form.locator("select").selectOption(String(SHOWN[1].id));
  await form.locator("[name=content]").fill(LIVE);
  await form.locator("button").click();
  for (const page of [writer, reader]) await page.locator("tbody tr", { hasText: LIVE }).waitFor();
  // The form is locked until the answer has come.
  await form.locator("button:enabled").waitFor();
  for (const page of pages) {
    await page.locator("tbody tr").last().scrollIntoViewIfNeeded();
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
  }
}

function lastStep(root: string): Step {
  return readCourse(silentWorld(root), DEFAULT_COURSE).steps.at(-1) as Step;
}

/** The files of a folder, or the file itself: names from `folder` on, in one order everywhere. */
function filesIn(folder: string, name: string): string[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesIn(folder, `${name}/${entry}`));
}

function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
