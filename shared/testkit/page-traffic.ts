import type { Locator, Page, Request, Response } from "playwright-core";
import { brief, recorder } from "./traffic.ts";

/** What a user does on a page, as a check does it. */
const ACTIONS = ["click", "fill", "selectOption", "focus", "press"] as const;
const patched = new WeakSet<object>();

/**
 * Records what is done on a page, what its script sends to the app, and its errors.
 * @returns `goOn` has to be called by each test that uses the page: the rest is recorded there
 */
export const recordPage = (page: Page): { goOn: () => void } => {
  let record = recorder();
  recordActions(page);
  const sent = new WeakMap<Request, ReturnType<typeof record>>();
  page.on("request", (request) => {
    // What the page loads, and Socket.IO's own traffic, would bury the rest.
    if (!["fetch", "xhr"].includes(request.resourceType())) return;
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/socket.io")) return;
    const body = request.postData();
    const what = `${request.method()} ${pathname}${search}${body ? ` ${brief(body)}` : ""}`;
    sent.set(request, record({ kind: "page", sent: `the page sends ${what}` }));
  });
  page.on("response", (response: Response) => {
    const exchange = sent.get(response.request());
    if (exchange) exchange.received = `status ${response.status()}`;
  });
  page.on("pageerror", (error) => {
    record({ kind: "page", sent: "the page's script runs", received: String(error) });
  });
  return {
    goOn: () => {
      record = recorder();
    },
  };
};

/** Playwright tells nobody what it is asked to do, so its locators are taught to. */
const recordActions = (page: Page): void => {
  const prototype = Object.getPrototypeOf(page.locator("body"));
  if (patched.has(prototype)) return;
  patched.add(prototype);
  for (const action of ACTIONS) {
    const original = prototype[action];
    prototype[action] = function (this: Locator, ...args: unknown[]) {
      const values = args.filter((it) => typeof it === "string").map((it) => ` ${brief(it)}`);
      recorder()({
        kind: "page",
        sent: `on the page: ${action} ${nameOf(this)}${values.join("")}`,
      });
      return original.apply(this, args);
    };
  }
};

/** `locator('form').locator('select')` as `form select`. */
const nameOf = (locator: Locator): string =>
  [...String(locator).matchAll(/locator\('((?:[^'\\]|\\.)*)'\)|\.(first|last)\(\)/g)]
    .map(([, selector]) => selector)
    .filter(Boolean)
    .join(" ") || String(locator);
