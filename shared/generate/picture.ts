import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CourseError } from "../course/errors.ts";
import { openBrowser } from "../testkit/browser.ts";
import { findBrowser, NO_BROWSER } from "../testkit/browser-program.ts";
import { comparisonPage } from "./page.ts";
import { compareTexts } from "./rows.ts";

/** The two files that the picture compares: a step whose difference fits on a screen. */
export const PAIR = ["steps/02b/app.ts", "steps/03/app.ts"] as const;

/** Wider than the picture, so that nothing but the style sheet decides its size. */
const VIEWPORT = { width: 1000, height: 800 };

/**
 * The page that the picture shows, as the two files are now.
 * @throws CourseError naming the file that is missing
 */
export function pageFor(root: string): string {
  const [before, after] = PAIR;
  const [oldText, newText] = PAIR.map((file) => {
    const path = join(root, file);
    if (existsSync(path)) return readFileSync(path, "utf8");
    throw new CourseError(
      `${file} is not there: the picture compares ${before} and ${after} (PAIR in shared/generate/picture.ts)`,
    );
  }) as [string, string];
  const css = readFileSync(join(import.meta.dirname, "page.css"), "utf8");
  return comparisonPage({ before, after, rows: compareTexts(oldText, newText) }, css);
}

/**
 * Takes the picture of a page with the installed browser, with two pixels for each of CSS.
 * @returns the PNG
 * @throws CourseError if no browser is installed
 */
export async function takePicture(page: string): Promise<Buffer> {
  if (findBrowser() === undefined) throw new CourseError(NO_BROWSER);
  const browser = await openBrowser();
  try {
    const tab = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 2 });
    await tab.setContent(page);
    return await tab.locator("main").screenshot({ omitBackground: true });
  } finally {
    await browser.close();
  }
}
