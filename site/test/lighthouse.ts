import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { findBrowser } from "../../shared/testkit/browser-program.ts";
import { freePort } from "../../shared/testkit/free-port.ts";

/** What Lighthouse says of each page, 0 to 100, with its usual phone. */
export async function lighthouseScores(
  urls: readonly string[],
): Promise<Record<string, Record<string, number | string>>> {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? "",
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--remote-debugging-port=${port}`, "--disable-background-networking"],
  });
  const scores: Record<string, Record<string, number | string>> = {};
  try {
    for (const url of urls) {
      const result = await lighthouse(url, {
        port,
        logLevel: "silent",
        onlyCategories: ["performance", "accessibility", "best-practices"],
      });
      const categories = result?.lhr.categories ?? {};
      const name = new URL(url).pathname
        .replace(/^\/some\/deep\/folder/, "")
        .replace("index.html", "");
      scores[name] = Object.fromEntries(
        Object.entries(categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]),
      );
    }
  } finally {
    await browser.close();
  }
  return scores;
}
