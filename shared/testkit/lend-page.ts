import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";

/** A page that a check has to itself for a while. */
export type LentPage = {
  page: Page;
  /** Whether another page was at its place before, or is. */
  isUsed: boolean;
  giveBack: () => Promise<void>;
};

type Listeners = Map<string | symbol, unknown[]>;
type Kept = {
  page: Page;
  session: CDPSession;
  own: Listeners;
  viewport: ReturnType<Page["viewportSize"]>;
  /** Whether a check has asked for something that cannot be taken back. */
  isSpoilt: boolean;
};
type Place = { context: Promise<BrowserContext>; idle: Kept[]; opening: Promise<unknown> };

/** How long a page may take to be left, in ms: after that its script is taken for one that never pauses, and it is thrown away. */
const LEAVING = 1000;

/** What changes a page for good. */
const LASTING = [
  "addInitScript",
  "emulateMedia",
  "exposeBinding",
  "exposeFunction",
  "routeWebSocket",
  "setExtraHTTPHeaders",
] as const;

/**
 * Two places, as two people at two machines: pages of different places share neither cookies nor
 * storage. No more of them, because a browser context costs as much processor time as eight pages.
 */
const places: Place[] = [];

/**
 * Lends an empty page. When it is given back it is cleaned, and lent again.
 * @param turn the how-manieth page of a test it is, from 0: neighbours are at different places
 */
export const lendPage = async (turn = 0): Promise<LentPage> => {
  const number = turn % 2;
  const isUsed = places[number] !== undefined;
  places[number] ??= { context: newContext(), idle: [], opening: Promise.resolve() };
  const place = places[number];
  const { idle } = place;
  const kept = idle.pop() ?? (await open(place));
  const giveBack = async () => {
    if (!kept.isSpoilt && (await clean(kept))) idle.push(kept);
    else await kept.page.close().catch(() => {});
  };
  return { page: kept.page, isUsed, giveBack };
};

/** A page at a place of its own, which no other page has used or ever will. */
export const newPage = async (): Promise<LentPage> => {
  const context = await newContext();
  return { page: await context.newPage(), isUsed: false, giveBack: () => context.close() };
};

/** Forgets the pages that are kept: their browser is about to end. */
export const forgetPages = (): void => {
  places.length = 0;
};

const newContext = async (): Promise<BrowserContext> => (await openBrowser()).newContext();

/** One at a time: a new window is known only by the fact that it came. */
const open = async (place: Place): Promise<Kept> => {
  const opened = place.opening.then(async () => make(await place.context));
  place.opening = opened.catch(() => {});
  return await opened;
};

const make = async (context: BrowserContext): Promise<Kept> => {
  const page = await openWindow(context);
  const session = await context.newCDPSession(page);
  const own = listenersOf(page);
  const kept: Kept = { page, session, own, viewport: page.viewportSize(), isSpoilt: false };
  for (const name of LASTING) {
    const value: unknown = page[name];
    const get = () => {
      kept.isSpoilt = true;
      return value;
    };
    Object.defineProperty(page, name, { get });
  }
  Object.defineProperty(page, "clock", {
    get: () => {
      throw new Error("page.clock changes the other pages, too: replace Date with page.evaluate");
    },
  });
  return kept;
};

/** A page in a window of its own: as a tab behind another one it would draw once in a second. */
const openWindow = async (context: BrowserContext): Promise<Page> => {
  const neighbour = context.pages()[0];
  if (neighbour === undefined) return await context.newPage();
  const session = await context.newCDPSession(neighbour);
  const { targetInfo } = await session.send("Target.getTargetInfo");
  const { browserContextId } = targetInfo;
  const where = browserContextId === undefined ? {} : { browserContextId };
  const [page] = await Promise.all([
    context.waitForEvent("page"),
    session.send("Target.createTarget", { url: "about:blank", newWindow: true, ...where }),
  ]);
  return page;
};

const clean = async ({ page, session, own, viewport }: Kept): Promise<boolean> => {
  try {
    for (const [event, listeners] of listenersOf(page)) {
      const before = own.get(event) ?? [];
      for (const listener of listeners)
        if (!before.includes(listener)) page.off(event as "load", listener as () => void);
    }
    const { origin } = new URL(page.url());
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto("about:blank", { timeout: LEAVING });
    if (origin !== "null")
      await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    const now = page.viewportSize();
    if (viewport && (now?.width !== viewport.width || now.height !== viewport.height))
      await page.setViewportSize(viewport);
    return true;
  } catch {
    return false;
  }
};

const listenersOf = (page: Page): Listeners => {
  const emitter = page as unknown as NodeJS.EventEmitter;
  return new Map(emitter.eventNames().map((event) => [event, emitter.rawListeners(event)]));
};
