import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, eventually, useApp } from "#testkit";

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
const send = async (page: Page, recipient: number, content: string) => {
  await page.locator("form select").selectOption(String(recipient));
  await page.locator("form input, form textarea").first().fill(content);
  await page.locator("form button").first().click();
};
const shown = (page: Page) => page.locator("tbody tr td:last-child").allInnerTexts();
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
  const live = await bob.locator("tbody").innerText();
  await bob.reload();
  expect(await bob.locator("tbody").innerText()).toBe(live);
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
  const draft = page.locator("form input, form textarea").first();
  await draft.fill("a draft");
  cable.cut();
  for (const content of ["missed 1", "missed 2"]) {
    await app.post("/api/messages", { author_id: 1, recipient_id: 3, content });
  }
  cable.restore();
  await shows(page, [...before, "missed 1", "missed 2"], AGAIN);
  expect(await draft.inputValue(), "what the reader was writing").toBe("a draft");
  await app.post("/api/messages", { author_id: 1, recipient_id: 3, content: "live again" });
  await shows(page, [...before, "missed 1", "missed 2", "live again"]);
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
    const nickname = `"><script>alert('nickname')</script>`;
    const content = `</td><script>alert('content')</script><img src=x onerror="alert(1)">`;
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
        const cells = await row.locator("td").allInnerTexts();
        expect(cells.slice(1), path).toEqual([name, "Alice Caroll", content]);
        expect(await page.locator("body img").count(), path).toBe(0);
      }
    }
    expect(alerts).toBe(0);
  },
);
