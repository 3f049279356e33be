import { expect, test } from "vitest";
import { ask, browserTest, eventually, isBefore, untilRead } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp();

/** Sends a click on a connection of its own, and returns what was answered and what all heard. */
const send = async (...values: unknown[]) => {
  const witness = await app.listener();
  const socket = await app.socket();
  const answer = (await ask(socket, "click", ...values)) as { error?: string };
  await untilRead(witness.socket);
  return { answer, clicks: of("click", witness.heard), socket };
};
const refused = { error: expect.stringMatching(/\S/) };

test("a click is acknowledged {}, and then heard by all", async () => {
  const { answer, clicks } = await send({ user: "Ada", comment: "hello" });
  expect(answer).toEqual({});
  expect(clicks).toMatchObject([{ user: "Ada", comment: "hello", style: null }]);
});

test("the sender has its answer before it hears of its click", async () => {
  const { socket, heard } = await app.listener();
  const order: string[] = [];
  socket.on("click", () => order.push("heard"));
  socket.emit("click", { user: "Ada" }, () => order.push("answered"));
  await eventually(() => order).toEqual(["answered", "heard"]);
  expect(of("click", heard)).toHaveLength(1);
});

test.for([
  ["nothing", []],
  ["null", [null]],
  ["a number", [42]],
  ["text", ["click"]],
  ["a list", [["Ada"]]],
  ["bytes", [Buffer.from("Ada")]],
  ["nobody's name", [{}]],
  ["null as a name", [{ user: null }]],
  ["a number as a name", [{ user: 7 }]],
  ["an object as a name", [{ user: { toString: "Ada" } }]],
  ["an empty name", [{ user: "" }]],
  ["spaces as a name", [{ user: "   " }]],
  ["16 characters as a name", [{ user: "x".repeat(16) }]],
  ["a name of two lines", [{ user: "A\nB" }]],
  ["a number as a comment", [{ user: "Ada", comment: 1 }]],
  ["a list as a comment", [{ user: "Ada", comment: [] }]],
  ["76 characters as a comment", [{ user: "Ada", comment: "x".repeat(76) }]],
  ["10,000 characters as a comment", [{ user: "Ada", comment: "x".repeat(10_000) }]],
  ["a comment with control characters", [{ user: "Ada", comment: "a\u0000b" }]],
  ["a number as a style", [{ user: "Ada", style: 5 }]],
  ["a style that there is not", [{ user: "Ada", style: "glitter" }]],
] as [string, unknown[]][])(
  "%s is answered with an error, nobody hears of it, and the connection stays",
  async ([, values]) => {
    const { answer, clicks, socket } = await send(...values);
    expect(answer).toEqual(refused);
    expect(clicks).toEqual([]);
    expect(await ask(socket, "click", { user: "Ada" })).toEqual({});
  },
);

test("the error names the field, and does not quote a stack", async () => {
  expect((await send({ user: "x".repeat(16) })).answer.error).toMatch(/user/);
  expect((await send({ user: "Ada", comment: "x".repeat(76) })).answer.error).toMatch(/comment/);
  for (const bad of [null, { user: 1 }])
    expect((await send(bad)).answer.error).not.toMatch(/\n\s+at /);
});

test("characters are counted as people count them: 15 and 75 are allowed, also of 🙂", async () => {
  for (const letter of ["x", "é", "李", "🙂"]) {
    const click = { user: letter.repeat(15), comment: letter.repeat(75) };
    const { answer, clicks } = await send(click);
    expect(answer, letter).toEqual({});
    expect(clicks).toMatchObject([click]);
    expect((await send({ user: letter.repeat(16) })).answer, letter).toEqual(refused);
  }
});

test("spaces around are cut off; null, empty and missing all mean that there is none", async () => {
  for (const comment of [undefined, null, "", "   "]) {
    const { answer, clicks } = await send({ user: "  Ada ", comment, style: null });
    expect(answer).toEqual({});
    expect(clicks).toMatchObject([{ user: "Ada", comment: null, style: null }]);
  }
  expect((await send({ user: "Ada", comment: "  hi " })).clicks).toMatchObject([{ comment: "hi" }]);
});

test("what a click should not have is not passed on", async () => {
  const { clicks } = await send({ user: "Ada", evil: "<script>", timestamp: 1, id: -5 });
  expect(clicks).toHaveLength(1);
  expect(clicks[0]).not.toHaveProperty("evil");
  expect(clicks[0].timestamp).not.toBe(1);
  expect(clicks[0].id).not.toBe(-5);
});

test("text stays text, whatever it looks like", async () => {
  const comment = `<b>&amp;</b> "q" 'x' {{7*7}} %s`;
  expect((await send({ user: "<i>A</i>", comment })).clicks).toMatchObject([
    { user: "<i>A</i>", comment },
  ]);
});

test("a click of somebody who wants no answer counts as well", async () => {
  const { socket, heard } = await app.listener();
  socket.emit("click", { user: "Ada" });
  socket.emit("click", { user: 42 });
  socket.emit("click", { user: "Bob" }, "no function");
  await eventually(() => of("click", heard)).toMatchObject([{ user: "Ada" }, { user: "Bob" }]);
});

browserTest("the session figure rises when the server has acknowledged", async () => {
  const cable = await app.cable();
  const page = await app.page("/", cable.url);
  await connected(page);
  await page.locator("#button").click();
  await eventually(() => numberIn(page, "#session")).toBe(1);
  const online = await page.locator("#notice").innerText();
  cable.cut();
  await eventually(() => page.locator("#notice").innerText()).not.toBe(online);
  await page.locator("#button").click({ force: true });
  expect(await numberIn(page, "#session"), "pressed while offline").toBe(1);
  const witness = await app.listener();
  cable.restore();
  await eventually(
    () => page.locator("#button").evaluate((it) => it.ariaDisabled !== "true"),
    15_000,
  ).toBe(true);
  await page.locator("#button").click();
  await eventually(() => numberIn(page, "#session")).toBe(2);
  await untilRead(witness.socket);
  expect(of("click", witness.heard), "kept back, and sent later").toHaveLength(1);
});

browserTest("on a phone, too, it is seen without scrolling that the page is offline", async () => {
  const cable = await app.cable();
  const page = await app.page("about:blank", "");
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(cable.url);
  await connected(page);
  cable.cut();
  await eventually(() => page.locator("#notice").innerText()).toMatch(/offline/);
  const box = await page.locator("#notice").boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(664);
});

browserTest("a page says what was wrong, and does not count it", async () => {
  const page = await app.page("/");
  await connected(page);
  // No page of ours sends such a thing: an app may refuse a click for reasons of its own.
  await page.routeWebSocket(/socket\.io/, (route) => {
    const server = route.connectToServer();
    route.onMessage((message) => {
      server.send(String(message).replace('"user":"Guest"', '"user":""'));
    });
  });
  await page.reload();
  await connected(page);
  await page.locator("#button").click();
  await eventually(() => page.locator("#notice").innerText()).toMatch(/\S/);
  expect(await numberIn(page, "#session")).toBe(0);
});

if (isBefore("14")) {
  test("there are no styles yet: null alone is taken", async () => {
    expect((await send({ user: "Ada", style: "green" })).answer).toEqual(refused);
  });
}
