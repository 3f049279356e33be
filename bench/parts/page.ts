import { join } from "node:path";
import type { Page } from "playwright-core";
import { closeBrowser, openBrowser } from "../../shared/testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../../shared/testkit/browser-program.ts";
import { copyOf } from "../lib/app.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { fillDatabase } from "../lib/fill.ts";
import { startHelper } from "../lib/helper.ts";
import type { Part, Settings } from "../lib/part.ts";
import { startServer } from "../lib/server.ts";
import type { SocketAnswer, SocketJob } from "../lib/sockets.ts";
import { inTurns } from "../lib/turns.ts";

/** In ms: a row that has not come by then never will. */
const LIMIT = 10_000;

/** Called in the page: when the row of a message appears, in ms since 1970. */
const whenShown = ([content, limit]: [string, number]): Promise<number> =>
  new Promise((resolve, reject) => {
    const { document, MutationObserver } = globalThis as unknown as {
      document: { body: { textContent: string } };
      MutationObserver: new (seen: () => void) => { observe(at: object, what: object): void };
    };
    setTimeout(() => reject(new Error(`${content} was not shown`)), limit);
    new MutationObserver(() => {
      if (document.body.textContent.includes(content)) {
        resolve(performance.timeOrigin + performance.now());
      }
    }).observe(document.body, { childList: true, subtree: true });
  });

/** Posts a message to user 1; ms until its row stands in that user's page. */
const postToPage = async (page: Page, url: string, content: string): Promise<number> => {
  // The arrow function is read by the page, not run here.
  const shown = page.evaluate(whenShown, [content, LIMIT] as [string, number]);
  // The observer has to be there before the message.
  await page.evaluate(() => {});
  const start = performance.timeOrigin + performance.now();
  const response = await fetch(`${url}/api/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ author_id: 2, recipient_id: 1, content }),
  });
  await response.text();
  return (await shown) - start;
};

const run = async ({ app, quick, say, note }: Settings): Promise<Figure[]> => {
  if (!findBrowser()) {
    note(NO_BROWSER);
    return [];
  }
  say("page: from POST to the row in a browser");
  const copy = copyOf(app);
  const server = await startServer([copy.file]);
  const sockets = startHelper<SocketJob, SocketAnswer>(
    join(import.meta.dirname, "../lib/sockets-process.ts"),
  );
  try {
    fillDatabase(copy.database, { users: 3, messages: 10, ofOne: 10 });
    const page = await (await openBrowser()).newPage();
    await page.goto(`${server.url}/front/messages/1`);
    await page.locator("#send fieldset:enabled").waitFor({ timeout: LIMIT });
    await sockets.ask({ kind: "connect", url: server.url, protocol: "socket.io", count: 3 });
    let number = 0;
    const results = await inTurns(
      new Map([
        ["page", () => postToPage(page, server.url, `to the page: ${number++}.`)],
        [
          "socket alone",
          async () => (await sockets.ask({ kind: "one by one", messages: 1 })).times[0] ?? 0,
        ],
      ]),
      quick ? 20 : 100,
      5,
    );
    return [figureOf("page", "POST to the row in the page", "ms", results, (time) => time)];
  } finally {
    await Promise.all([closeBrowser(), server.stop(), sockets.stop()]);
    copy.remove();
  }
};

/** From POST to the recipient's page, in a real browser. */
export const part: Part = {
  summary: "a message from POST to the recipient's page, in a browser",
  run,
};
