import { beforeAll, expect } from "vitest";
import { browserTest, eventually, useApp } from "#testkit";

const app = useApp();

beforeAll(app.addUsers);

const openForm = async (user: number) => {
  const page = await app.page(`/front/messages/${user}`);
  const form = page.locator("form").filter({ has: page.locator("select") });
  const text = form.locator("input:not([type=hidden]), textarea");
  const send = form.locator("button, input[type=submit]").first();
  return { page, form, text, send, recipient: form.locator("select") };
};
const storedMessages = async () => (await app.get("/api/messages")).json;

browserTest("the form offers everybody else as recipient", async () => {
  const { recipient } = await openForm(2);
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
  const { recipient, text } = await openForm(1);
  for (const field of [recipient, text]) {
    const labels = await field.evaluate((it) => [
      (it as unknown as { labels: unknown[] }).labels.length,
      it.getAttribute("aria-label"),
    ]);
    expect(labels, "number of labels, aria-label").not.toEqual([0, null]);
  }
});

browserTest("sending stores the message as JSON, and clears the field", async () => {
  const { page, recipient, text, send } = await openForm(1);
  await recipient.selectOption("3");
  await text.fill("hello from the form");
  const [request] = await Promise.all([
    page.waitForRequest((it) => it.method() === "POST" && it.url().includes("/api/messages")),
    send.click(),
  ]);
  expect(request.headers()["content-type"]).toContain("application/json");
  await eventually(() => text.inputValue()).toBe("");
  const message = (await storedMessages()).at(-1);
  expect(message).toMatchObject({ content: "hello from the form", recipient_id: 3, author_id: 1 });
});

browserTest("the keyboard is enough to send", async () => {
  const { page, recipient, text, send } = await openForm(1);
  const before = (await storedMessages()).length;
  await recipient.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("typed");
  expect(await text.inputValue()).toBe("typed");
  await page.keyboard.press("Tab");
  expect(await send.evaluate((it) => it.matches(":focus-visible"))).toBe(true);
  await page.keyboard.press("Enter");
  await eventually(async () => (await storedMessages()).length).toBe(before + 1);
});

browserTest("what the server refuses is told on the page, and the text is kept", async () => {
  const { page, text, send } = await openForm(1);
  await text.fill("   ");
  await send.click();
  await eventually(() => page.locator("body").innerText()).toContain("content");
  expect(await text.inputValue()).toBe("   ");
});

browserTest("a server that is gone is told on the page, and the text is kept", async () => {
  const cable = await app.cable();
  const page = await app.page("/front/messages/1", cable.url);
  const before = await page.locator("form").innerText();
  const text = page.locator("form input, form textarea").first();
  await text.fill("lost?");
  cable.cut();
  await page.locator("form button").first().click();
  await eventually(() => page.locator("form").innerText()).not.toBe(before);
  expect(await text.inputValue()).toBe("lost?");
});
