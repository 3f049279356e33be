import { expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import { allBytes, type Chatter, join, lines, of, untilQuiet, useApp, word } from "../helpers.ts";

const app = useApp();

const refused = { error: expect.stringMatching(/\S/) };
/** Sends a message. From step 13c on nobody may send more than five in three seconds. */
const say = ({ socket }: Chatter, text: unknown) => ask(socket, "message", { text });
/** The texts that somebody has heard, in order. */
const texts = ({ heard }: Chatter) => of("message", heard).map(({ text }) => text);

test("a message is acknowledged, and heard by both, with who said it, and when", async () => {
  const [one, two] = await app.pair();
  const before = Date.now();
  expect(await say(one, "hello")).toEqual({ state: "paired" });
  const message = { from: app.nameOf(one), text: "hello", at: expect.any(String) };
  await eventually(() => of("message", one.heard)).toEqual([{ ...message, mine: true }]);
  await eventually(() => of("message", two.heard)).toEqual([{ ...message, mine: false }]);
  const { at } = of("message", two.heard)[0];
  expect(at, "the time in UTC").toBe(new Date(at).toISOString());
  expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1000);
  expect(Date.parse(at)).toBeLessThanOrEqual(Date.now() + 1000);
  expect(of("message", one.heard)[0].at).toBe(at);
});

test("both write, and each knows which words are their own", async () => {
  const [one, two] = await app.pair();
  await say(one, "a");
  await say(two, "b");
  await eventually(() => of("message", one.heard)).toMatchObject([
    { text: "a", mine: true, from: app.nameOf(one) },
    { text: "b", mine: false, from: app.nameOf(two) },
  ]);
  await eventually(() => of("message", two.heard).map(({ mine }) => mine)).toEqual([false, true]);
});

test("two who write at the same moment see the same order, and nothing is missed or doubled", async () => {
  const [one, two] = await app.pair();
  for (let at = 0; at < 5; at += 1) {
    one.socket.emit("message", { text: `one ${at}` });
    two.socket.emit("message", { text: `two ${at}` });
  }
  await eventually(() => texts(one)).toHaveLength(10);
  await eventually(() => texts(two)).toEqual(texts(one));
  for (const name of ["one", "two"])
    expect(texts(one).filter((text) => text.startsWith(name))).toEqual(
      [0, 1, 2, 3, 4].map((at) => `${name} ${at}`),
    );
  await untilRead(one.socket);
  expect(texts(one)).toHaveLength(10);
});

test("nobody else hears a word: not another pair, nor who waits, nor who is idle", async () => {
  const [one, two] = await app.pair();
  const others = [...(await app.pair()), await app.chatter(), await app.chatter()];
  await join(others[2] as Chatter);
  for (const chatter of [one, two]) await say(chatter, word());
  await eventually(() => texts(two)).toHaveLength(2);
  await untilQuiet(...others);
  for (const { heard } of others) expect(of("message", heard)).toEqual([]);
});

test("who only waits, or does neither, is answered that they are not paired, and nobody hears it", async () => {
  const pair = await app.pair();
  const [idle, waiting] = [await app.chatter(), await app.chatter()];
  await join(waiting);
  for (const chatter of [idle, waiting])
    expect(await say(chatter, "hello?")).toEqual({ error: "not paired" });
  await untilQuiet(...pair, idle, waiting);
  for (const { heard } of [...pair, idle, waiting]) expect(of("message", heard)).toEqual([]);
});

test("what is no message is answered with an error, nobody hears of it, and the chat goes on", async () => {
  const cases: [what: string, values: unknown[]][] = [
    ["nothing", []],
    ["null", [null]],
    ["a number", [42]],
    ["text alone", ["hello"]],
    ["a list", [["hello"]]],
    ["bytes", [Buffer.from("hello")]],
    ["an object without text", [{}]],
    ["null as text", [{ text: null }]],
    ["a number as text", [{ text: 7 }]],
    ["a list as text", [{ text: ["hello"] }]],
    ["an object as text", [{ text: { toString: "hello" } }]],
    ["bytes as text", [{ text: Buffer.from("hello") }]],
    ["an empty text", [{ text: "" }]],
    ["spaces as text", [{ text: " \n\t " }]],
    ["1001 characters", [{ text: "x".repeat(1001) }]],
    ["10,000 characters", [{ text: "x".repeat(10_000) }]],
  ];
  while (cases.length > 0) {
    const pair = await app.pair();
    for (const { socket } of pair) {
      for (const [what, values] of cases.splice(0, 4))
        expect(await ask(socket, "message", ...values), what).toEqual(refused);
    }
    for (const chatter of pair) expect(await say(chatter, "as ever")).toEqual({ state: "paired" });
    for (const chatter of pair)
      await eventually(() => texts(chatter)).toEqual(["as ever", "as ever"]);
  }
});

test("the error names the field, and does not quote what was sent, nor a trace", async () => {
  const [one] = await app.pair();
  const secret = word();
  const { error } = (await say(one, secret.repeat(40))) as { error: string };
  expect(error).toMatch(/text/);
  expect(error).not.toContain(secret);
  expect(error).not.toMatch(/\n\s+at /);
});

test("characters are counted as people count them: 1000 are allowed, 1001 are not", async () => {
  const pair = await app.pair();
  for (const [at, letter] of ["x", "é", "李", "🙂"].entries()) {
    const chatter = pair[at % 2] as Chatter;
    expect(await say(chatter, letter.repeat(1000)), letter).toEqual({ state: "paired" });
    expect(await say(chatter, letter.repeat(1001)), letter).toEqual(refused);
  }
  for (const chatter of pair)
    await eventually(() => texts(chatter).map((text) => [...text].length)).toEqual(
      Array(4).fill(1000),
    );
});

test("spaces around are cut off, and all else comes as it was written", async () => {
  const [one, two] = await app.pair();
  const text = `<b>&amp;</b> "q" 'x' {{7*7}} %s ${"\u202e"}`;
  await say(one, `  ${text}x \n`);
  await say(one, "two\nlines");
  await eventually(() => texts(two)).toEqual([`${text}x`, "two\nlines"]);
});

test("what a message should not have is not passed on", async () => {
  const [one, two] = await app.pair();
  const message = { text: "hi", from: "Eve", at: "never", mine: false, to: "all", evil: 1 };
  expect(await ask(one.socket, "message", message)).toEqual({ state: "paired" });
  await eventually(() => of("message", two.heard)).toEqual([
    { from: app.nameOf(one), text: "hi", at: expect.stringMatching(/Z$/), mine: false },
  ]);
  await eventually(() => of("message", one.heard)).toMatchObject([{ mine: true }]);
});

test("a message of somebody who wants no acknowledgement is heard as well", async () => {
  const [one, two] = await app.pair();
  one.socket.emit("message", { text: "a" });
  one.socket.emit("message", 42);
  one.socket.emit("message", { text: "b" }, "no function");
  await eventually(() => texts(two)).toEqual(["a", "b"]);
});

test("when a chat is over, none of its words is in any file, nor in what the app prints", async () => {
  const [said, answered, long, odd, late] = Array.from({ length: 5 }, word) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const [one, two] = await app.pair();
  await say(one, said);
  await say(two, answered);
  await eventually(() => texts(one)).toEqual([said, answered]);
  // What is refused is not kept, either.
  await say(one, long.repeat(50));
  await ask(one.socket, "message", { text: [odd] });
  one.socket.close();
  await eventually(() => say(two, late)).toEqual({ error: "not paired" });
  two.socket.close();
  await untilQuiet();
  const { folder, log } = app.running();
  const places = { "a file": allBytes(folder), "what is printed": log() };
  for (const [where, all] of Object.entries(places)) {
    expect(all.length, where).toBeGreaterThan(0);
    for (const [what, text] of Object.entries({ said, answered, long, odd, late })) {
      const found = all.includes(text) ? `${what}, in ${where}` : "nothing";
      expect(found).toBe("nothing");
    }
  }
});

browserTest(
  "what is written on a page is heard, and stands on the page when it comes back",
  async () => {
    const { page, partner } = await app.pageAndPartner();
    await page.locator("#text").fill("hello");
    await page.keyboard.press("Enter");
    await eventually(() => texts(partner)).toEqual(["hello"]);
    await eventually(async () => (await lines(page)).slice(2)).toHaveLength(1);
    await eventually(() => page.locator("#text").inputValue()).toBe("");
    await page.locator("#text").fill("again");
    await page.getByRole("button", { name: "Send" }).click();
    await eventually(() => texts(partner)).toEqual(["hello", "again"]);
    await say(partner, "and back");
    await eventually(async () => (await lines(page)).slice(2)).toEqual([
      expect.stringContaining("hello"),
      expect.stringContaining("again"),
      expect.stringContaining("and back"),
    ]);
    expect((await lines(page)).at(-1)).toContain(app.nameOf(partner));
    const classes = await page
      .locator("#messages li")
      .evaluateAll((all) => all.slice(2).map((it) => it.className));
    expect(classes[0], "own lines look alike").toBe(classes[1]);
    expect(classes[2], "those of the other look different").not.toBe(classes[0]);
  },
);

browserTest("nothing can be written on a page before it has met somebody", async () => {
  const page = await app.chatPage();
  expect(await page.locator("#text").isEnabled()).toBe(false);
  await page.locator("#find").click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  expect(await page.locator("#text").isEnabled()).toBe(false);
  const partner = await app.chatter();
  await join(partner);
  await eventually(() => page.locator("#text").isEnabled()).toBe(true);
});

browserTest("what looks like HTML stands on the page as text", async () => {
  const { page, partner } = await app.pageAndPartner();
  const text = `<b>bold</b> &amp; <img src=x onerror="document.title='x'"><script>1</script>`;
  await say(partner, text);
  await eventually(async () => (await lines(page)).at(-1)).toContain(text);
  expect(await page.locator("#messages").locator("b, img, script").count()).toBe(0);
  await page.locator("#text").fill(text);
  await page.keyboard.press("Enter");
  await eventually(async () => (await lines(page)).slice(3)).toEqual([
    expect.stringContaining(text),
  ]);
  expect(await page.locator("#messages").locator("b, img, script").count()).toBe(0);
});

browserTest("a long word does not make the page wider than a phone", async () => {
  const { page, partner } = await app.pageAndPartner();
  await page.setViewportSize({ width: 390, height: 664 });
  await say(partner, "w".repeat(1000));
  await eventually(() => lines(page)).toHaveLength(3);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
});

browserTest("words that come too late stay in the box, and the page says why", async () => {
  const page = await app.chatPage();
  // From step 03 on the page is told when its partner is gone. Here that comes too late.
  await page.routeWebSocket(/socket\.io/, (route) => {
    const server = route.connectToServer();
    server.onMessage((message) => {
      if (!String(message).includes("partner_left")) route.send(message);
    });
  });
  await page.reload();
  await eventually(() => page.locator("#find").isEnabled()).toBe(true);
  await page.locator("#find").click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  const partner = await app.chatter();
  await join(partner);
  await eventually(() => page.locator("#text").isEnabled()).toBe(true);
  partner.socket.close();
  // Another one who has come and gone: by then the server has read that the first one is gone.
  (await app.chatter()).socket.close();
  await page.locator("#text").fill("are you there?");
  await page.keyboard.press("Enter");
  await eventually(() => page.locator("#status").innerText()).toMatch(/not paired/);
  expect(await page.locator("#text").inputValue()).toBe("are you there?");
  expect((await lines(page)).join()).not.toContain("are you there?");
});
