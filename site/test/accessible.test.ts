import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { htmlFiles, openBrowser, openPage } from "./pages.ts";
import { serve } from "./serve.ts";

const dist = inject("dist");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) =>
  [390, 1440].map((width) => ({ colorScheme, viewport: { width, height: 900 } })),
);
let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  browser = await openBrowser();
  site = await serve(dist);
});

afterAll(async () => {
  await browser?.close();
  site?.close();
});

test.for(LOOKS)("axe finds nothing on any page: $colorScheme, $viewport.width px", async (look) => {
  const { page, troubles } = await openPage(browser, site.base, look);
  const found: string[] = [];
  for (const path of [...htmlFiles(dist), "steps/11/index.html#present"]) {
    await page.goto("about:blank");
    await page.goto(site.base + path);
    if (path.startsWith("compare")) await page.locator(".file").first().waitFor();
    await page.evaluate(axe);
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself into the page.
    const { violations } = await page.evaluate<AxeResults>(() => (globalThis as any).axe.run());
    for (const { id, nodes } of violations)
      found.push(
        `${path}: ${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(" | ")}`,
      );
  }
  await page.context().close();
  expect(found).toEqual([]);
  expect(troubles).toEqual([]);
});
