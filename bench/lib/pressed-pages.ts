import { openBrowser } from "../../shared/testkit/browser.ts";

/** In ms: what is not shown by then never will be. */
const LIMIT = 60_000;
/** In ms: no more than 20 presses a second, which is the limit of the counter. */
const PAUSE = 60;

/** Two pages in a browser: the button of one is pressed, and the other is watched. */
export type PressedPages = {
  /** Presses so often, one press after the other; ms from each until the other page shows it. */
  press: (count: number) => Promise<number[]>;
  close: () => Promise<void>;
};

/** What the functions that are read by a page use of it. */
type InPage = {
  document: { querySelector(selector: string): { textContent: string; click(): void } };
  MutationObserver: new (
    seen: () => void,
  ) => { observe(at: object, what: object): void; disconnect(): void };
};

/** Called in the page: when each press was made, in ms since 1970. */
const pressOften = async ([count, pause]: [number, number]): Promise<number[]> => {
  const { document } = globalThis as unknown as InPage;
  const times: number[] = [];
  for (let number = 0; number < count; number += 1) {
    times.push(performance.timeOrigin + performance.now());
    document.querySelector("#button").click();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return times;
};

/** Called in the page: when it showed each of so many further clicks, in ms since 1970. */
const watchTotal = ([count, limit]: [number, number]): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const { document, MutationObserver } = globalThis as unknown as InPage;
    const total = document.querySelector("#total");
    const read = () => Number(total.textContent.replace(/\D/g, ""));
    const first = read();
    const times: number[] = [];
    const late = setTimeout(() => reject(new Error("a click was not shown")), limit);
    const observer = new MutationObserver(() => {
      const now = performance.timeOrigin + performance.now();
      while (times.length < Math.min(count, read() - first)) times.push(now);
      if (times.length < count) return;
      clearTimeout(late);
      observer.disconnect();
      resolve(times);
    });
    observer.observe(total, { childList: true, characterData: true, subtree: true });
  });

/** Opens the page of a server twice, and waits until both know what is counted. */
export const openPressedPages = async (url: string): Promise<PressedPages> => {
  const context = await (await openBrowser()).newContext();
  const open = async () => {
    const page = await context.newPage();
    await page.goto(url);
    await page.locator("#total", { hasText: /\d/ }).waitFor({ timeout: LIMIT });
    return page;
  };
  const [pressed, watched] = [await open(), await open()];
  return {
    press: async (count) => {
      // The arrow functions are read by the pages, not run here.
      const shown = watched.evaluate(watchTotal, [count, LIMIT] as [number, number]);
      // The observer has to be there before the first press.
      await watched.evaluate(() => {});
      const times = await pressed.evaluate(pressOften, [count, PAUSE] as [number, number]);
      return (await shown).map((time, at) => time - (times[at] ?? Number.NaN));
    },
    close: () => context.close(),
  };
};
