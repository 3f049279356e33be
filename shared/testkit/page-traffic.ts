import type { Locator, Page, Request, Response } from "playwright-core";
import { brief, recorder, sign } from "./traffic.ts";

/** What a user does on a page, as a check does it. */
const ACTIONS = ["click", "fill", "selectOption", "focus", "press"] as const;
/** What a check asks of an element, or of a page: no need to tell, but each answer is a sign of life. */
const QUESTIONS = [
  "allInnerTexts",
  "allTextContents",
  "boundingBox",
  "count",
  "evaluate",
  "evaluateAll",
  "getAttribute",
  "goto",
  "innerText",
  "inputValue",
  "isVisible",
  "reload",
  "setViewportSize",
  "textContent",
  "waitFor",
  "waitForFunction",
  "waitForLoadState",
  "waitForURL",
] as const;
const patched = new WeakSet<object>();
const paths = new WeakMap<object, string>();

/** The path of the page that threw an error; undefined where that is not known. */
export const pathOf = (error: object): string | undefined => paths.get(error);

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

/** Playwright tells nobody what it is asked to do, so its pages and locators are taught to. */
const recordActions = (page: Page): void => {
  const locator = page.locator("body");
  for (const object of [page, locator]) {
    const prototype = Object.getPrototypeOf(object);
    if (patched.has(prototype)) continue;
    patched.add(prototype);
    for (const name of [...(object === locator ? ACTIONS : []), ...QUESTIONS])
      if (name in prototype) teach(prototype, name);
  }
};

type Method = (...args: unknown[]) => Promise<unknown>;

const teach = (prototype: Record<string, Method>, name: string): void => {
  const original = prototype[name] as Method;
  const isAction = (ACTIONS as readonly string[]).includes(name);
  prototype[name] = async function (this: Locator | Page, ...args: unknown[]) {
    const page = "page" in this ? this.page() : this;
    if (isAction) {
      const values = args.filter((it) => typeof it === "string").map((it) => ` ${brief(it)}`);
      const sent = `on the page: ${name} ${nameOf(this as Locator)}${values.join("")}`;
      recorder()({ kind: "page", sent });
    }
    try {
      const answer = await original.apply(this, args);
      sign();
      return answer;
    } catch (error) {
      if (error instanceof Error && !paths.has(error) && URL.canParse(page.url())) {
        const { pathname, protocol } = new URL(page.url());
        if (protocol.startsWith("http")) paths.set(error, pathname);
      }
      throw error;
    }
  };
};

/** `locator('form').locator('select')` as `form select`. */
const nameOf = (locator: Locator): string =>
  [...String(locator).matchAll(/locator\('((?:[^'\\]|\\.)*)'\)|\.(first|last)\(\)/g)]
    .map(([, selector]) => selector)
    .filter(Boolean)
    .join(" ") || String(locator);
