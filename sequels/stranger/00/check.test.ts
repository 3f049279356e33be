import { get } from "node:http";
import { expect, test } from "vitest";
import { browserTest, target } from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();

const PAGES = ["/", "/chat", "/login"];

/** Asks for a path as it is: `fetch` would write some of its characters in another way. */
const getRaw = (path: string): Promise<{ status: number | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    const { port } = app.running();
    get({ host: "127.0.0.1", port, path }, async (response) => {
      const text = (await Array.fromAsync(response.setEncoding("utf8"))).join("");
      resolve({ status: response.statusCode, text });
    }).on("error", reject);
  });
/** The links of a page's navigation, and whether each is marked as the page that is shown. */
const navigation = (html: string) =>
  [...(/<nav[\s>][\s\S]*<\/nav>/.exec(html)?.[0] ?? "").matchAll(/<a\s[^>]*>/g)].map(([link]) => ({
    href: /href="([^"]*)"/.exec(link)?.[1],
    marked: /aria-current="page"/.test(link),
  }));

test("GET /api/version answers which step it is", async () => {
  const { status, json } = await app.get("/api/version");
  expect({ status, json }).toEqual({ status: 200, json: { version: target().step } });
});

test("three pages are there, each with a heading and a title of its own", async () => {
  const titles = new Set<string | undefined>();
  for (const [path, heading] of [
    ["/", /talk/i],
    ["/chat", /chat/i],
    ["/login", /login/i],
  ] as const) {
    const { status, type, text } = await app.get(path);
    expect({ status, type }, path).toEqual({ status: 200, type: "text/html" });
    expect(/<h1[^>]*>([^<]*)/.exec(text)?.[1], `the heading of ${path}`).toMatch(heading);
    titles.add(/<title>([^<]*)/.exec(text)?.[1]);
  }
  expect(titles.size, "how many different titles").toBe(3);
});

test("all pages stand in the same layout, that of an error, too", async () => {
  const frame = async (path: string) => {
    const { text } = await app.get(path);
    return navigation(text).map(({ href }) => href);
  };
  for (const path of [...PAGES, "/nobody"])
    expect(await frame(path), `the links of ${path}`).toEqual(["/chat", "/login"]);
});

test("the navigation marks the page that is shown, and no other one", async () => {
  for (const [path, here] of [
    ["/", undefined],
    ["/chat", "/chat"],
    ["/login", "/login"],
    ["/login?from=there", "/login"],
    ["/nobody", undefined],
  ] as const) {
    const marked = navigation((await app.get(path)).text).filter((link) => link.marked);
    expect(
      marked.map(({ href }) => href),
      `what is marked on ${path}`,
    ).toEqual(here === undefined ? [] : [here]);
  }
});

test("each link and each file that a page names is there", async () => {
  for (const page of [...PAGES, "/nobody"]) {
    const { text } = await app.get(page);
    const named = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, path = ""]) => path);
    expect(named.length, `links on ${page}`).toBeGreaterThan(3);
    for (const path of new Set(named)) {
      expect(path, "nothing comes from another server").toMatch(/^\/(?!\/)/);
      expect((await app.get(path)).status, `${path}, named on ${page}`).toBe(200);
    }
  }
});

test("the first page says that nothing is stored, and leads to the chat", async () => {
  const { text } = await app.get("/");
  const main = text.slice(text.indexOf("<main"));
  expect(main).toMatch(/nothing[^.]*stored/i);
  expect(main).toMatch(/href="\/chat"/);
  expect(main).toMatch(/rules/i);
  expect(main).toMatch(/report/i);
});

test("an unknown path is answered 404, with a page that leads back", async () => {
  for (const path of ["/nobody", "/chat/nobody", "/apiece", "/index.ejs", "/views/index.ejs"]) {
    const { status, type, text } = await app.get(path);
    expect({ status, type }, path).toEqual({ status: 404, type: "text/html" });
    expect(/<h1[^>]*>([^<]*)/.exec(text)?.[1]).toContain("404");
    expect(text.slice(text.indexOf("<main"))).toContain('href="/"');
  }
});

test("below /api an unknown path is answered 404 in JSON", async () => {
  for (const path of ["/api/nobody", "/api/version/nobody"]) {
    const { status, type, json } = await app.get(path);
    expect({ status, type, json }, path).toEqual({
      status: 404,
      type: "application/json",
      json: { error: expect.stringMatching(/\S/) },
    });
  }
});

test("a form that nobody expects is answered 404, too", async () => {
  for (const path of ["/", "/chat", "/nobody"]) {
    const { status, type } = await app.form(app.visitor(), path, { a: "b" });
    expect({ status, type }, path).toEqual({ status: 404, type: "text/html" });
  }
  const { status, json } = await app.form(app.visitor(), "/api/version");
  expect({ status, json }).toEqual({ status: 404, json: { error: expect.any(String) } });
});

test("what was asked for stands on the page of an error as text", async () => {
  for (const path of ["/<b>bold</b>", "/nobody?<script>alert(1)</script>"]) {
    const { status, text } = await getRaw(path);
    expect(status, path).toBe(404);
    expect(text, path).not.toMatch(/<b>|<script>alert/);
  }
});

test("a path that cannot be read is no fault of the server: 4xx, and no trace", async () => {
  const { status, text } = await getRaw("/%E0%A4%A");
  expect([400, 404]).toContain(status);
  expect(text).not.toMatch(/\bat .*:\d+:\d+/);
});

test("what a page may load does not lead out of its folder", async () => {
  for (const path of ["/../app.ts", "/..%2fapp.ts", "/%2e%2e/app.ts", "/app.ts"])
    expect((await getRaw(path)).status, path).toBeGreaterThanOrEqual(400);
});

browserTest("the links of the navigation lead from page to page", async () => {
  const page = await app.page("/");
  await page.getByRole("link", { name: "Start a chat" }).click();
  await page.waitForURL("**/chat");
  await page.getByRole("navigation").getByRole("link", { name: "Login" }).click();
  await page.waitForURL("**/login");
  expect(await page.locator("nav [aria-current=page]").allInnerTexts()).toEqual(["Login"]);
  await page.getByRole("navigation").getByRole("link", { name: "Random Chat" }).click();
  await page.waitForURL("**/chat");
  expect(await page.locator("nav [aria-current=page]").allInnerTexts()).toEqual(["Random Chat"]);
});

browserTest("all that a page loads comes from our own server, without a fault", async () => {
  const page = await app.page("about:blank", "");
  const faults: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.running().url)) faults.push(request.url());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  for (const path of PAGES) await page.goto(app.running().url + path, { waitUntil: "networkidle" });
  expect(faults).toEqual([]);
});

browserTest("on a phone nothing is wider than the window", async () => {
  const page = await app.page("about:blank", "");
  await page.setViewportSize({ width: 390, height: 664 });
  for (const path of [...PAGES, `/nobody${"x".repeat(300)}`]) {
    await page.goto(app.running().url + path);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width, path).toBeLessThanOrEqual(390);
  }
});
