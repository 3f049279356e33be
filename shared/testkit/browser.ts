import type { Browser } from "playwright-core";
import { type TestContext, test } from "vitest";
import { findBrowser, NO_BROWSER } from "./browser-program.ts";

let browser: Promise<Browser> | undefined;
let told = false;

/**
 * The browser of this test process, started when it is first asked for; playwright ends it
 * together with the process.
 * @throws where no browser is installed.
 */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(NO_BROWSER);
  browser ??= launch(executablePath);
  return browser;
};

/** Far from UTC, and not the app's own zone: a date in the browser's own time shows. */
const TZ = "America/St_Johns";

const launch = async (executablePath: string): Promise<Browser> => {
  // It takes as long to load as all the rest: only where a page is opened.
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath,
    env: { ...process.env, TZ },
    // Chromium refuses its sandbox to root, who runs the checks in a container.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
};

/** Ends the browser, if one was started. */
export const closeBrowser = async (): Promise<void> => {
  const open = browser;
  browser = undefined;
  await (await open?.catch(() => undefined))?.close();
};

/**
 * A test that needs a browser: skipped, with the cure, on a machine that has none; failed there
 * when CI is set, because a build server that skips it proves nothing.
 */
export const browserTest = (title: string, check: () => Promise<void>): void => {
  test(title, async ({ skip }: TestContext) => {
    if (!findBrowser() && !process.env.CI) {
      // The reporters count what is skipped; why, they do not say.
      if (!told) console.warn(`Browser tests are skipped: ${NO_BROWSER}`);
      told = true;
      skip(NO_BROWSER);
    }
    await check();
  });
};
