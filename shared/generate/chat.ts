import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type CoursePicture, lookOf } from "./course-picture.ts";
import { fixDates, LAST } from "./fixed-dates.ts";
import type { Window } from "./windows.ts";

/** Who is shown: the first two users of the example data, in this order. */
const SHOWN = [
  { id: 1, nickname: "alice", title: "Alice" },
  { id: 2, nickname: "bob", title: "Bob" },
] as const;

/** What Alice sends while the picture is taken: how the nursery rhyme goes on. */
const LIVE = "marabout";

/** The finished chat in two windows, right after one has written to the other. */
export const CHAT: CoursePicture = {
  course: "steps",
  file: "README-chat.png",
  drawing: ["chat.ts", "fixed-dates.ts"],
  async take({ app, browser, fill }) {
    await fill();
    fixDates(join(app.folder, "instance", "chat.db"));
    const pages = await Promise.all(
      SHOWN.map(({ id }) => open(browser, `${app.url}/front/messages/${id}`)),
    );
    for (const { nickname } of SHOWN) await app.printed(new RegExp(`connect-ack .*${nickname}`));
    for (const page of pages)
      await page.getByText("offline", { exact: true }).waitFor({ state: "hidden" });
    await writeLive(pages);
    const windows: Window[] = [];
    for (const [index, { title }] of SHOWN.entries())
      windows.push({
        title,
        png: await (pages[index] as Page).screenshot({ animations: "disabled" }),
      });
    return windows;
  },
};

/** Opens a page as it looks on every machine, whatever the time. */
async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage(lookOf(540));
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
