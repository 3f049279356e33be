import type { Page } from "playwright-core";
import { closeBrowser, openBrowser } from "../../shared/testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../../shared/testkit/browser-program.ts";
import { startCable } from "../../shared/testkit/cable.ts";
import { copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import type { Part, Settings } from "../lib/part.ts";
import { startServer } from "../lib/server.ts";
import { inTurns } from "../lib/turns.ts";

/** In ms: a page that has not caught up by then never will. */
const LIMIT = 120_000;
const MISSED = 10;

/**
 * Called in the page: the longest time, in ms, in which it could do nothing else, until it shows a
 * text. Ticks of a channel, since timers come at most every 4 ms.
 */
const watch = ([content, limit]: [string, number]): Promise<number> =>
  new Promise((resolve, reject) => {
    const { document } = globalThis as unknown as {
      document: { querySelector(selector: string): { textContent: string } | null };
    };
    const { port1, port2 } = new MessageChannel();
    let [last, longest] = [performance.now(), 0];
    setTimeout(() => reject(new Error(`${content} was not shown`)), limit);
    port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      const row = document.querySelector("#messages tr:last-child");
      if (row?.textContent.includes(content)) resolve(longest);
      else port2.postMessage(0);
    };
    port2.postMessage(0);
  });

/** A page of user 1 with `known` messages, whose network can be cut. */
const openPage = async (app: string, known: number) => {
  const copy = copyOf(app);
  const server = await startServer([copy.file]);
  fillDatabase(copy.database, { users: 3, messages: known, ofOne: known });
  const cable = await startCable(Number(new URL(server.url).port));
  const page = await (await openBrowser()).newPage();
  await page.goto(`${cable.url}/front/messages/1`);
  await page.locator("#connection", { hasText: "online" }).waitFor({ timeout: LIMIT });
  const stop = async () => {
    await cable.stop();
    await server.stop();
    copy.remove();
  };
  return { page, server, cable, stop };
};

let number = 0;
/** Cuts the network while messages are sent; how long the page is frozen while it catches up, in ms. */
const catchUp = async ({ page, server, cable }: Awaited<ReturnType<typeof openPage>>) => {
  await page.bringToFront();
  cable.cut();
  await page.locator("#connection", { hasText: "offline" }).waitFor({ timeout: LIMIT });
  let content = "";
  for (let index = 0; index < MISSED; index += 1) {
    content = `missed: ${number++}.`;
    const response = await fetch(`${server.url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ author_id: 2, recipient_id: 1, content }),
    });
    await response.text();
  }
  const frozen = frozenUntil(page, content);
  cable.restore();
  return await frozen;
};

const frozenUntil = (page: Page, content: string): Promise<number> =>
  // The arrow function is read by the page, not run here.
  page.evaluate(watch, [content, LIMIT] as [string, number]);

const run = async ({ app, variants, quick, say, note }: Settings): Promise<Figure[]> => {
  if (!findBrowser()) {
    note(NO_BROWSER);
    return [];
  }
  say("catch-up: a page that was offline, with 5,000 messages known");
  const pages = new Map([
    ["5,000 known", await openPage(app, 5000)],
    ["50 known", await openPage(app, 50)],
  ]);
  for (const folder of variants) pages.set(folder, await openPage(folder, 5000));
  try {
    const contestants = new Map([...pages].map(([name, page]) => [name, () => catchUp(page)]));
    const results = await inTurns(contestants, quick ? 3 : 9, 1);
    const what = `frozen while ${MISSED} missed messages are shown, 5,000 known`;
    return [figureOf("catch-up", what, "ms", results, (time) => time)];
  } finally {
    await Promise.all([...pages.values()].map(({ stop }) => stop()));
    await closeBrowser();
  }
};

/** Catching up after a lost connection, in a real browser. */
export const part: Part = {
  summary: "how long a page is frozen while it shows what it missed",
  run,
};
