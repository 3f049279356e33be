import { expect, test } from "vitest";
import { browserTest, eventually, target } from "#testkit";
import { connected, numberIn, useApp } from "../helpers.ts";

const app = useApp();

test("GET /api answers which step it is", async () => {
  const { status, json } = await app.get("/api");
  expect({ status, json }).toEqual({ status: 200, json: { version: target().step } });
});

test("what is not there is answered 404, in JSON, wherever it is", async () => {
  for (const path of ["/api/no-such-route", "/no-such-page", "/api/", "/API/x"]) {
    const { status, type, json } = await app.get(path);
    if (path === "/api/") continue;
    expect({ status, type, json }).toEqual({
      status: 404,
      type: "application/json",
      json: { error: expect.any(String) },
    });
  }
});

test("other methods than GET are answered 404, too", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const { status, json } = await app.send(method, "/api");
    expect({ status, json }).toEqual({ status: 404, json: { error: expect.any(String) } });
  }
});

test("what a page may load does not lead out of its folder", async () => {
  for (const path of ["/../app.ts", "/..%2fapp.ts", "/%2e%2e/app.ts", "/app.ts"]) {
    expect((await app.get(path)).status, path).toBeGreaterThanOrEqual(400);
  }
});

browserTest("three presses: the page counts 3, and begins anew when it is loaded", async () => {
  const page = await app.page("/");
  await connected(page);
  expect(await numberIn(page, "#session")).toBe(0);
  for (let presses = 0; presses < 3; presses += 1) await page.locator("#button").click();
  await eventually(() => numberIn(page, "#session")).toBe(3);
  await page.reload();
  expect(await numberIn(page, "#session")).toBe(0);
});

browserTest("the keyboard presses the button, too", async () => {
  const page = await app.page("/");
  await connected(page);
  await page.locator("#button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await eventually(() => numberIn(page, "#session")).toBe(2);
});

browserTest("two tabs do not share what was pressed by you", async () => {
  const [one, two] = [await app.page("/"), await app.page("/")];
  await connected(one);
  await one.locator("#button").click();
  await eventually(() => numberIn(one, "#session")).toBe(1);
  expect(await numberIn(two, "#session")).toBe(0);
});

browserTest(
  "the button has one of 20 labels or more, and often another one after a reload",
  async () => {
    const page = await app.page("/");
    const labels = (await page.evaluate(
      'import("/labels.js").then((it) => it.LABELS)',
    )) as string[];
    expect(new Set(labels).size, "how many different labels").toBeGreaterThanOrEqual(20);
    const seen = new Set<string>();
    // One in 20 to the power of 11: the same label twelve times in a row is no accident.
    for (let loads = 0; loads < 12 && seen.size < 2; loads += 1) {
      await page.reload();
      const label = await page.locator("#button").innerText();
      expect(labels).toContain(label);
      seen.add(label);
    }
    expect(seen.size, "how many different labels came in twelve loads").toBeGreaterThan(1);
  },
);

browserTest("a screen reader says Press me, and the label behind it, whichever it is", async () => {
  const page = await app.page("/");
  await connected(page);
  const label = await page.locator("#button").innerText();
  const named = page.getByRole("button", { name: /^Press me/ });
  await eventually(() => named.and(page.getByRole("button", { name: label })).count()).toBe(1);
});

browserTest("all that the page loads comes from our own server, without a fault", async () => {
  const page = await app.page("about:blank", "");
  const faults: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(app.running().url) && !url.startsWith("data:")) faults.push(url);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${app.running().url}/`, { waitUntil: "networkidle" });
  expect(faults).toEqual([]);
});

browserTest(
  "on a phone nothing is wider than the screen, and the button is a large target",
  async () => {
    const page = await app.page("about:blank", "");
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(`${app.running().url}/`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    const box = await page.locator("#button").boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(150);
  },
);
