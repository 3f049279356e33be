import type { Locator, Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, eventually, useApp } from "#testkit";

const app = useApp();

beforeAll(app.addUsers);

const bobsPage = app.sharedPage("/front/messages/2");
const formOf = (page: Page) => {
  const form = page.locator("form").filter({ has: page.locator("select") });
  const text = form.locator("input:not([type=hidden]), textarea");
  const send = form.locator("button, input[type=submit]").first();
  return { page, form, text, send, recipient: form.locator("select") };
};
const storedMessages = async () => (await app.get("/api/messages")).json;

browserTest("the form offers everybody else as recipient", async () => {
  const { recipient } = formOf(await bobsPage());
  const options = await recipient
    .locator("option")
    .evaluateAll((all) =>
      all.map((option) => [
        (option as unknown as { value: string }).value,
        option.textContent?.trim(),
      ]),
    );
  expect(options.filter(([value]) => value)).toEqual([
    ["1", "Alice Caroll"],
    ["3", "Charlie Chaplin"],
  ]);
});

browserTest("each field has a label", async () => {
  const { recipient, text } = formOf(await bobsPage());
  for (const field of [recipient, text]) {
    const labels = await field.evaluate((it) => [
      (it as unknown as { labels: unknown[] }).labels.length,
      it.getAttribute("aria-label"),
    ]);
    expect(labels, "number of labels, aria-label").not.toEqual([0, null]);
  }
});

browserTest(
  "sending stores the message of the page's user as JSON, and clears the field",
  async () => {
    const { page, recipient, text, send } = formOf(await bobsPage());
    const address = page.url();
    await recipient.selectOption("3");
    await text.fill("hello from the form");
    const [request] = await Promise.all([
      page.waitForRequest((it) => it.method() === "POST" && it.url().includes("/api/messages")),
      send.click(),
    ]);
    expect(request.headers()["content-type"]).toContain("application/json");
    await eventually(() => text.inputValue()).toBe("");
    // A form that the browser sends, too, in its own way, loads the page again with its fields.
    expect(page.url(), "the page's address").toBe(address);
    const message = (await storedMessages()).at(-1);
    expect(message).toMatchObject({
      content: "hello from the form",
      recipient_id: 3,
      author_id: 2,
    });
  },
);

browserTest("the keyboard is enough to send, and shows where it is", async () => {
  const { page, recipient, text, send } = formOf(await bobsPage());
  const before = (await storedMessages()).length;
  const tabTo = async (field: Locator) => {
    for (let pressed = 0; pressed < 20; pressed += 1) {
      if (await field.evaluate((it) => it.matches(":focus-visible"))) break;
      await page.keyboard.press("Tab");
    }
    const visible = field.evaluate((it) => {
      const { outlineStyle, boxShadow } = it.ownerDocument.defaultView.getComputedStyle(it);
      return outlineStyle !== "none" || boxShadow !== "none";
    });
    expect(await visible, "the focus can be seen").toBe(true);
  };
  await tabTo(recipient);
  await tabTo(text);
  await page.keyboard.type("typed");
  await tabTo(send);
  await page.keyboard.press("Enter");
  await eventually(async () => (await storedMessages()).length).toBe(before + 1);
});

browserTest("a message of spaces is not stored, the page says so, and keeps it", async () => {
  const page = await app.page("/front/messages/1");
  const { text, send } = formOf(page);
  const stored = (await storedMessages()).length;
  const look = () => page.locator("body").innerText();
  const before = await look();
  await text.fill("   ");
  await send.click();
  // In words of the page, or in a bubble of the browser's own. (A field that is disabled while its
  // message is sent is neither valid nor invalid.)
  const told = async () =>
    (await look()) !== before || (await text.evaluate((it) => it.matches(":invalid")));
  await eventually(told).toBe(true);
  expect(await text.inputValue()).toBe("   ");
  expect(await storedMessages()).toHaveLength(stored);
});

browserTest("a server that is gone is told on the page, and the text is kept", async () => {
  const cable = await app.cable();
  const page = await app.page("/front/messages/1", cable.url);
  const look = () => page.locator("body").innerText();
  const before = await look();
  const text = page.locator("form input, form textarea").first();
  await text.fill("lost?");
  cable.cut();
  await page.locator("form button").first().click();
  await eventually(look).not.toBe(before);
  expect(await text.inputValue()).toBe("lost?");
});

browserTest("long names and messages stay inside the window of a phone", async () => {
  const name = "N".repeat(100);
  const user = { name, email: "long@foo.com", nickname: "n".repeat(50) };
  const { id } = (await app.post("/api/users", user)).json;
  await app.post("/api/messages", { author_id: id, recipient_id: 1, content: "m".repeat(2000) });
  const page = await app.page("about:blank", "");
  await page.setViewportSize({ width: 390, height: 800 });
  for (const path of ["/front/users", "/front/messages/1", `/front/messages/${id}`]) {
    await page.goto(app.running().url + path);
    const [content = 0, window = 0] = await page
      .locator("html")
      .evaluate((it) => [it.scrollWidth, it.clientWidth]);
    expect(content, path).toBeLessThanOrEqual(window);
  }
});
