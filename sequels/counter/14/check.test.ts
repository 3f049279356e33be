import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { type Click, changeHeard, connected, of, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

const COLOURS = ["green", "purple", "blue", "yellow", "black", "white", "fancy"];
const LINES = ["small", "big", "dotted", "dashed", "highlight", "fire"];
const latest = async () => (await app.get("/api/latest_clicks")).json as Click[];

test("a click may have a colour, a line, or one of each", async () => {
  const pairs = COLOURS.map((colour, at) => `${colour} ${LINES[at % LINES.length]}`);
  const socketFor = [await app.socket(), await app.socket()];
  for (const [at, style] of [...COLOURS, ...LINES, ...pairs].entries()) {
    const { socket, heard } = await app.listener();
    expect(await ask(socketFor[at % 2] ?? socket, "click", { user: "Ada", style }), style).toEqual(
      {},
    );
    await untilRead(socket);
    expect(of("click", heard), style).toMatchObject([{ style }]);
    expect((await latest())[0], style).toMatchObject({ style });
  }
});

test("null, nothing, empty and spaces mean no style", async () => {
  for (const style of [null, undefined, "", "  "]) {
    expect(await ask(await app.socket(), "click", { user: "Ada", style })).toEqual({});
    expect((await latest())[0]).toMatchObject({ style: null });
  }
});

test("anything else is refused, with the field's name: not stored, not heard", async () => {
  const before = await latest();
  const witness = await app.listener();
  for (const style of [
    "red",
    "green blue",
    "small big",
    "green small fire",
    "green evil",
    "evil",
    "is-green",
    "Green",
    "<b>",
    'green" onclick="x',
    "constructor",
    "__proto__",
    7,
    ["green"],
    { colour: "green" },
    "x".repeat(10_000),
  ])
    expect(await ask(await app.socket(), "click", { user: "Ada", style }), `${style}`).toEqual({
      error: expect.stringContaining("style"),
    });
  await untilRead(witness.socket);
  expect(of("click", witness.heard)).toEqual([]);
  expect(await latest()).toEqual(before);
});

browserTest(
  "colour and line are chosen on the page, kept, sent, and seen on other pages",
  async () => {
    const [one, two] = [await app.page("/"), await app.page("/")];
    await connected(one);
    await connected(two);
    const { heard } = await app.listener();
    await one.locator("summary").first().click();
    await one.locator("#colour").selectOption("green");
    await one.locator("#line").selectOption("dotted");
    await one.locator("#comment").fill("in green");
    await one.locator("#button").click();
    await eventually(() => of("click", heard)).toMatchObject([{ style: "green dotted" }]);
    const plain = await two
      .locator("#notice")
      .evaluate((it) => it.ownerDocument.defaultView.getComputedStyle(it).backgroundColor);
    const toast = two.locator("#toasts li", { hasText: "in green" });
    await toast.waitFor();
    expect(
      await toast.evaluate(
        (it) => it.ownerDocument.defaultView.getComputedStyle(it).backgroundColor,
      ),
    ).not.toBe(plain);
    expect(await toast.getAttribute("class")).toMatch(/green/);
    await one.reload();
    await connected(one);
    expect(await one.locator("#colour").inputValue()).toBe("green");
    expect(await one.locator("#line").inputValue()).toBe("dotted");
  },
);

browserTest("a page makes no class names of what it does not know", async () => {
  const page = await app.page("/");
  await changeHeard(page, (message) => message.replace('"style":"green"', '"style":"evil unseen"'));
  await page.reload();
  await connected(page);
  await page.evaluate(`
    window.classes = [];
    new MutationObserver(() => {
      for (const it of document.querySelectorAll("#rings span, #toasts li")) window.classes.push(it.className);
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  `);
  await ask(await app.socket(), "click", { user: "Ada", comment: "evil", style: "green" });
  await page.locator("#toasts li", { hasText: "Ada: evil" }).waitFor();
  await eventually(
    async () => ((await page.evaluate("window.classes")) as string[]).length,
  ).toBeGreaterThan(0);
  expect(((await page.evaluate("window.classes")) as string[]).join()).not.toMatch(/evil|unseen/);
});
