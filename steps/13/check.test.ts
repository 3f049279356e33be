import type { Locator } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, eventually } from "#testkit";
import { EVIL, fillIn, formOf, someUser, useApp } from "../helpers.ts";

const app = useApp();

const dora = someUser({ name: `<b>Dora</b> ${EVIL}` });

beforeAll(async () => {
  await app.addUsers();
  await app.post("/api/users", dora);
});

const bobsPage = app.sharedPage("/front/messages/2");
const storedMessages = async () => (await app.get("/api/messages")).json;

browserTest("the form offers everybody else as recipient", async () => {
  const { recipient } = await formOf(await bobsPage());
  const options = await recipient.locator("option").evaluateAll((all) =>
    all.map((option) => {
      const { value, label } = option as unknown as { value: string; label: string };
      return [value, label.trim()];
    }),
  );
  expect(options.filter(([value]) => value)).toEqual([
    ["1", "Alice Caroll"],
    ["3", "Charlie Chaplin"],
    ["4", dora.name],
  ]);
});

browserTest("each field has a label", async () => {
  const { recipient, text } = await formOf(await bobsPage());
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
    const { page, recipient, text, send } = await formOf(await bobsPage());
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
  const { page, recipient, text, send } = await formOf(await bobsPage());
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
  const stored = (await storedMessages()).length;
  const look = () => page.locator("body").innerText();
  const before = await look();
  const { text, send } = await fillIn(page, "   ");
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
  const { text, send } = await fillIn(page, "lost?");
  cable.cut();
  await send.click();
  await eventually(look).not.toBe(before);
  expect(await text.inputValue()).toBe("lost?");
});

browserTest(
  "a refused message is not sent: the page says why, and keeps the text to send it again",
  async () => {
    const page = await app.page("/front/messages/1");
    const reason = "content: <b>not</b> &lt;today&gt;";
    await page.route("**/api/messages", (route) =>
      route.fulfill({ status: 422, json: { error: reason } }),
    );
    const { text, send } = await fillIn(page, "refused");
    await send.click();
    await eventually(() => page.locator("body").innerText()).toContain(reason);
    expect(await text.inputValue()).toBe("refused");
    await page.unrouteAll();
    const stored = (await storedMessages()).length;
    await eventually(() => send.isEnabled()).toBe(true);
    await send.click();
    await eventually(async () => (await storedMessages()).length).toBe(stored + 1);
  },
);

browserTest("where the answer is lost, the page does not say that nothing was sent", async () => {
  const page = await app.page("/front/messages/1");
  const look = () => page.locator("body").innerText();
  const [before, stored] = [await look(), (await storedMessages()).length];
  let whileSending = before;
  await page.route("**/api/messages", async (route) => {
    await route.fetch();
    whileSending = await look();
    await route.abort();
  });
  const { text, send } = await fillIn(page, "did it arrive?");
  const failed = page.waitForEvent("requestfailed");
  await send.click();
  await failed;
  expect(await storedMessages(), "the message is stored").toHaveLength(stored + 1);
  await eventually(() => text.isEnabled()).toBe(true);
  await eventually(look).not.toBe(before);
  await eventually(look).not.toBe(whileSending);
  expect(await look()).not.toMatch(
    /\bnot (been )?(sent|stored)\b|fail(ed|ure)? to send|n't sen[dt]/i,
  );
  expect(await text.inputValue()).toBe("did it arrive?");
  expect(await storedMessages(), "it is not sent again without being asked").toHaveLength(
    stored + 1,
  );
});

browserTest("a second click while a message is on its way sends nothing twice", async () => {
  const page = await app.page("/front/messages/1");
  const stored = (await storedMessages()).length;
  let [sent, arrive] = [0, () => {}];
  const arriving = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/api/messages", async (route) => {
    sent += 1;
    await arriving;
    await route.continue();
  });
  const { text, send } = await fillIn(page, "once");
  const { x, y, width, height } = (await send.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const click = () => page.mouse.click(x + width / 2, y + height / 2);
  await click();
  await eventually(() => sent).toBe(1);
  await click();
  await text.evaluate((it) => (it as unknown as { focus: () => void }).focus());
  await page.keyboard.press("Enter");
  arrive();
  await eventually(() => text.inputValue()).toBe("");
  expect(sent, "requests that were sent").toBe(1);
  // And then the form is open again.
  await fillIn(page, "and another one");
  await send.click();
  await eventually(async () => (await storedMessages()).length).toBe(stored + 2);
});

browserTest("the field takes the longest message that the server takes", async () => {
  const page = await app.page("/front/messages/1");
  const { text, send } = await fillIn(page, "");
  const longest = "é".repeat(2000);
  await text.focus();
  await page.keyboard.insertText(longest);
  await send.click();
  await eventually(async () => (await storedMessages()).at(-1).content).toBe(longest);
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

/** From the smallest phone to a projector; closely where a field once lay under the button. */
const widths = [
  ...range(310, 360, 5),
  ...range(360, 470, 20),
  ...range(470, 510, 5),
  ...range(510, 550, 20),
  ...range(550, 590, 5),
  ...range(600, 2000, 20),
];

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
}

browserTest("at each width of the window the form's fields and its button fit in", async () => {
  const { page, form } = await formOf(await app.page("/front/messages/1"));
  const faults: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 300 });
    const seen = await form.evaluate((it) => {
      const boxOf = (element: typeof it) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
      };
      const root = it.ownerDocument.documentElement;
      const parts = [...it.querySelectorAll("select, input:not([type=hidden]), textarea, button")];
      return {
        tooWide: root.scrollWidth - root.clientWidth,
        form: boxOf(it),
        parts: parts
          .map((part) => ({ name: part.tagName.toLowerCase(), ...boxOf(part) }))
          // One that is not shown has no size.
          .filter(({ top, bottom }) => bottom > top),
      };
    });
    if (seen.tooWide > 0) faults.push(`${width} px: the page is ${seen.tooWide} px too wide`);
    for (const [at, part] of seen.parts.entries()) {
      // A pixel is what browsers round away.
      const { form } = seen;
      if (
        part.left < form.left - 1 ||
        part.right > form.right + 1 ||
        part.top < form.top - 1 ||
        part.bottom > form.bottom + 1
      )
        faults.push(`${width} px: the ${part.name} sticks out of the form`);
      for (const other of seen.parts.slice(at + 1)) {
        const across = Math.min(part.right, other.right) - Math.max(part.left, other.left);
        const down = Math.min(part.bottom, other.bottom) - Math.max(part.top, other.top);
        if (across > 1 && down > 1)
          faults.push(`${width} px: the ${part.name} and the ${other.name} overlap`);
      }
    }
  }
  expect(faults).toEqual([]);
});
