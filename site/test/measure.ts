import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { AxeResults } from "axe-core";
import { DEFAULT_COURSE, readCourse } from "../../shared/course/course.ts";
import { build } from "./build.ts";
import { lighthouseScores } from "./lighthouse.ts";
import { htmlFiles, openBrowser, openPage } from "./pages.ts";
import { compressed, serve } from "./serve.ts";
import { firstView } from "./weight.ts";

/** npm run site:measure: builds the site, looks at it in a browser, and prints what was measured. */

/** The first, the middle and the last step, beside the pages about all of them. */
const { steps } = readCourse({ root: join(import.meta.dirname, "../..") }, DEFAULT_COURSE);
const PAGES = [
  "index.html",
  ...[steps.at(0), steps.at(Math.floor(steps.length / 2)), steps.at(-1)].map(
    (it) => `${it?.dir}/index.html`,
  ),
  "compare/index.html",
];

const { dist, log, status, seconds } = build();
if (status !== 0) {
  console.error(log);
  process.exit(1);
}
const pages = htmlFiles(dist);
console.log(
  `\n${pages.length} pages in ${seconds.toFixed(1)} s: ${(pages.length / seconds).toFixed(1)} pages per second`,
);
console.log("(types and colours of all steps, and the search index, included)\n");

const [browser, site] = [await openBrowser(), await serve(dist)];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rows: Record<string, Record<string, number | string>> = {};
for (const path of PAGES) {
  const { page, troubles } = await openPage(browser, site.base, {
    viewport: { width: 1440, height: 900 },
  });
  const view = await firstView(page, site.base + path);
  await page.evaluate(axe);
  // biome-ignore lint/suspicious/noExplicitAny: axe puts itself into the page.
  const { violations } = await page.evaluate<AxeResults>(() => (globalThis as any).axe.run());
  rows[path.replace(/\/?index\.html$/, "/")] = {
    "first view, kB": round(view.bytes / 1000),
    requests: view.requests,
    "html, kB (brotli)": round(compressed(join(dist, path)).brotli / 1000),
    "readable, ms": round(view.fcp),
    "LCP, ms": round(view.lcp),
    CLS: Math.round(view.cls * 1000) / 1000,
    "TBT, ms": round(view.tbt),
    axe: violations.length,
    troubles: troubles.length,
  };
  await page.context().close();
}
await browser.close();
console.table(rows);

console.log("Lighthouse, as on a phone with a slow connection and a slow processor:\n");
console.table(await lighthouseScores(PAGES.map((path) => site.base + path)));
site.close();
rmSync(dirname(dist), { recursive: true, force: true });

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
