import type { Locator, Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, eventually } from "#testkit";
import {
  cellsOf,
  EVIL,
  expectNothingOutdated,
  formOf,
  linesOf,
  lookOf,
  sendFrom as send,
  someUser,
  useApp,
} from "../helpers.ts";

const app = useApp();

beforeAll(app.addUsers);

const greetings = () => app.running().log().split("connect-ack").length - 1;
/** Pages whose sockets have said who they are: what is sent from now on reaches them live. */
const openPages = async (users: number[], base?: string) => {
  const before = greetings();
  const pages = await Promise.all(users.map((user) => app.page(`/front/messages/${user}`, base)));
  await eventually(greetings).toBeGreaterThanOrEqual(before + users.length);
  return pages;
};
const openPage = async (user: number, base?: string) => (await openPages([user], base))[0] as Page;
const shown = async (page: Page) =>
  (await page.locator("tbody tr td:last-child").allInnerTexts()).map((text) => text.trim());
const WHEN = "2026-11-21T11:20:33.123Z";
/** A client that has lost its connection may take its time until it tries again, in ms. */
const AGAIN = 15_000;
const shows = (page: Page, contents: string[], least = 0) =>
  eventually(() => shown(page), least).toEqual(contents);

browserTest("two users' pages talk to each other, each message once and in order", async () => {
  const pages = (await openPages([1, 2, 3, 1])) as [Page, Page, Page, Page];
  const [alice, bob, charlie, secondTab] = pages;
  await send(alice, 2, "are you there?");
  await shows(bob, ["are you there?"]);
  await send(bob, 1, "yes");
  const both = ["are you there?", "yes"];
  for (const page of [alice, bob, secondTab]) await shows(page, both);
  await send(bob, 3, "and you, Charlie?");
  await shows(charlie, ["and you, Charlie?"]);
  await shows(bob, [...both, "and you, Charlie?"]);
  for (const page of [alice, secondTab]) expect(await shown(page)).toEqual(both);
  const live = await cellsOf(bob.locator("tbody"));
  await bob.reload();
  expect(await cellsOf(bob.locator("tbody"))).toEqual(live);
});

browserTest("a message comes over the socket: the page does not have to ask for it", async () => {
  const page = await openPage(3);
  await page.waitForLoadState("networkidle");
  const stored = (await app.get("/api/messages/with/3")).json as { content: string }[];
  expect(await shown(page), "each stored message once").toEqual(
    stored.map(({ content }) => content),
  );
  const asked: string[] = [];
  page.on("request", (it) => it.url().includes("/api/") && asked.push(it.url()));
  await app.post("/api/messages", { author_id: 1, recipient_id: 3, content: "live" });
  await eventually(async () => (await shown(page)).at(-1)).toBe("live");
  expect(asked).toEqual([]);
});

browserTest("after a lost connection the page catches up, once and in order", async () => {
  const cable = await app.cable();
  const page = await openPage(3, cable.url);
  // From then on it is a WebSocket that is lost. A polling request that breaks is repeated by the
  // browser itself: the page would not know what was lost with it.
  await page.waitForLoadState("networkidle");
  const before = await shown(page);
  const { text: draft } = await formOf(page);
  await draft.fill("a draft");
  cable.cut();
  const missed = ["missed 1", "missed 2", "missed twice", "missed twice"];
  for (const content of missed) {
    await app.post("/api/messages", { author_id: 1, recipient_id: 3, content });
  }
  // Written within one millisecond, as on a quick machine.
  app.database().prepare("UPDATE messages SET date = ? WHERE content LIKE 'missed%'").run(WHEN);
  cable.restore();
  await shows(page, [...before, ...missed], AGAIN);
  expect(await draft.inputValue(), "what the reader was writing").toBe("a draft");
  await app.post("/api/messages", { author_id: 1, recipient_id: 3, content: "live again" });
  await shows(page, [...before, ...missed, "live again"]);
});

browserTest("after the server was restarted the page catches up, too", async () => {
  const page = await openPage(3);
  const before = await shown(page);
  await app.running().restart();
  await app.post("/api/messages", { author_id: 2, recipient_id: 3, content: "after the restart" });
  await shows(page, [...before, "after the restart"], AGAIN);
});

browserTest(
  "HTML and script in names and messages stay text, live and after a reload",
  async () => {
    const name = `<img src=x onerror="alert('name')">`;
    const nickname = `"><script>alert(1)</script> data-evil=3 '`;
    const content = `</td><script>alert('content')</script><img src=x onerror="alert(1)"> ${EVIL}`;
    const { id } = (await app.post("/api/users", { name, email: "eve@foo.com", nickname })).json;
    const pages = await openPages([1, id]);
    let alerts = 0;
    for (const page of pages) {
      page.on("dialog", (dialog) => {
        alerts += 1;
        return dialog.dismiss();
      });
    }
    await app.post("/api/messages", { author_id: id, recipient_id: 1, content });
    for (const page of pages) {
      const row = page.locator("tbody tr", { hasText: content });
      for (const path of ["live", "reload"]) {
        if (path === "reload") await page.reload();
        await row.waitFor();
        const cells = await cellsOf(row);
        expect(cells.slice(1), path).toEqual([name, "Alice Caroll", content]);
        expect(await page.locator(":is(img, i, [data-evil])").count(), path).toBe(0);
      }
    }
    expect(alerts).toBe(0);
  },
);

const write = (author_id: number, recipient_id: number, content: string) =>
  app.post("/api/messages", { author_id, recipient_id, content });
const lastShown = async (page: Page) => (await shown(page)).at(-1);

browserTest("two messages with the same text are two", async () => {
  const page = await openPage(3);
  const before = await shown(page);
  for (const content of ["same", "same"]) await write(1, 3, content);
  await shows(page, [...before, "same", "same"]);
});

browserTest("live, too, one's own messages stand apart from those received", async () => {
  // The same names and as many letters: what differs is who wrote it.
  const ids: number[] = [];
  for (const user of [someUser({ name: "Robin" }), someUser({ name: "Robin" })])
    ids.push((await app.post("/api/users", user)).json.id);
  const [one, two] = ids as [number, number];
  const page = await openPage(one);
  await write(two, one, "ping");
  await write(one, two, "pong");
  await shows(page, ["ping", "pong"]);
  const rows = page.locator("tbody tr");
  expect(await lookOf(rows.first())).not.toBe(await lookOf(rows.last()));
});

browserTest("what is sent while the page still loads its script is not missed", async () => {
  const before = (await app.get("/api/messages/with/3")).json as { content: string }[];
  const page = await app.page("about:blank", "");
  const load = await hold(page, "**/*.js");
  await page.goto(`${app.running().url}/front/messages/3`, { waitUntil: "commit" });
  await page.locator("table").waitFor({ state: "attached" });
  await write(1, 3, "meanwhile");
  load();
  await shows(page, [...before.map(({ content }) => content), "meanwhile"]);
});

browserTest("what is sent while the page says who it is, is not missed", async () => {
  const before = (await app.get("/api/messages/with/3")).json as { content: string }[];
  const page = await app.page("about:blank", "");
  let isHeld = false;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.routeWebSocket(/socket\.io/, (near) => {
    const far = near.connectToServer();
    near.onMessage(async (message) => {
      if (String(message).includes("connect-ack")) {
        isHeld = true;
        await held;
      }
      far.send(message);
    });
  });
  await page.goto(`${app.running().url}/front/messages/3`);
  await eventually(() => isHeld).toBe(true);
  // What the page asks for before it is heard is answered by then.
  await page.waitForLoadState("networkidle");
  await write(1, 3, "in between");
  letGo();
  await shows(page, [...before.map(({ content }) => content), "in between"]);
});

browserTest("a missed message stands before one that came live and is newer", async () => {
  const cable = await app.cable();
  const page = await openPage(3, cable.url);
  await page.waitForLoadState("networkidle");
  const before = await shown(page);
  const answer = await hold(page, "**/api/messages/with/**");
  cable.cut();
  await write(1, 3, "older, missed");
  const greeted = greetings();
  cable.restore();
  await eventually(greetings, AGAIN).toBeGreaterThan(greeted);
  await write(1, 3, "newer, live");
  await eventually(() => lastShown(page)).not.toBe(before.at(-1));
  answer();
  await shows(page, [...before, "older, missed", "newer, live"]);
});

browserTest(
  "where catching up fails, the page tries again, and says that something may be missing",
  async () => {
    const cable = await app.cable();
    const page = await openPage(3, cable.url);
    await write(1, 3, "as usual");
    await eventually(() => lastShown(page)).toBe("as usual");
    await page.waitForLoadState("networkidle");
    const [before, asUsual] = [await shown(page), await inSight(page)];
    const address = "**/api/messages/with/**";
    await page.route(address, (route) => route.fulfill({ status: 500, json: { error: "no" } }));
    const failed = page.waitForResponse(address, { timeout: AGAIN + 5000 });
    cable.cut();
    await write(1, 3, "missed at first");
    cable.restore();
    await failed;
    await write(1, 3, "newer, live");
    await eventually(() => lastShown(page)).toBe("newer, live");
    await eventually(() => inSight(page)).not.toBe(asUsual);
    await page.unroute(address);
    await shows(page, [...before, "missed at first", "newer, live"], 2 * AGAIN);
  },
);

browserTest(
  "after a lost answer the form stays locked until the page shows whether it was sent",
  async () => {
    const cable = await app.cable();
    const page = await openPage(1, cable.url);
    await page.waitForLoadState("networkidle");
    const { text, send: button, recipient } = await formOf(page);
    // It arrives, but by then nobody can tell the page.
    await page.route("**/api/messages", async (route) => {
      cable.cut();
      await app.post("/api/messages", route.request().postDataJSON());
      await route.abort();
    });
    await recipient.selectOption("2");
    await text.fill("sent, unknown to me");
    const failed = page.waitForEvent("requestfailed");
    await button.click();
    await failed;
    await page.evaluate("new Promise(requestAnimationFrame)");
    expect(await button.isEnabled(), "the button, before the page knows").toBe(false);
    cable.restore();
    await eventually(() => button.isEnabled(), 2 * AGAIN).toBe(true);
    expect(await lastShown(page)).toBe("sent, unknown to me");
    expect(await text.inputValue()).toBe("sent, unknown to me");
  },
);

/** Whether the middle of an element is what a person sees at its place. */
const isSeen = (element: Locator) =>
  element.evaluate((it) => {
    const { x, y, width, height } = it.getBoundingClientRect();
    return it.contains(it.ownerDocument.elementFromPoint(x + width / 2, y + height / 2));
  });

/** What can be read without scrolling, but for the messages. */
const inSight = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const seen = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("table, option")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { x, y, width, height } = range.getBoundingClientRect();
      if (parent.contains(document.elementFromPoint(x + width / 2, y + height / 2)))
        seen.push(node.data.trim());
    }
    return seen.join("\\n");
  })()`);
const scroll = async (page: Page, way: number) => {
  await page.mouse.move(200, 200);
  await page.mouse.wheel(0, way * 100_000);
};
const manyMessages = async () => {
  for (let number = 1; number <= 12; number += 1) await write(1, 3, `number ${number}`);
};

browserTest("a page begins at its newest message", async () => {
  await manyMessages();
  const page = await app.page("about:blank", "");
  await page.setViewportSize({ width: 390, height: 640 });
  await page.goto(`${app.running().url}/front/messages/3`);
  await eventually(() => isSeen(page.locator("tbody tr td:last-child").last())).toBe(true);
});

browserTest("wherever one has scrolled, the page says how the connection is", async () => {
  await manyMessages();
  const cable = await app.cable();
  const page = await openPage(3, cable.url);
  await page.setViewportSize({ width: 390, height: 640 });
  await write(1, 3, "connected");
  await eventually(() => lastShown(page)).toBe("connected");
  const first = page.locator("tbody tr td:last-child").first();
  const last = page.locator("tbody tr td:last-child").last();
  await scroll(page, 1);
  await eventually(() => isSeen(last)).toBe(true);
  const atEnd = await inSight(page);
  await scroll(page, -1);
  await eventually(() => isSeen(first)).toBe(true);
  const atTop = await inSight(page);
  cable.cut();
  await eventually(() => inSight(page)).not.toBe(atTop);
  await scroll(page, 1);
  await eventually(() => isSeen(last)).toBe(true);
  const offline = await inSight(page);
  expect(offline, "what stands there when the connection is lost").not.toBe(atEnd);
  cable.restore();
  await eventually(() => inSight(page), AGAIN).not.toBe(offline);
});

browserTest("a new message is seen by who is at the end, and tears nobody else away", async () => {
  await manyMessages();
  const page = await openPage(3);
  await page.setViewportSize({ width: 390, height: 640 });
  const first = page.locator("tbody tr td:last-child").first();
  const last = page.locator("tbody tr td:last-child").last();
  await scroll(page, 1);
  await eventually(() => isSeen(last)).toBe(true);
  await write(1, 3, "for who is at the end");
  await eventually(() => last.innerText()).toBe("for who is at the end");
  await eventually(() => isSeen(last)).toBe(true);
  await scroll(page, -1);
  await eventually(() => isSeen(first)).toBe(true);
  await write(1, 3, "for who reads older ones");
  await eventually(() => last.innerText()).toBe("for who reads older ones");
  await page.evaluate("new Promise(requestAnimationFrame)");
  expect(await isSeen(first), "the first message is still in sight").toBe(true);
});

browserTest("somebody who writes for the first time can be answered without a reload", async () => {
  // Last in this file: it leaves Alice alone here.
  const database = app.database();
  database.exec("DELETE FROM messages");
  database.exec("DELETE FROM users WHERE id > 1");
  const page = await openPage(1);
  const whileAlone = await linesOf(page);
  const user = someUser({ name: "Grace <New>" });
  const { id } = (await app.post("/api/users", user)).json;
  await write(id, 1, "may I join?");
  await write(id, 1, "hello?");
  await shows(page, ["may I join?", "hello?"]);
  const { recipient } = await formOf(page);
  expect(await recipient.locator(`option[value="${id}"]`).allTextContents()).toEqual([user.name]);
  await send(page, id, "welcome");
  await shows(page, ["may I join?", "hello?", "welcome"]);
  const second = someUser();
  const { id: secondId } = (await app.post("/api/users", second)).json;
  await write(secondId, 1, "and me?");
  await eventually(() => recipient.locator("option").allTextContents()).toContain(second.name);
  await send(page, secondId, "welcome, too");
  await eventually(() => lastShown(page)).toBe("welcome, too");
  // What a page says to who is alone is not said any more: compared with one that is loaded now.
  await expectNothingOutdated(page, whileAlone);
  expect((await app.get("/api/messages")).json.slice(-3)).toMatchObject([
    { author_id: 1, recipient_id: id, content: "welcome" },
    { author_id: secondId, recipient_id: 1, content: "and me?" },
    { author_id: 1, recipient_id: secondId, content: "welcome, too" },
  ]);
});

/** Holds back what the page asks for at `address`, until the answer is called. */
async function hold(page: Page, address: string): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}
