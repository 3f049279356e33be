import type { Page } from "playwright-core";

/** What the first view of a page takes: bytes over the wire, and when its text can be read. */
export interface FirstView {
  readonly bytes: number;
  readonly requests: number;
  /** First contentful paint, ms. */
  readonly fcp: number;
  readonly lcp: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** Time of tasks over 50 ms beyond these: about what Lighthouse calls total blocking time. */
  readonly tbt: number;
}

/** Loads a page afresh and measures it with the browser's own clock. */
export async function firstView(page: Page, url: string): Promise<FirstView> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let [bytes, requests] = [0, 0];
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests++;
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, cls: 0, tbt: 0 };
    Object.assign(globalThis, { seen });
    const observe = (type: string, add: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({
        type,
        buffered: true,
      });
    observe("largest-contentful-paint", (entry) => {
      seen.lcp = entry.startTime;
    });
    observe("layout-shift", (entry) => {
      seen.cls += (entry as PerformanceEntry & { value: number }).value;
    });
    observe("longtask", (entry) => {
      seen.tbt += entry.duration - 50;
    });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const seen = await page.evaluate(() => {
    const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    return {
      fcp,
      ...(globalThis as unknown as { seen: { lcp: number; cls: number; tbt: number } }).seen,
    };
  });
  await session.detach();
  return { bytes, requests, ...seen };
}
