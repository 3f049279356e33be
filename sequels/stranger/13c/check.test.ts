import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { type Chatter, join, lines, of, stateOf, useApp, word } from "../helpers.ts";

const app = useApp();

/** The time in which so many are let through, in ms. */
const WINDOW = 3000;
/** Two clocks are looked at: the app's own may be a little behind. */
const LATE = 50;
const TOO_FAST = { error: "too fast" };
const SENT = { state: "paired" };

const write = ({ socket }: Chatter, text = word()) => ask(socket, "message", { text });
/** Sends so many at once: nobody can be faster. */
const burst = (chatter: Chatter, count: number) =>
  Promise.all(Array.from({ length: count }, () => write(chatter)));
const texts = ({ heard }: Chatter) => of("message", heard).map(({ text }) => text);
/** Does moves one after the other, without waiting for the answers. */
const move = ({ socket }: Chatter, moves: string[]) =>
  Promise.all(moves.map((it) => ask(socket, it)));
/** These words, again and again, until they are so many. */
const moves = (count: number, ...words: string[]) =>
  Array.from({ length: count }, (_, at) => words[at % words.length] as string);
const isRefused = (answer: unknown) => (answer as { error?: string }).error === TOO_FAST.error;

test("of six messages at once five are sent; the sixth is too fast, and the partner does not hear it", async () => {
  const [one, two] = await app.pair();
  const sent = Array.from({ length: 6 }, word);
  const answers = await Promise.all(sent.map((text) => write(one, text)));
  expect(answers).toEqual([SENT, SENT, SENT, SENT, SENT, TOO_FAST]);
  for (const each of [one, two]) {
    await untilRead(each.socket);
    expect(texts(each)).toEqual(sent.slice(0, 5));
  }
});

test("of 300 for which no answer is wanted, five are sent", async () => {
  const [one, two] = await app.pair();
  for (let number = 0; number < 300; number += 1) one.socket.emit("message", { text: word() });
  await untilRead(one.socket);
  await untilRead(two.socket);
  expect(texts(two)).toHaveLength(5);
});

test("after a pause five more are sent, and not one more because it was long", async () => {
  const [one, two] = await app.pair();
  await burst(one, 5);
  await sleep(2 * WINDOW + LATE);
  expect(await burst(one, 6)).toEqual([SENT, SENT, SENT, SENT, SENT, TOO_FAST]);
  await untilRead(two.socket);
  expect(texts(two)).toHaveLength(10);
});

test("in no three seconds there are more than five, wherever they begin", async () => {
  // On a machine that was held up it proves nothing: it is tried again.
  for (let tries = 1; tries <= 5; tries += 1) {
    const [one] = await app.pair();
    const begin = performance.now();
    const first = await burst(one, 2);
    const over = performance.now() + WINDOW + LATE;
    await sleep(WINDOW / 2);
    const middle = performance.now();
    const second = await burst(one, 4);
    const isLate = performance.now() - begin >= WINDOW;
    await sleep(Math.max(0, over - performance.now()));
    const third = await burst(one, 3);
    if (isLate || performance.now() - middle >= WINDOW) continue;
    expect(first).toEqual([SENT, SENT]);
    expect(second).toEqual([SENT, SENT, SENT, TOO_FAST]);
    // Three seconds after the first two there is place for two.
    expect(third).toEqual([SENT, SENT, TOO_FAST]);
    return;
  }
  throw new Error("the machine was held up five times: nothing is proved");
});

test("what is refused is not counted: who goes on too fast is heard again after three seconds", async () => {
  const [one, two] = await app.pair();
  const begin = performance.now();
  await burst(one, 5);
  const over = performance.now() + WINDOW + LATE;
  while (performance.now() < over - 300) {
    const answers = await burst(one, 3);
    if (performance.now() - begin < WINDOW) expect(answers.every(isRefused)).toBe(true);
    await sleep(100);
  }
  await sleep(Math.max(0, over - performance.now()));
  expect(await write(one, "once more")).toEqual(SENT);
  await untilRead(two.socket);
  expect(texts(two)).toContain("once more");
});

test("each connection has its own five: of partners, and of the tabs of one visitor", async () => {
  const [one, two] = await app.pair();
  expect(await burst(one, 6)).toContainEqual(TOO_FAST);
  expect(await burst(two, 5)).not.toContainEqual(TOO_FAST);
  const [tab, other] = [await app.chatter(one.visitor), await app.chatter()];
  for (const each of [tab, other]) await join(each);
  await eventually(() => of("matched", tab.heard)).toHaveLength(1);
  expect(await burst(tab, 5)).not.toContainEqual(TOO_FAST);
});

test("whoever is too fast stays in the chat, hears the partner, and can leave", async () => {
  const [one, two] = await app.pair();
  await burst(one, 40);
  await write(two, "slowly");
  await eventually(() => texts(one)).toContain("slowly");
  expect(await ask(one.socket, "leave")).toEqual({ state: "idle" });
  await eventually(() => of("partner_left", two.heard)).toHaveLength(1);
});

test("the 21st move is too fast, and changes nothing", async () => {
  const [one, two] = [await app.chatter(), await app.chatter()];
  const done = Promise.all([
    move(one, moves(25, "join", "leave")),
    move(two, ["join", ...moves(24, "next")]),
  ]);
  const [ofOne, ofTwo] = await done;
  expect(ofOne.slice(0, 20)).toEqual(moves(20, "waiting", "idle").map((state) => ({ state })));
  expect(ofTwo.slice(0, 20)).toEqual(moves(20, "waiting").map((state) => ({ state })));
  for (const answers of [ofOne, ofTwo])
    expect(answers.slice(20)).toEqual([TOO_FAST, TOO_FAST, TOO_FAST, TOO_FAST, TOO_FAST]);
  await sleep(WINDOW + LATE);
  expect(await ask(one.socket, "leave"), "it is idle, as after the 20th").toEqual({
    error: "not in a chat",
  });
  expect(await ask(two.socket, "leave"), "it waits, as after the 20th").toEqual({ state: "idle" });
});

test("nobody is sent about by moves that are too fast: whoever waits is told no more than 20 times", async () => {
  const [one, two] = [await app.chatter(), await app.chatter()];
  await join(two);
  for (const it of moves(400, "join", "leave")) one.socket.emit(it);
  await untilRead(one.socket);
  await untilRead(two.socket);
  expect(two.heard.length).toBeLessThanOrEqual(25);
});

test("messages are no moves: who has sent five may go on to somebody else", async () => {
  const [one] = await app.pair();
  await burst(one, 6);
  expect(await ask(one.socket, "next")).toEqual({ state: "waiting" });
});

test("whoever moves too fast stops nobody else", async () => {
  const [fast, calm] = [await app.chatter(), await app.chatter()];
  expect((await move(fast, moves(60, "join", "leave"))).filter(isRefused)).toHaveLength(40);
  const other = await app.chatter(fast.visitor);
  for (const each of [calm, other]) await join(each);
  for (const { heard } of [calm, other])
    await eventually(() => of("matched", heard)).toHaveLength(1);
});

test("a new connection begins anew", async () => {
  const one = await app.chatter();
  await move(one, moves(40, "join", "leave"));
  one.socket.close();
  const again = await app.chatter(one.visitor);
  await join(again);
});

browserTest("the page says that it was too fast, and keeps the text", async () => {
  const { page, partner } = await app.pageAndPartner();
  const written = Array.from({ length: 6 }, word);
  // Faster than anybody types: each is sent as soon as the one before it is gone from the field.
  await page.evaluate(`(async () => {
    const text = document.querySelector("#text");
    const wait = () => new Promise((resolve) => setTimeout(resolve, 5));
    for (const each of ${JSON.stringify(written)}) {
      while (text.value !== "" || text.matches(":disabled")) await wait();
      text.value = each;
      text.form.requestSubmit();
    }
  })()`);
  const status = page.locator("#status");
  await eventually(() => status.innerText()).toBe("Not sent: too fast");
  expect(await page.locator("#text").inputValue()).toBe(written[5]);
  expect(await stateOf(page)).toBe("paired");
  await untilRead(partner.socket);
  expect(texts(partner)).toEqual(written.slice(0, 5));
  expect((await lines(page)).filter((line) => line.includes(written[5] as string))).toEqual([]);
  // A while later the same text goes out, as it stands there.
  await sleep(WINDOW + LATE);
  await page.locator("#text").press("Enter");
  await eventually(() => texts(partner)).toEqual(written);
  await eventually(() => page.locator("#text").inputValue()).toBe("");
});
