/** What the checks of this course share: who clicks, what a socket hears, what a page shows. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import { expect } from "vitest";
import {
  ask,
  type Connecting,
  eventually,
  type Server,
  type Start,
  useApp as useAnyApp,
} from "#testkit";

/** From step 15 on, no connection may send more at once: what clicks more often has several. */
const AT_ONCE = 15;
/** Noon of a day in UTC: a check that runs at midnight, or at a full hour, counts the same. */
const HALF_PAST_NOON = 12.5 * 3_600_000;
const DAY = 86_400_000;
/** What `makeItNoon` has chosen, in milliseconds since 1970. */
let noonOfApp = 0;

/** What an event carries. A check looks into it, and says by its matchers of which shape it has to be. */
// biome-ignore lint/suspicious/noExplicitAny: with unknown, each look would need a cast that proves nothing
type Value = any;
/** What a socket has heard, in order. */
export type Heard = [event: string, ...values: Value[]][];

/** A click, as the server tells and lists it. */
export type Click = {
  id: number;
  user: string;
  comment: string | null;
  style: string | null;
  timestamp: number;
};

/** What was heard of one event. */
export const of = (event: string, heard: Heard): Value[] =>
  heard.filter(([name]) => name === event).map(([, value]) => value);

/** The testkit's app under test, with what this course needs. */
export const useApp = (start: Start = {}) => {
  const app = useAnyApp(start);

  /** A socket, and all that it hears, from its first event on. */
  const listener = async (connecting: Connecting = {}, server?: Server) => {
    const heard: Heard = [];
    const onAny = (event: string, ...values: unknown[]) => heard.push([event, ...values]);
    const socket = await app.socket({ ...connecting, onAny }, server);
    return { socket, heard };
  };
  /** Clicks so many times, and waits until all are acknowledged. Returns what was answered. */
  const click = async (count: number, user: string | ((at: number) => string) = "Ada") => {
    const answers: Promise<unknown>[] = [];
    let socket: Socket | undefined;
    for (let at = 0; at < count; at += 1) {
      if (at % AT_ONCE === 0) socket = await app.socket();
      const name = typeof user === "string" ? user : user(at);
      if (socket) answers.push(ask(socket, "click", { user: name }));
    }
    const all = await Promise.all(answers);
    for (const answer of all) expect(answer).toEqual({});
    return all;
  };
  /** Clicks so many times on one connection, no faster than each step allows. */
  const clickSlowly = async (socket: Socket, count: number, user = "Ada") => {
    for (let at = 0; at < count; at += 1) {
      if (at >= AT_ONCE) await sleep(60);
      expect(await ask(socket, "click", { user })).toEqual({});
    }
  };
  /** Makes it half past the next noon, UTC: the app was started with `clock: true`. */
  const makeItNoon = () => {
    const today = Math.floor(Date.now() / DAY) * DAY + HALF_PAST_NOON;
    // Never back: an app that has seen a later hour must not be asked about that here.
    noonOfApp = today > Date.now() ? today : today + DAY;
    return app.running().moveClock(noonOfApp - Date.now());
  };

  return { ...app, listener, click, clickSlowly, makeItNoon };
};

/** When it was half past noon for the app, in whole seconds since 1970. */
export const noon = (): number => Math.floor(noonOfApp / 1000);

/** The number that stands in an element of a page; NaN where there is none yet. */
export const numberIn = async (page: Page, selector: string): Promise<number> =>
  Number.parseInt((await page.locator(selector).innerText()).replace(/\D/g, ""), 10);

/** Waits until the page is connected: its big button may be pressed. */
export const connected = async (page: Page): Promise<void> => {
  await eventually(() => page.locator("#button").evaluate((it) => it.ariaDisabled !== "true")).toBe(
    true,
  );
};

/** What stands on the notices of a page that fade away. */
export const toasts = (page: Page): Promise<string[]> => page.locator("#toasts li").allInnerTexts();

/** Changes what the server sends to a page over its socket, from the next load on. */
export const changeHeard = async (
  page: Page,
  change: (message: string) => string,
): Promise<void> => {
  await page.routeWebSocket(/socket\.io/, (route) => {
    const server = route.connectToServer();
    server.onMessage((message) => route.send(change(String(message))));
  });
};
