import type { Browser, Page } from "playwright-core";
import { type CoursePicture, lookOf } from "./course-picture.ts";

/** Who meets: two of the example data, since other visitors get a new name each time. */
const WHO = ["alice", "bob"] as const;
const PASSWORD = "correct horse battery";

/** What they say to each other, in turns. */
const SAID = [
  "hello, whoever you are",
  "hello! what do you see from your window?",
  "rain, and a cat that looks at it",
];

/** The finished chat, on the pages of two strangers who have met. */
export const STRANGER: CoursePicture = {
  course: "sequels/stranger",
  file: "sequels/stranger/README.png",
  drawing: ["stranger.ts"],
  async take({ app, browser, fill }) {
    await fill();
    const pages = await Promise.all(WHO.map((name) => open(browser, app.url, name)));
    for (const page of pages) await page.locator("#find:enabled").click();
    for (const [turn, text] of SAID.entries()) await say(pages, turn % pages.length, text);
    return Promise.all(
      pages.map(async (page, index) => {
        // Without what blinks.
        await page.locator("#text").blur();
        await page.evaluate("scrollTo(0, 0)");
        const png = await page.screenshot({ animations: "disabled" });
        return { title: WHO[index] === "alice" ? "Alice" : "Bob", png };
      }),
    );
  },
};

/** Logs in, and opens the page of the chat, as it looks on every machine. */
async function open(browser: Browser, url: string, name: string): Promise<Page> {
  const page = await browser.newPage(lookOf(720));
  await page.goto(`${url}/login`);
  const form = page.locator("form", { has: page.locator("[autocomplete=current-password]") });
  await form.locator("[name=username]").fill(name);
  await form.locator("[name=password]").fill(PASSWORD);
  await form.locator("button").click();
  await page.waitForURL(`${url}/`);
  await page.goto(`${url}/chat`);
  return page;
}

/** One of them writes, and both see it. */
async function say(pages: readonly Page[], writer: number, text: string): Promise<void> {
  const page = pages[writer] as Page;
  await page.locator("#text:enabled").fill(text);
  await page.locator("#send button").click();
  for (const each of pages) await each.locator("#messages li", { hasText: text }).waitFor();
}
