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
  sendFrom,
  someUser,
  tellsDate,
  useApp,
} from "../helpers.ts";

const app = useApp();

beforeAll(app.addUsers);

const alicesPage = app.sharedPage("/front/messages/1");
const send = (page: Page, content: string) => sendFrom(page, 2, content);
/** The dates that a row has for machines, if any. */
const forMachines = (row: Locator): Promise<string[]> =>
  row.locator("time").evaluateAll((all) => all.map((it) => it.getAttribute("datetime") ?? ""));

browserTest("the message just sent appears as a new row, without a reload", async () => {
  await app.post("/api/messages", { author_id: 2, recipient_id: 1, content: "there before" });
  const page = await alicesPage();
  // A page that is loaded again forgets it.
  await page.evaluate("globalThis.mark = 'the page as it was opened'");
  await send(page, "no reload needed");
  const row = page.locator("tbody tr", { hasText: "no reload needed" });
  await row.waitFor();
  expect(await row.count()).toBe(1);
  expect(await page.locator("tbody tr").last().innerText()).toContain("no reload needed");
  // A reload that was only begun is done by the time that the next row is there.
  await send(page, "nor now");
  await page.locator("tbody tr", { hasText: "nor now" }).waitFor();
  expect(await page.evaluate("globalThis.mark")).toBe("the page as it was opened");
  const cells = await row.locator("td").allInnerTexts();
  expect(cells[0]).toMatch(/\d:\d\d/);
  expect(cells.join(" ")).not.toMatch(/undefined|null|NaN|object/);
});

browserTest("the new row and the row after a reload show the same date and message", async () => {
  const page = await alicesPage();
  await send(page, "same before and after");
  const row = page.locator("tbody tr", { hasText: "same before and after" });
  await row.waitFor();
  const dateAndContent = async () => {
    const [date, , , content] = await cellsOf(row);
    return [date, content, ...(await forMachines(row))];
  };
  const before = await dateAndContent();
  await page.reload();
  expect(await dateAndContent()).toEqual(before);
});

browserTest(
  "the message just sent is still there for whoever leaves the page and goes back",
  async () => {
    const page = await app.page("/front/messages/1");
    await send(page, "there when I come back");
    const row = page.locator("tbody tr", { hasText: "there when I come back" });
    await row.waitFor();
    await page.goto(`${app.running().url}/front/users`);
    await page.goBack();
    await eventually(() => row.count()).toBe(1);
  },
);

browserTest("two messages with the same text are two rows", async () => {
  const page = await alicesPage();
  const rows = page.locator("tbody tr", { hasText: "the same twice" });
  await send(page, "the same twice");
  await eventually(() => rows.count()).toBe(1);
  await send(page, "the same twice");
  await eventually(() => rows.count()).toBe(2);
});

browserTest("the new row stands on the side of one's own messages", async () => {
  // The same names and as many letters: what differs is who wrote it.
  const ids: number[] = [];
  for (const user of [someUser({ name: "Robin" }), someUser({ name: "Robin" })])
    ids.push((await app.post("/api/users", user)).json.id);
  const [one, two] = ids as [number, number];
  await app.post("/api/messages", { author_id: two, recipient_id: one, content: "ping" });
  const page = await app.page(`/front/messages/${one}`);
  const rows = page.locator("tbody tr");
  await sendFrom(page, two, "pong");
  await eventually(() => rows.count()).toBe(2);
  const received = await lookOf(rows.first());
  await eventually(() => lookOf(rows.last())).not.toBe(received);
});

browserTest("what the page says while there are no messages goes away with the first", async () => {
  const { id } = (await app.post("/api/users", someUser())).json;
  const page = await app.page(`/front/messages/${id}`);
  const whileEmpty = await linesOf(page);
  await sendFrom(page, 2, "the first");
  await page.locator("tbody tr", { hasText: "the first" }).waitFor();
  await expectNothingOutdated(page, whileEmpty);
});

browserTest("HTML in a message is shown as text in the new row", async () => {
  const page = await alicesPage();
  let alerts = 0;
  page.on("dialog", (dialog) => {
    alerts += 1;
    return dialog.dismiss();
  });
  const content = `<img src=x onerror="alert(1)"><b>bold</b> ${EVIL}`;
  await send(page, content);
  const cell = page.locator("tbody td", { hasText: content });
  await cell.waitFor();
  expect(await cell.innerText()).toBe(content);
  expect(await page.locator("tbody :is(img, b, i, [data-evil])").count()).toBe(0);
  expect(alerts).toBe(0);
});

browserTest(
  "what was stored is not called unsent, even where the page fails to show it",
  async () => {
    const page = await app.page("/front/messages/1");
    const before = await linesOf(page);
    await page.route("**/api/messages", (route) => route.fulfill({ status: 201, json: null }));
    const answered = page.waitForResponse("**/api/messages");
    await send(page, "stored");
    await answered;
    const { text } = await formOf(page);
    await eventually(() => text.isEnabled()).toBe(true);
    await page.evaluate("new Promise(requestAnimationFrame)");
    const said = (await linesOf(page)).filter((line) => !before.includes(line));
    expect(said.join("\n")).not.toMatch(
      /\bnot (been )?(sent|stored)\b|no answer|not answer|network|connection/i,
    );
  },
);

browserTest("a refused message does not appear", async () => {
  const page = await alicesPage();
  const before = await page.locator("tbody tr").count();
  await page.route("**/api/messages", (route) =>
    route.fulfill({ status: 422, json: { error: "content: not today" } }),
  );
  try {
    await send(page, "refused");
    await eventually(() => page.locator("body").innerText()).toContain("not today");
    expect(await page.locator("tbody tr").count()).toBe(before);
  } finally {
    await page.unroute("**/api/messages");
  }
});

browserTest("the date is the server's, whatever the clock of the browser says", async () => {
  const page = await alicesPage();
  await page.evaluate(`Date = class extends Date {
    constructor(...when) { super(...(when.length > 0 ? when : ["2001-01-01"])); }
    static now() { return new Date().getTime(); }
  }`);
  await send(page, "what time is it?");
  const row = page.locator("tbody tr", { hasText: "what time is it?" });
  await row.waitFor();
  const { date } = (await app.get("/api/messages")).json.at(-1);
  const [shown = ""] = await row.locator("td").allInnerTexts();
  expect(tellsDate(shown, date), `"${shown}" tells day and time of ${date}`).toBe(true);
  for (const it of await forMachines(row))
    expect(Date.parse(it), `datetime ${it}`).toBe(Date.parse(date));
});

browserTest("on a phone the new row can be seen", async () => {
  for (let more = 0; more < 10; more += 1)
    await app.post("/api/messages", { author_id: 2, recipient_id: 1, content: "to scroll by" });
  const page = await app.page("/front/messages/1");
  await page.setViewportSize({ width: 390, height: 700 });
  await send(page, "in sight");
  const cell = page.locator("tbody td", { hasText: "in sight" });
  const uncovered = () =>
    cell.evaluate((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return it.contains(it.ownerDocument.elementFromPoint(x + width / 2, y + height / 2));
    });
  await eventually(uncovered).toBe(true);
});
