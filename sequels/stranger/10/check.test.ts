import { expect, test } from "vitest";
import { type Answer, browserTest, eventually, isBefore, type Visitor } from "#testkit";
import { newAccount, timesOn, useApp, username } from "../helpers.ts";

const app = useApp();

/** From step 10b on, whoever registers is logged in at once, and the page says that instead. */
const SAID = isBefore("10b") ? "Your account is made." : "You are logged in.";

const register = async (visitor: Visitor): Promise<void> => {
  const { status, headers } = await app.form(visitor, "/register", newAccount(username()));
  expect({ status, location: headers.get("location") }).toEqual({ status: 303, location: "/" });
};
/** How often the next pages say it, one after the other. */
const timesOnEach = async (visitor: Visitor, ...paths: string[]): Promise<number[]> => {
  const times: number[] = [];
  for (const path of paths) times.push(timesOn(await visitor.get(path), SAID));
  return times;
};

test("whoever registers is led to the first page, which says that it is done", async () => {
  const visitor = app.visitor();
  await register(visitor);
  const page = await visitor.get("/");
  expect(page).toMatchObject({ status: 200, type: "text/html" });
  expect(timesOn(page, SAID)).toBe(1);
});

test("so is who has been in the chat before", async () => {
  const visitor = await app.opened();
  await register(visitor);
  expect(await timesOnEach(visitor, "/", "/")).toEqual([1, 0]);
});

test.for(["/", "/chat", "/login"])(
  "the message stands on the next page, also if that is %s, and on no page after it",
  async (path) => {
    const visitor = app.visitor();
    await register(visitor);
    expect(await timesOnEach(visitor, path, path, "/", "/chat", "/login")).toEqual([1, 0, 0, 0, 0]);
  },
);

test.for(["/", "/chat", "/login"])("to ask for the head of %s does not use it up", async (path) => {
  const visitor = app.visitor();
  await register(visitor);
  for (let times = 0; times < 2; times += 1)
    expect(await visitor.send("HEAD", path)).toMatchObject({ status: 200, text: "" });
  expect(await timesOnEach(visitor, path, path)).toEqual([1, 0]);
});

test("nor does what is no page: an answer in JSON, a picture, the style", async () => {
  const visitor = app.visitor();
  await register(visitor);
  for (const path of ["/api/version", "/api/me", "/api/nothing", "/logo.svg", "/style.css"]) {
    const { text } = await visitor.get(path);
    expect(text, path).not.toContain(SAID);
  }
  expect(await timesOnEach(visitor, "/", "/")).toEqual([1, 0]);
});

test("a page that does not exist, and a form that is refused, do not lose it: it is shown there or after", async () => {
  const visitor = app.visitor();
  const all = async (between: Promise<Answer>, status: number[]) => {
    const page = await between;
    expect(status).toContain(page.status);
    const after = await timesOnEach(visitor, "/", "/");
    expect([timesOn(page, SAID), ...after].filter((times) => times > 0)).toEqual([1]);
  };
  await register(visitor);
  await all(visitor.get("/nothing"), [404]);
  await register(visitor);
  await all(app.form(visitor, "/register", {}), [422]);
});

test("two that wait are two, and both are shown at once", async () => {
  const visitor = app.visitor();
  for (let times = 0; times < 2; times += 1) await register(visitor);
  expect(await timesOnEach(visitor, "/", "/")).toEqual([2, 0]);
  for (let times = 0; times < 4; times += 1) await register(visitor);
  expect(await timesOnEach(visitor, "/login", "/")).toEqual([4, 0]);
});

test("nobody else sees it: neither another visitor, nor who has no cookie, nor who registers at the same time", async () => {
  const [visitor, other, third] = [app.visitor(), await app.opened(), app.visitor()];
  await Promise.all([register(visitor), register(third)]);
  expect(await timesOnEach(other, "/", "/chat", "/login")).toEqual([0, 0, 0]);
  expect(timesOn(await app.get("/"), SAID)).toBe(0);
  expect(await timesOnEach(third, "/", "/")).toEqual([1, 0]);
  expect(await timesOnEach(visitor, "/", "/")).toEqual([1, 0]);
});

test("a form that is refused leaves no message", async () => {
  const visitor = await app.opened();
  const name = username();
  await app.form(app.visitor(), "/register", newAccount(name));
  for (const fields of [{}, newAccount(name), newAccount(username(), "long enough", "and not it")])
    expect((await app.form(visitor, "/register", fields)).status).toBeGreaterThanOrEqual(400);
  expect(await timesOnEach(visitor, "/", "/login")).toEqual([0, 0]);
});

browserTest(
  "its × takes away this one message, and a page that is loaded again has none",
  async () => {
    const page = await app.page("/login");
    const body = () => new URLSearchParams(newAccount(username())).toString();
    // Two of them: a browser that follows no redirect has not seen the first one.
    for (let times = 0; times < 2; times += 1)
      await page.evaluate(
        `fetch("/register", {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: ${JSON.stringify(body())},
      })`,
      );
    await page.goto(`${app.running().url}/`);
    const messages = page.getByText(SAID);
    const close = page.locator("main button", { hasText: "×" });
    await eventually(() => messages.count()).toBe(2);
    expect(await close.count(), "buttons with ×").toBe(2);
    await page.evaluate("window.isSame = true");
    await close.last().click();
    await eventually(() => messages.count()).toBe(1);
    expect(await messages.isVisible()).toBe(true);
    await close.click();
    await eventually(() => messages.count()).toBe(0);
    expect(await page.locator("h1").isVisible(), "the rest of the page").toBe(true);
    expect(await page.evaluate("window.isSame"), "whether it is still the same page").toBe(true);
    await page.reload();
    expect(await messages.count()).toBe(0);
  },
);

browserTest(
  "who sends the form on the page reads it on the next one, and no more after a reload",
  async () => {
    const page = await app.page("/login");
    const fields = page.locator('form[action="/register"]');
    for (const [name, value] of Object.entries(newAccount(username())))
      await fields.locator(`[name=${name}]`).fill(value);
    await fields.locator("button").click();
    await eventually(() => page.getByText(SAID).isVisible()).toBe(true);
    expect(new URL(page.url()).pathname).toBe("/");
    await page.reload();
    expect(await page.getByText(SAID).count()).toBe(0);
  },
);
