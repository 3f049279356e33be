import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually } from "#testkit";
import { noon, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

/** The rows of a table of the page, as texts. */
const rowsOf = async (page: Awaited<ReturnType<typeof app.page>>, id: string) => {
  const rows = await page.locator(`#${id} tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
};
const open = async () => {
  const page = await app.page("/statistics.html");
  await page.locator("#users thead").waitFor({ state: "attached" });
  return page;
};

test("GET /api/current_stats answers the figures that sockets get", async () => {
  await app.click(3, "Ada");
  const { heard } = await app.listener();
  await eventually(() => of("stats", heard).length).toBeGreaterThan(0);
  const { status, json } = await app.get("/api/current_stats");
  expect({ status, json }).toEqual({ status: 200, json: of("stats", heard)[0] });
  expect(json.click_count_total).toBe(3);
});

browserTest("the page shows who clicked what today, who is here, and all users", async () => {
  const socket = await app.socket();
  for (const comment of ["hello", "hello", "again"])
    await ask(socket, "click", { user: "Bob", comment });
  for (const name of ["rain", "rain", "spin"]) await ask(socket, "event", { user: "Bob", name });
  const page = await open();
  expect(await rowsOf(page, "clicks")).toEqual([
    ["Ada", "", "3"],
    ["Bob", "hello", "2"],
    ["Bob", "again", "1"],
  ]);
  expect(await rowsOf(page, "events")).toEqual([
    ["Bob", "rain", "2"],
    ["Bob", "spin", "1"],
  ]);
  expect(await rowsOf(page, "online")).toEqual([["Bob", "3", "3"]]);
  expect(await rowsOf(page, "users")).toEqual([
    ["Ada", "3", "0"],
    ["Bob", "3", "3"],
  ]);
});

browserTest("what users write stays text, wherever it stands", async () => {
  const user = "<b>x</b>&amp;";
  const comment = `<img src=x onerror="document.title='evil'">`;
  const socket = await app.socket();
  await ask(socket, "click", { user, comment });
  await ask(socket, "event", { user, name: "spin" });
  const page = await open();
  const all = (
    await Promise.all(["online", "clicks", "events", "users"].map((id) => rowsOf(page, id)))
  ).flat(2);
  expect(all.filter((text) => text === user)).toHaveLength(4);
  expect(all).toContain(comment);
  expect(await page.locator("td b, td img").count()).toBe(0);
  expect(await page.title()).not.toBe("evil");
});

browserTest("a list that is cut at 10,000 says so", async () => {
  app.database().exec(`
    INSERT INTO clicks (user, timestamp)
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10010)
    SELECT 'many', ${noon()} FROM number
  `);
  const page = await open();
  expect(await page.locator("#clicks caption").innerText()).toMatch(/10.?000/);
  expect(await page.locator("#events caption").count()).toBe(0);
});

browserTest(
  "the page leads to the button and back, and says that its day begins at 00:00 UTC",
  async () => {
    const page = await open();
    expect(await page.locator("body").innerText()).toMatch(/00:00 UTC/);
    await page.locator('a[href="/"]').click();
    await page.locator("#button").waitFor();
    await page.locator('a[href="/statistics.html"]').click();
    await page.locator("#users thead").waitFor({ state: "attached" });
  },
);

browserTest("figures that cannot be loaded are told in a sentence", async () => {
  const page = await app.page("about:blank", "");
  await page.route("**/api/users", (route) =>
    route.fulfill({ status: 500, json: { error: "no figures today" } }),
  );
  await page.goto(`${app.running().url}/statistics.html`);
  await eventually(() => page.locator("#notice").innerText()).toMatch(/no figures today/);
});
