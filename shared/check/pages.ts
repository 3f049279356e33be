import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { openBrowser } from "../testkit/browser.ts";

type Kept = {
  context: BrowserContext;
  page: Page;
  session: CDPSession;
  own: Listeners;
  viewport: ReturnType<Page["viewportSize"]>;
  /** Whether a check has asked for something that cannot be taken back, such as another clock. */
  isSpoilt: boolean;
};

/** What changes a page, or all of its context, for good. (`context` itself is asked by playwright, too.) */
const LASTING = [
  "addInitScript",
  "clock",
  "emulateMedia",
  "exposeBinding",
  "exposeFunction",
  "routeWebSocket",
  "setExtraHTTPHeaders",
] as const;
type Listeners = Map<string | symbol, unknown[]>;

const idle: Kept[] = [];

/**
 * Lends a page in a browser context of its own. A page that goes back is cleaned and lent again:
 * a new one takes five times as long as all that a check does with it. Two pages that are lent at
 * the same time share nothing.
 */
export const lendPage = async (): Promise<{ page: Page; giveBack: () => Promise<void> }> => {
  const kept = idle.pop() ?? (await make());
  return {
    page: kept.page,
    giveBack: async () => {
      if (!kept.isSpoilt && (await clean(kept))) idle.push(kept);
      else await kept.context.close().catch(() => {});
    },
  };
};

const make = async (): Promise<Kept> => {
  const context = await (await openBrowser()).newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const own = listenersOf(page);
  const kept: Kept = {
    context,
    page,
    session,
    own,
    viewport: page.viewportSize(),
    isSpoilt: false,
  };
  for (const name of LASTING) {
    const value: unknown = page[name];
    const get = () => {
      kept.isSpoilt = true;
      return value;
    };
    Object.defineProperty(page, name, { get });
  }
  return kept;
};

const clean = async ({ context, page, session, own, viewport }: Kept): Promise<boolean> => {
  try {
    for (const [event, listeners] of listenersOf(page)) {
      const before = own.get(event) ?? [];
      for (const listener of listeners)
        if (!before.includes(listener)) page.off(event as "load", listener as () => void);
    }
    const { origin } = new URL(page.url());
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto("about:blank");
    await context.clearCookies();
    await context.setOffline(false);
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

/** Forgets the pages that are kept: their browser is about to end. */
export const forgetPages = (): void => {
  idle.length = 0;
};
