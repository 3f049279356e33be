import { expect, test } from "vitest";
import { ask, browserTest, eventually, isBefore, untilRead } from "#testkit";
import { type Chatter, join, lines, of, untilQuiet, useApp } from "../helpers.ts";

const app = useApp();

/** Waits until all are in a chat, and tells how each is called, and with whom they are. */
const meetings = async (chatters: Chatter[]): Promise<{ you: string; partners: string[] }[]> => {
  const all = [];
  for (const { heard } of chatters) {
    await eventually(() => of("matched", heard)).toHaveLength(1);
    all.push(of("matched", heard)[0]);
  }
  return all;
};

test("two who join are matched: each hears how both are called", async () => {
  const [one, two] = await app.pair();
  const [first, second] = await meetings([one, two]);
  expect(first?.partners).toEqual([second?.you]);
  expect(second?.partners).toEqual([first?.you]);
});

test("names are User and six digits", async () => {
  const names: string[] = [];
  for (let times = 0; times < 4; times += 1) names.push(...(await app.pair()).map(app.nameOf));
  for (const name of names) expect(name).toMatch(/^User\d{6}$/);
  const numbers = names.map((name) => Number(name.slice(4)));
  const steps = numbers.slice(1).map((number, at) => Math.abs(number - (numbers[at] ?? 0)));
  // By chance, two in a row are as near as 10 once in 45,000 times.
  expect(
    steps.filter((step) => step <= 10).length,
    "how many follow from one another",
  ).toBeLessThan(3);
});

test("of the partner the name is told, and nothing else: no id, no cookie, no address", async () => {
  const [one, two] = await app.pair();
  for (const [{ heard }, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const { you, partners, ...more } = of("matched", heard)[0];
    expect(more).toEqual({});
    expect([you, partners]).toEqual([expect.any(String), [expect.any(String)]]);
    const all = JSON.stringify(heard);
    expect(all).not.toContain(other.socket.id);
    expect(all).not.toMatch(/127\.0\.0\.1|::1/);
    const sid = decodeURIComponent((await other.visitor.cookie("sid")) ?? "");
    if (sid) expect(all).not.toContain(sid.slice(2, 20));
  }
});

test("a third one waits until a fourth one comes", async () => {
  const pair = await app.pair();
  const third = await app.chatter();
  await join(third);
  await eventually(() => of("waiting", third.heard)[0]).toEqual({ ahead: 0 });
  await untilQuiet(third, ...pair);
  expect(of("matched", third.heard)).toEqual([]);
  const fourth = await app.chatter();
  await join(fourth);
  const [one, two] = await meetings([third, fourth]);
  expect([one?.partners, two?.partners]).toEqual([[two?.you], [one?.you]]);
  for (const { heard } of pair) expect(of("matched", heard)).toHaveLength(1);
});

if (isBefore("05")) {
  test("who comes second meets who came first, and so on", async () => {
    const chatters = await app.chatters(6);
    for (const chatter of chatters) await join(chatter);
    const all = await meetings(chatters);
    for (const [at, { partners }] of all.entries())
      expect(partners, `with number ${at + 1}`).toEqual([all[at % 2 === 0 ? at + 1 : at - 1]?.you]);
  });
}

test("twenty come at once: each of them meets one other, and nobody meets two", async () => {
  const chatters = await app.chatters(20);
  await Promise.all(chatters.map(join));
  const all = await meetings(chatters);
  const pairs = all.map(({ you, partners }) => `${you} with ${partners.join(", ")}`).sort();
  const turned = all.map(({ you, partners }) => `${partners.join(", ")} with ${you}`).sort();
  expect(turned).toEqual(pairs);
  for (const { socket } of chatters) await untilRead(socket);
  for (const { heard } of chatters) expect(of("matched", heard)).toHaveLength(1);
});

test("who is in a chat cannot join again, and stays in it", async () => {
  const [one, two] = await app.pair();
  for (const { socket } of [one, two, one])
    expect(await ask(socket, "join")).toEqual({ error: "already paired" });
  const third = await app.chatter();
  await join(third);
  await untilQuiet(one, two, third);
  expect(of("matched", third.heard)).toEqual([]);
  for (const { heard } of [one, two]) expect(of("matched", heard)).toHaveLength(1);
});

test("who waits cannot join again, and never meets themselves", async () => {
  const chatter = await app.chatter();
  await join(chatter);
  expect(await ask(chatter.socket, "join")).toEqual({ error: "already waiting" });
  await untilQuiet(chatter);
  expect(of("matched", chatter.heard)).toEqual([]);
});

test("whose partner is gone may join again, and meets the next one", async () => {
  const [one, two] = await app.pair();
  one.socket.close();
  // The server knows it a moment later.
  await eventually(() => ask(two.socket, "join")).toEqual({ state: "waiting" });
  const next = await app.chatter();
  await join(next);
  await eventually(() => of("matched", two.heard)).toHaveLength(2);
  await eventually(() => of("matched", next.heard)).toHaveLength(1);
  expect(of("matched", two.heard)[1].partners).toEqual([app.nameOf(next)]);
});

test("nobody meets somebody who waited and is gone", async () => {
  const gone = await app.chatter();
  await join(gone);
  gone.socket.close();
  const [one, two] = await app.pair();
  expect(of("matched", one.heard)[0].partners).toEqual([app.nameOf(two)]);
});

browserTest("the page says as whom it has joined, and with whom", async () => {
  const { page, partner } = await app.pageAndPartner();
  const { you, partners } = of("matched", partner.heard)[0];
  expect(await lines(page)).toEqual([
    `You've joined the chat as ${partners[0]}`,
    `${you} has joined the chat.`,
  ]);
  expect(await page.locator("#status").innerText()).toContain(you);
});

browserTest("two pages meet", async () => {
  const [one, two] = [await app.chatPage(), await app.chatPage()];
  await one.locator("#find").click();
  await two.locator("#find").click();
  await eventually(() => lines(one)).toHaveLength(2);
  await eventually(() => lines(two)).toHaveLength(2);
  const name = (line = "") => /User\d{6}/.exec(line)?.[0];
  const [ofOne, ofTwo] = [await lines(one), await lines(two)];
  expect(ofOne.map(name)).toEqual(ofTwo.map(name).reverse());
});
