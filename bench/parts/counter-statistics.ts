import { closeBrowser, openBrowser } from "../../shared/testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../../shared/testkit/browser-program.ts";
import type { AppCopy } from "../lib/app.ts";
import { startClicker } from "../lib/clicks.ts";
import { type Clicks, copyCounter, fillCounter } from "../lib/counter.ts";
import { type Figure, figureOf } from "../lib/figure.ts";
import { measureLoad, startLoader } from "../lib/load.ts";
import type { Part, Settings } from "../lib/part.ts";
import { type Server, startServer } from "../lib/server.ts";
import { type Contestants, inTurns } from "../lib/turns.ts";

const PART = "counter-statistics";
/** In ms: a page that is not drawn by then never will be. */
const LIMIT = 60_000;
/** As many of today in most sizes: their answers are as long, whatever was stored before. */
const COMMON = { today: 1000, events: 50, users: 500 };
const SIZES: readonly [name: string, size: Clicks][] = [
  ["1,000,000 clicks", { ...COMMON, clicks: 1_000_000 }],
  ["1,000 clicks", { ...COMMON, clicks: 1000 }],
  // As many as a list of the API has at most.
  ["10,000 of 1,000,000 today", { ...COMMON, clicks: 1_000_000, today: 10_000 }],
];
const PATHS = [
  "/api/current_stats",
  "/api/users",
  "/api/latest_hours",
  "/api/latest_clicks",
  "/api/latest_events",
];

type Sized = { name: string; size: Clicks; server: Server };

/** Asks one path of each size in turns, with one connection. */
const measurePath = async (sizes: readonly Sized[], path: string, settings: Settings) => {
  settings.say(`${PART}: ${path}`);
  const loader = startLoader();
  try {
    const job = { path, connections: 1, seconds: settings.quick ? 0.3 : 0.8 };
    const contestants: Contestants<{ p50: number; processor: number }> = new Map(
      sizes.map(({ name, server }) => [name, () => measureLoad(loader, server, job)]),
    );
    const results = await inTurns(contestants, settings.quick ? 3 : 5);
    return [
      figureOf(PART, `${path}, p50`, "ms", results, ({ p50 }) => p50),
      figureOf(PART, `${path}, processor time`, "µs", results, ({ processor }) => processor),
    ];
  } finally {
    await loader.stop();
  }
};

/** What the functions that are read by a page use of it. */
type InPage = {
  drawn: Promise<number>;
  document: { querySelector(selector: string): { textContent: string } | null };
  requestAnimationFrame(call: () => void): void;
  MutationObserver: new (seen: () => void) => { observe(at: object, what: object): void };
};

/** Run in the page before its own script: notes when its last table was filled and painted. */
const noteWhenDrawn = (): void => {
  const page = globalThis as unknown as InPage;
  page.drawn = new Promise((resolve) => {
    const look = () => {
      if (!page.document.querySelector("#notice")?.textContent.startsWith("step ")) return;
      // The second frame begins when the first one is painted.
      page.requestAnimationFrame(() =>
        page.requestAnimationFrame(() => resolve(performance.now())),
      );
    };
    const changes = { childList: true, characterData: true, subtree: true };
    new page.MutationObserver(look).observe(page.document, changes);
  });
};

/**
 * From the address to the painted page, in ms by the page's own clock. A visitor of its own each time:
 * what a longer page before it has left behind is no time of this one.
 */
const openStatistics = async ({ server }: Sized): Promise<number> => {
  const visitor = await (await openBrowser()).newContext();
  try {
    const page = await visitor.newPage();
    await page.addInitScript(noteWhenDrawn);
    await page.goto(`${server.url}/statistics.html`, { timeout: LIMIT });
    return await page.evaluate(() => (globalThis as unknown as InPage).drawn);
  } finally {
    await visitor.close();
  }
};

const measurePage = async (sizes: readonly Sized[], { quick, say }: Settings) => {
  say(`${PART}: the page in a browser`);
  try {
    const contestants = new Map(sizes.map((one) => [one.name, () => openStatistics(one)]));
    const results = await inTurns(contestants, quick ? 5 : 15, 2);
    return [figureOf(PART, "page, opened until painted", "ms", results, (time) => time)];
  } finally {
    await closeBrowser();
  }
};

/** One page clicks as fast as it is answered: each click asks for the sum of all. */
const measureClicks = async (sizes: readonly Sized[], { quick, say }: Settings) => {
  say(`${PART}: clicks`);
  const clickers = sizes.map((one) => ({ ...one, sockets: startClicker() }));
  try {
    const contestants: Contestants<number> = new Map();
    for (const { name, server, sockets } of clickers) {
      await sockets.ask({ kind: "connect", url: server.url, count: 2 });
      contestants.set(name, async () => {
        const before = await server.usage();
        const job = {
          kind: "sustained",
          seconds: quick ? 0.3 : 0.8,
          senders: 1,
          pause: 0,
        } as const;
        const { clicks } = await sockets.ask(job);
        return ((await server.usage()).processor - before.processor) / clicks;
      });
    }
    const results = await inTurns(contestants, quick ? 3 : 5);
    return [figureOf(PART, "a click, processor time", "µs", results, (time) => time)];
  } finally {
    for (const { sockets } of clickers) await sockets.stop();
  }
};

/** @throws where the day has changed: then there is less of today than the figures say */
const demandToday = async (sizes: readonly Sized[]): Promise<void> => {
  for (const { name, size, server } of sizes) {
    const response = await fetch(`${server.url}/api/latest_clicks`);
    const clicks = (await response.json()) as unknown[];
    if (clicks.length !== size.today) {
      throw new Error(`${name}: ${clicks.length} of today instead of ${size.today}; run it again`);
    }
  }
};

const run = async (settings: Settings): Promise<Figure[]> => {
  const copies: AppCopy[] = [];
  const sizes: Sized[] = [];
  try {
    for (const [name, size] of SIZES) {
      settings.say(`${PART}: ${name} are stored`);
      // Of the limit, only the clicks at the end would know.
      const copy = copyCounter(settings.root, "lifted");
      copies.push(copy);
      sizes.push({ name, size, server: await startServer([copy.file]) });
      fillCounter(copy.database, size);
    }
    const figures: Figure[] = [];
    for (const path of PATHS) figures.push(...(await measurePath(sizes, path, settings)));
    if (findBrowser()) figures.push(...(await measurePage(sizes, settings)));
    else settings.note(NO_BROWSER);
    await demandToday(sizes);
    // Last, since they add to what the others would read.
    figures.push(...(await measureClicks(sizes, settings)));
    return figures;
  } finally {
    await Promise.all(sizes.map(({ server }) => server.stop()));
    for (const copy of copies) copy.remove();
  }
};

/** How the counter's answers, its page of statistics and its clicks grow with what is stored. */
export const part: Part = {
  summary: "the counter's statistics with 1,000 and with 1,000,000 clicks",
  run,
};
