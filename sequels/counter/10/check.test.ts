import { beforeAll, expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { connected, of, toasts, useApp } from "../helpers.ts";

const app = useApp({ clock: true });
beforeAll(app.makeItNoon);

/** A step that tells a rename late may take so long, in ms. */
const LATE = 6000;

/** Somebody who hears what is said, after all that was said before. */
const witness = async () => {
  const { socket, heard } = await app.listener();
  await untilRead(socket);
  return { socket, texts: () => of("message", heard).map(({ text }) => text), heard };
};

test("whoever gets a name has joined; all hear it, the newcomer too, as a toast without a style", async () => {
  const { texts, heard } = await witness();
  const ada = await app.listener();
  await ask(ada.socket, "auth", "Ada");
  await eventually(texts).toEqual(["Ada joined"]);
  expect(of("message", heard)).toEqual([{ text: "Ada joined", style: null, type: "toast" }]);
  await eventually(() => of("message", ada.heard)).toMatchObject([{ text: "Ada joined" }]);
});

test("a first click is a name, too", async () => {
  const { texts } = await witness();
  await ask(await app.socket(), "click", { user: "Bea" });
  await eventually(texts).toContain("Bea joined");
});

test("another name is told with the one before, by auth as by a click", async () => {
  const { texts } = await witness();
  const socket = await app.socket();
  await ask(socket, "auth", "Cyd");
  await eventually(texts).toContain("Cyd joined");
  await ask(socket, "auth", "Dee");
  await eventually(texts, LATE).toContain("Cyd is now called Dee");
  await ask(socket, "click", { user: "Eva" });
  await eventually(texts, LATE).toContain("Dee is now called Eva");
});

test("whoever had a name has left when the connection ends", async () => {
  const { texts } = await witness();
  const socket = await app.socket();
  await ask(socket, "auth", "Fay");
  socket.close();
  await eventually(texts).toContain("Fay left");
});

test("the same name again is no news; whoever has no name comes and leaves in silence", async () => {
  const { texts, socket: own } = await witness();
  const socket = await app.socket();
  await ask(socket, "auth", "Gil");
  await ask(socket, "auth", " Gil ");
  await ask(socket, "click", { user: "Gil" });
  await ask(socket, "click", { user: "Gil", comment: "hello" });
  const unnamed = await app.socket();
  await ask(unnamed, "auth", "");
  unnamed.close();
  await untilRead(own);
  socket.close();
  await eventually(texts).toContain("Gil left");
  expect(texts()).toEqual(["Gil joined", "Gil left"]);
});

test("two connections of one name join and leave each for itself", async () => {
  const { texts } = await witness();
  const [one, two] = [await app.socket(), await app.socket()];
  await ask(one, "auth", "Hal");
  await ask(two, "auth", "Hal");
  one.close();
  two.close();
  await eventually(texts).toEqual(["Hal joined", "Hal joined", "Hal left", "Hal left"]);
});

test("a click that is refused names nobody", async () => {
  const { texts, socket: own } = await witness();
  await ask(await app.socket(), "click", { user: "Ida", comment: 5 });
  await untilRead(own);
  expect(texts()).toEqual([]);
});

browserTest("a page shows what is said for a while, as text", async () => {
  const page = await app.page("/");
  await connected(page);
  const name = `<b>J</b>&amp;`;
  await ask(await app.socket(), "auth", name);
  await eventually(() => toasts(page)).toContainEqual(expect.stringContaining(`${name} joined`));
  expect(await page.locator("#toasts b").count()).toBe(0);
  await eventually(() => toasts(page), LATE + 4000).toEqual([]);
});

browserTest(
  "a comment is shown with its user, and the same one again is counted, not stacked",
  async () => {
    const page = await app.page("/");
    await connected(page);
    await page.locator("#name").fill("Kim");
    await page.locator("summary").first().click();
    await page.locator("#comment").fill("<i>hi</i>");
    for (let at = 0; at < 3; at += 1) await page.locator("#button").click();
    await eventually(async () =>
      (await toasts(page)).filter((text) => text.includes("Kim: <i>hi</i>")),
    ).toEqual([expect.stringMatching(/3/)]);
  },
);

browserTest("no more than 30 stand there at once", async () => {
  const page = await app.page("/");
  await connected(page);
  // Nothing fades before it is counted, however slow the machine is.
  await page.evaluate("window.setTimeout = () => 0");
  const sockets = await Promise.all(Array.from({ length: 40 }, () => app.socket()));
  for (const [at, socket] of sockets.entries()) await ask(socket, "auth", `crowd ${at}`);
  await eventually(async () => (await toasts(page)).join()).toContain("crowd 39");
  expect((await toasts(page)).length).toBeLessThanOrEqual(30);
});
