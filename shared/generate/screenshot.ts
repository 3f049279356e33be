import type { Browser } from "playwright-core";
import { CourseError } from "../course/errors.ts";
import { closeBrowser, openBrowser } from "../testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../testkit/browser-program.ts";

/** Wider than the picture, so that nothing but the style sheet decides its size. */
const VIEWPORT = { width: 1000, height: 800 };

/**
 * Takes the picture of a page with the installed browser, with two pixels for each of CSS.
 * @returns the PNG
 * @throws CourseError if no browser is installed
 */
export async function takePicture(page: string): Promise<Buffer> {
  return await withBrowser((browser) => screenshot(browser, page));
}

/**
 * Starts the installed browser for as long as `use` takes.
 * @throws CourseError if no browser is installed
 */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  if (findBrowser() === undefined) throw new CourseError(NO_BROWSER);
  try {
    return await use(await openBrowser());
  } finally {
    await closeBrowser();
  }
}

/** The PNG of a page's `main` in a browser, with two pixels for each of CSS. */
export async function screenshot(browser: Browser, page: string): Promise<Buffer> {
  const tab = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 2 });
  await tab.setContent(page);
  return await tab.locator("main").screenshot({ omitBackground: true });
}
