import { expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { type Chatter, join, lines, of, stateOf, untilQuiet, useApp } from "../helpers.ts";

const app = useApp();

const leave = ({ socket }: Chatter) => ask(socket, "leave");
const say = ({ socket }: Chatter, text: string) => ask(socket, "message", { text });
const partings = ({ heard }: Chatter) => of("partner_left", heard);

test("who leaves is idle, and the other is told who has left", async () => {
  const [one, two] = await app.pair();
  expect(await leave(one)).toEqual({ state: "idle" });
  await eventually(() => partings(two)).toEqual([{ partner: app.nameOf(one), reason: "left" }]);
  await untilQuiet(one, two);
  expect(partings(one)).toEqual([]);
  expect(partings(two)).toHaveLength(1);
});

test("then the chat is over for both, and each may look for somebody else", async () => {
  const [one, two] = await app.pair();
  await leave(one);
  await eventually(() => partings(two)).toHaveLength(1);
  for (const chatter of [one, two]) {
    expect(await say(chatter, "still there?")).toEqual({ error: "not paired" });
    expect(await leave(chatter)).toEqual({ error: "not in a chat" });
  }
  for (const chatter of [one, two]) {
    const other = await app.chatter();
    await join(chatter);
    await join(other);
    await eventually(() => of("matched", chatter.heard)).toHaveLength(2);
    expect(of("matched", chatter.heard)[1].partners).toEqual([app.nameOf(other)]);
    expect(of("message", chatter.heard)).toEqual([]);
  }
});

test("who closes the connection is lost, and the other is told so", async () => {
  const [one, two] = await app.pair();
  one.socket.close();
  await eventually(() => partings(two)).toEqual([{ partner: app.nameOf(one), reason: "lost" }]);
  expect(await say(two, "hello?")).toEqual({ error: "not paired" });
  await join(two);
});

test("so is somebody whose cable is cut, without a goodbye", async () => {
  const cable = await app.cable();
  const far = { ...app.running(), url: cable.url };
  const [one, two] = [await app.chatter(undefined, far), await app.chatter()];
  await join(one);
  await join(two);
  await eventually(() => of("matched", two.heard)).toHaveLength(1);
  await eventually(() => of("matched", one.heard)).toHaveLength(1);
  cable.cut();
  await eventually(() => partings(two)).toEqual([{ partner: app.nameOf(one), reason: "lost" }]);
  expect(await leave(two)).toEqual({ error: "not in a chat" });
});

test("who has left and is lost then is told once", async () => {
  const [one, two] = await app.pair();
  await leave(one);
  one.socket.close();
  await eventually(() => partings(two)).toMatchObject([{ reason: "left" }]);
  await untilQuiet(two);
  expect(partings(two)).toHaveLength(1);
});

test("both leave at the same moment: one is idle, the other is in no chat any more", async () => {
  for (let times = 0; times < 4; times += 1) {
    const pair = await app.pair();
    const [first, second] = times % 2 === 0 ? pair : [pair[1], pair[0]];
    const answers = await Promise.all([leave(first), leave(second)]);
    expect(answers).toContainEqual({ state: "idle" });
    expect(answers).toContainEqual({ error: "not in a chat" });
    for (const { socket } of pair) await untilRead(socket);
    // Only the one who was left has been told.
    const left = answers.map((answer) => "error" in (answer as object));
    expect([first, second].map((one) => partings(one).length > 0)).toEqual(left);
    for (const chatter of pair) await join(chatter);
    for (const { socket } of pair) socket.close();
  }
});

test("one leaves while the other is lost: nothing ends, and nobody is told twice", async () => {
  for (let times = 0; times < 4; times += 1) {
    const [one, two] = await app.pair();
    one.socket.emit("leave");
    two.socket.close();
    await untilRead(one.socket);
    expect(await leave(one)).toEqual({ error: "not in a chat" });
    expect(partings(one).length).toBeLessThanOrEqual(1);
  }
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
});

test("who is idle cannot leave, however often they try", async () => {
  const chatter = await app.chatter();
  for (let times = 0; times < 3; times += 1)
    expect(await leave(chatter)).toEqual({ error: "not in a chat" });
  await join(chatter);
});

test("who waits may leave, and is met by nobody then", async () => {
  const gone = await app.chatter();
  await join(gone);
  expect(await leave(gone)).toEqual({ state: "idle" });
  const next = await app.chatter();
  await join(next);
  await eventually(() => of("waiting", next.heard)[0]).toEqual({ ahead: 0 });
  await untilQuiet(gone, next);
  expect(of("matched", next.heard)).toEqual([]);
  expect(of("matched", gone.heard)).toEqual([]);
  // And may come back.
  await join(gone);
  await eventually(() => of("matched", gone.heard)).toHaveLength(1);
});

test.for([
  ["has left", "left"],
  ["is lost", "lost"],
] as const)(
  "nobody comes into a half-empty room when one %s: the next stranger waits",
  async ([, reason]) => {
    const [one, two] = await app.pair();
    await say(one, "between us");
    if (reason === "left") await leave(one);
    else one.socket.close();
    await eventually(() => partings(two)).toMatchObject([{ reason }]);
    const next = await app.chatter();
    await join(next);
    await eventually(() => of("waiting", next.heard)[0]).toEqual({ ahead: 0 });
    await untilQuiet(two, next);
    expect(of("matched", next.heard)).toEqual([]);
    expect(of("matched", two.heard)).toHaveLength(1);
    expect(await say(two, "who is there?")).toEqual({ error: "not paired" });
    await join(two);
    await eventually(() => of("matched", next.heard)).toMatchObject([
      { partners: [app.nameOf(two)] },
    ]);
    await untilRead(next.socket);
    expect(of("message", next.heard)).toEqual([]);
  },
);

test("who was left stays idle, while others meet", async () => {
  const [one, two] = await app.pair();
  await leave(one);
  await eventually(() => partings(two)).toHaveLength(1);
  const [three, four] = await app.pair();
  expect(of("matched", three.heard)).toMatchObject([{ partners: [app.nameOf(four)] }]);
  await untilQuiet(one, two);
  for (const { heard } of [one, two]) expect(of("matched", heard)).toHaveLength(1);
});

test("whatever is sent along with leave, and without an acknowledgement, it is the same", async () => {
  for (const values of [[], [null], ["x"], [{ to: "x" }], [[]], [Buffer.from("x")]]) {
    const chatter = await app.chatter();
    await join(chatter);
    chatter.socket.emit("leave", ...values);
    expect(await ask(chatter.socket, "leave", ...values)).toEqual({ error: "not in a chat" });
    chatter.socket.close();
  }
});

test("twenty are lost at once, and the next two are served as ever", async () => {
  const chatters = await app.chatters(20);
  await Promise.all(chatters.map(join));
  for (const { heard } of chatters) await eventually(() => of("matched", heard)).toHaveLength(1);
  for (const { socket } of chatters) socket.close();
  await app.pair();
});

browserTest("the page says who has left, and may look for somebody else", async () => {
  const { page, partner } = await app.pageAndPartner();
  await leave(partner);
  const sentence = `${app.nameOf(partner)} has left.`;
  await eventually(async () => (await lines(page)).at(-1)).toBe(sentence);
  await eventually(() => stateOf(page)).toBe("idle");
  expect(await page.locator("#status").innerText()).toContain(sentence);
});

browserTest("the page says who has disconnected", async () => {
  const { page, partner } = await app.pageAndPartner();
  partner.socket.close();
  const sentence = `${app.nameOf(partner)} has disconnected.`;
  await eventually(async () => (await lines(page)).at(-1)).toBe(sentence);
  await eventually(() => stateOf(page)).toBe("idle");
});

browserTest("Leave ends the chat of a page, and its waiting, too", async () => {
  const { page, partner } = await app.pageAndPartner();
  const [, name] = /as (\S+)$/.exec((await lines(page))[0] ?? "") ?? [];
  await page.getByRole("button", { name: "Leave" }).click();
  await eventually(() => partings(partner)).toEqual([{ partner: name, reason: "left" }]);
  await eventually(() => stateOf(page)).toBe("idle");
  await page.locator("#find").click();
  await eventually(() => stateOf(page)).toBe("waiting");
  await page.locator("#leave").click();
  await eventually(() => stateOf(page)).toBe("idle");
  expect(await page.locator("#leave").isEnabled()).toBe(false);
});

browserTest("a page that is loaded again is lost to its partner, and idle", async () => {
  const { page, partner } = await app.pageAndPartner();
  await page.reload();
  await eventually(() => partings(partner)).toMatchObject([{ reason: "lost" }]);
  await eventually(() => stateOf(page)).toBe("idle");
  expect(await lines(page)).toEqual([]);
});

browserTest("a page whose cable is cut is lost, and idle when it is back", async () => {
  const cable = await app.cable();
  const { page, partner } = await app.pageAndPartner(cable.url);
  cable.cut();
  await eventually(() => partings(partner)).toMatchObject([{ reason: "lost" }]);
  await eventually(() => stateOf(page)).toBe("offline");
  cable.restore();
  await eventually(() => stateOf(page), 15_000).toBe("idle");
});

browserTest("the next chat of a page begins with an empty list", async () => {
  const { page, partner } = await app.pageAndPartner();
  await say(partner, "only for you");
  await eventually(() => lines(page)).toHaveLength(3);
  await leave(partner);
  await eventually(() => stateOf(page)).toBe("idle");
  await page.locator("#find").click();
  await eventually(() => stateOf(page)).toBe("waiting");
  const next = await app.chatter();
  await join(next);
  await eventually(() => stateOf(page)).toBe("paired");
  await eventually(() => of("matched", next.heard)).toHaveLength(1);
  await eventually(() => lines(page)).toEqual([
    expect.stringMatching(/^You've joined the chat as /),
    `${app.nameOf(next)} has joined the chat.`,
  ]);
});
