import { expect, test } from "vitest";
import { ask, browserTest } from "#testkit";
import { useApp } from "../helpers.ts";

// Its clock is not moved: the page has one of its own, and both have to agree.
const app = useApp();

const HOUR = 3600;
const open = async () => {
  const page = await app.page("about:blank", "");
  const faults: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(app.running().url) && !url.startsWith("data:")) faults.push(url);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${app.running().url}/statistics.html`);
  await page.locator("#users thead").waitFor({ state: "attached" });
  return { page, faults };
};

test("the library for charts comes from our own server", async () => {
  const script = await app.get("/api/uplot/uPlot.esm.js");
  expect(script).toMatchObject({ status: 200 });
  expect(script.type).toMatch(/javascript/);
  expect(script.text).toMatch(/uPlot/);
  expect((await app.get("/api/uplot/../../package.json")).status).toBe(404);
});

browserTest("the chart has 48 hours: those without a click are zeros", async () => {
  await app.click(3);
  const [{ timestamp: hourNow }] = (await app.get("/api/latest_hours")).json as [
    { timestamp: number },
  ];
  const put = app.database().prepare("INSERT INTO hours (timestamp, clicks) VALUES (?, ?)");
  put.run(hourNow - 60 * HOUR, 5);
  put.run(hourNow - 46 * HOUR, 7);
  put.run(hourNow - 13 * HOUR, 11);
  const { page, faults } = await open();
  const rows = (await page
    .locator("#hours tbody tr")
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
    )) as [string, string][];
  const times = rows.map(([label]) => Date.parse(`${label.replace(" ", "T")}:00Z`) / 1000);
  const [first = 0] = times;
  expect(times).toEqual(Array.from({ length: 48 }, (_, at) => first + at * HOUR));
  // A full hour may strike meanwhile.
  expect([hourNow, hourNow + HOUR]).toContain(times.at(-1));
  const filled = rows.map(([, clicks], at) => [times[at], Number(clicks)]);
  expect(filled.filter(([, clicks]) => clicks !== 0)).toEqual([
    [hourNow - 46 * HOUR, 7],
    [hourNow - 13 * HOUR, 11],
    [hourNow, 3],
  ]);
  const box = await page.locator("#chart canvas").boundingBox();
  expect(box?.width ?? 0).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});

browserTest("today's events are shown as bars, the longest one first", async () => {
  const socket = await app.socket();
  for (const name of ["spin", "rain", "rain", "rain"])
    await ask(socket, "event", { user: "Ada", name });
  const { page } = await open();
  const bars = await page
    .locator("#bars tbody tr")
    .evaluateAll((all) =>
      all.map((row) => [
        row.querySelector("td")?.textContent,
        Number(row.querySelector("meter")?.getAttribute("value")),
      ]),
    );
  expect(bars).toEqual([
    ["rain", 3],
    ["spin", 1],
  ]);
});

browserTest("nothing is wider than a phone", async () => {
  const page = await app.page("about:blank", "");
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${app.running().url}/statistics.html`);
  await page.locator("#users thead").waitFor({ state: "attached" });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
});
