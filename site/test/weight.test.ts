import { expect, inject, test } from "vitest";
import { siteCourses } from "../src/course/model.ts";
import { openBrowser, openPage } from "./pages.ts";
import { serve } from "./serve.ts";
import { firstView } from "./weight.ts";

/** Of the first view, compressed, fonts and scripts included. */
const LIMIT = 300_000;

test("the first view of each step weighs less than 300 kB, and holds still", async () => {
  const [browser, site] = [await openBrowser(), await serve(inject("dist"))];
  const heavy: string[] = [];
  for (const { dir, name, id } of siteCourses().flatMap(({ name, steps }) =>
    steps.map((step) => ({ ...step, name })),
  )) {
    const { page } = await openPage(browser, site.base, { viewport: { width: 1440, height: 900 } });
    const { bytes, cls } = await firstView(page, `${site.base}${name}/${id}/index.html`);
    if (bytes === 0 || bytes >= LIMIT || cls > 0.1)
      heavy.push(`${dir}: ${bytes} bytes, layout shift ${cls}`);
    await page.context().close();
  }
  await browser.close();
  site.close();
  expect(heavy).toEqual([]);
});
