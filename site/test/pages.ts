import { readdirSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findBrowser, NO_BROWSER } from "../../shared/testkit/browser-program.ts";

/** All pages of a built site, from its folder. */
export function htmlFiles(dist: string): string[] {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".html"))
    .sort();
}

/** The installed browser. @throws where there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(NO_BROWSER);
  return await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page, and what went wrong on it: errors of scripts, answers that were none, other hosts. */
export interface WatchedPage {
  readonly page: Page;
  readonly troubles: string[];
}

/** A page of its own that may reach nothing but the site. */
export async function openPage(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const troubles: string[] = [];
  await context.route(
    (url) => !url.href.startsWith(new URL(base).origin) && url.protocol.startsWith("http"),
    (route) => {
      troubles.push(`another host is asked: ${route.request().url()}`);
      return route.abort();
    },
  );
  page.on("pageerror", (error) => troubles.push(`a script failed: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  return { page, troubles };
}
