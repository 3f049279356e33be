import { once } from "node:events";
import { expect, test } from "vitest";
import {
  ask,
  browserTest,
  eventually,
  isBefore,
  request,
  SocketRefused,
  untilRead,
  type Visitor,
} from "#testkit";
import { join, of, useApp } from "../helpers.ts";

const app = useApp();

const SOCKETS = "/socket.io/?EIO=4&transport=websocket";
const ODD = [null, 42, "", "x", true, [], {}, [["x"]], { size: "many" }, Buffer.from("x")];

/** What becomes of a socket that a page at `origin` opens to our server, which it calls `host`. */
const connect = async (origin?: string, host?: string) => {
  const { port } = app.running();
  const headers: Record<string, string> = {};
  if (origin !== undefined) headers.Origin = origin.replaceAll("PORT", String(port));
  if (host !== undefined) headers.Host = host.replaceAll("PORT", String(port));
  const visitor = await app.opened();
  try {
    await visitor.socket({ headers });
    return "let in";
  } catch (error) {
    if (error instanceof SocketRefused) return "refused";
    throw error;
  }
};
/** A connection in the words of Socket.IO's protocol, which can say what no client of it would. */
const openRaw = async (visitor?: Visitor) => {
  const raw = await (visitor ?? (await app.opened())).webSocket(SOCKETS);
  raw.socket.send("40");
  await eventually(() => raw.received.some((it) => `${it}`.startsWith("40"))).toBe(true);
  return raw;
};
/** How many are ahead of whoever comes now. */
const aheadNow = async (): Promise<unknown> => {
  const chatter = await app.chatter();
  await join(chatter);
  await eventually(() => of("waiting", chatter.heard)).not.toHaveLength(0);
  chatter.socket.close();
  return of("waiting", chatter.heard)[0].ahead;
};
/** Whether the server still answers, and lets people wait. */
const goesOn = async () => {
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
  const chatter = await app.chatter();
  await join(chatter);
  chatter.socket.close();
};

test("join is acknowledged, and who waits is told that nobody is ahead", async () => {
  const chatter = await app.chatter();
  expect(await ask(chatter.socket, "join")).toEqual({ state: "waiting" });
  await eventually(() => chatter.heard).toEqual([["waiting", { ahead: 0 }]]);
});

test("who comes second is told that one is ahead", async () => {
  const [one, two] = [await app.chatter(), await app.chatter()];
  await join(one);
  await join(two);
  await eventually(() => of("waiting", two.heard)[0]).toEqual({ ahead: 1 });
  await eventually(() => of("waiting", one.heard)[0]).toEqual({ ahead: 0 });
});

if (isBefore("01b")) {
  test("each further one is told how many are ahead", async () => {
    for (let ahead = 0; ahead < 5; ahead += 1) {
      const chatter = await app.chatter();
      await join(chatter);
      await eventually(() => chatter.heard).toEqual([["waiting", { ahead }]]);
    }
  });
}

test("who only connects does not wait", async () => {
  for (let count = 0; count < 3; count += 1) await app.chatter();
  await eventually(aheadNow).toBe(0);
});

test("who waits already cannot join again, and is not there twice", async () => {
  const chatter = await app.chatter();
  await join(chatter);
  for (let times = 0; times < 3; times += 1)
    expect(await ask(chatter.socket, "join")).toEqual({ error: "already waiting" });
  await untilRead(chatter.socket);
  expect(of("waiting", chatter.heard)).toHaveLength(1);
  const second = await app.chatter();
  await join(second);
  await eventually(() => of("waiting", second.heard)[0]).toEqual({ ahead: 1 });
});

test("whatever is sent along with join, it is answered, and the server goes on", async () => {
  for (const value of ODD) {
    const { socket } = await app.chatter();
    const answer = await ask(socket, "join", value);
    expect([{ state: "waiting" }, { error: expect.stringMatching(/\S/) }]).toContainEqual(answer);
    socket.close();
  }
  const { socket } = await app.chatter();
  expect(await ask(socket, "join", ...ODD)).toBeTypeOf("object");
  await goesOn();
});

test("who wants no acknowledgement waits as well", async () => {
  const chatter = await app.chatter();
  chatter.socket.emit("join");
  await eventually(() => of("waiting", chatter.heard)[0]).toEqual({ ahead: 0 });
  expect(await ask(chatter.socket, "join")).toEqual({ error: "already waiting" });
});

test("unknown events and odd values do no harm", async () => {
  const { socket } = await app.chatter();
  for (let times = 0; times < 200; times += 1) {
    socket.emit("no-such-event", ...ODD);
    socket.emit(["toString", "constructor", "__proto__"][times % 3] as string, times);
  }
  for (const value of ODD) socket.emit("join", value, "no function");
  await untilRead(socket);
  await goesOn();
});

test("what is no event at all does no harm, but to who sent it", async () => {
  const chatter = await app.chatter();
  await join(chatter);
  for (const nonsense of [
    "42",
    "42[",
    '42["join"',
    "42{}",
    "42[null]",
    "42[1]",
    '42["connect"]',
    '42["disconnect"]',
    '451-["join",{"_placeholder":true,"num":0}]',
    "49",
    "9",
    "\u0000",
  ]) {
    const { socket, closed } = await openRaw();
    const pong = once(socket, "pong");
    socket.send(nonsense);
    socket.ping();
    // It is cut off, or it is not: by then the server has read what was sent.
    await Promise.race([closed, pong]);
    socket.terminate();
  }
  await untilRead(chatter.socket);
  await goesOn();
});

test("an event of more than 20,000 bytes closes the connection that sent it, and no other", async () => {
  const [large, other] = [await app.chatter(), await app.chatter()];
  expect(await ask(large.socket, "join", "x".repeat(15_000))).toBeTypeOf("object");
  large.socket.emit("join", "x".repeat(21_000));
  await eventually(() => large.socket.connected).toBe(false);
  await untilRead(other.socket);
  await join(other);
});

test("an event of 100,000 values harms nobody but who sent it", async () => {
  const { socket, closed } = await openRaw();
  const pong = once(socket, "pong");
  socket.send(`42["join",${"1,".repeat(100_000)}1]`);
  socket.ping();
  await Promise.race([closed, pong]);
  await goesOn();
});

test("who is gone waits no more, however they went", async () => {
  const leaving = await app.chatters(5);
  for (const { socket } of leaving) socket.emit("join");
  for (const { socket } of leaving) await untilRead(socket);
  for (const { socket } of leaving) socket.close();
  await eventually(aheadNow).toBe(0);
  const { socket, received } = await openRaw();
  socket.send('42["join"]');
  await eventually(() => received.some((it) => `${it}`.includes("waiting"))).toBe(true);
  // Without a goodbye.
  socket.terminate();
  await eventually(aheadNow).toBe(0);
});

test("100 come and go, and the next one is served as ever", async () => {
  for (let round = 0; round < 5; round += 1) {
    const chatters = await app.chatters(20);
    for (const { socket } of chatters) socket.emit("join");
    for (const { socket } of chatters) socket.close();
  }
  await eventually(aheadNow).toBe(0);
});

test("a connection is a WebSocket from the start: the server does not begin it by polling", async () => {
  const address = `${app.running().url}/socket.io/?EIO=4&transport=polling`;
  expect((await request(address)).text).not.toContain('"sid"');
});

test("our own pages may open a socket, whatever our server is called", async () => {
  for (const [origin, host] of [
    ["http://127.0.0.1:PORT", "127.0.0.1:PORT"],
    ["http://localhost:PORT", "localhost:PORT"],
    // A server in front of ours has an address of its own.
    ["https://stranger.example", "stranger.example"],
    ["http://stranger.example:8080", "stranger.example:8080"],
  ] as const)
    expect(await connect(origin, host), `from ${origin}`).toBe("let in");
});

test("a page of another site may not open a socket; a program may", async () => {
  for (const [origin, host] of [
    ["http://evil.example", "localhost:PORT"],
    ["http://localhost:9", "localhost:PORT"],
    ["http://localhost", "localhost:PORT"],
    ["http://localhost.evil.example:PORT", "localhost:PORT"],
    ["http://evil-localhost:PORT", "localhost:PORT"],
    ["http://localhost:PORT.evil.example", "localhost:PORT"],
    ["http://stranger.example", "stranger.example:8080"],
    ["null", "localhost:PORT"],
  ] as const)
    expect(await connect(origin, host), `from ${origin}`).toBe("refused");
  expect(await connect(), "a program, which has no Origin").toBe("let in");
});

browserTest("the page is online, and waits when its button is pressed", async () => {
  const page = await app.chatPage();
  expect(await page.locator("#status").innerText()).toMatch(/online/i);
  await page.getByRole("button", { name: "Find someone" }).click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting.*\b0\b/i);
  expect(await page.locator("#find").isEnabled(), "whether it may be pressed again").toBe(false);
});

if (isBefore("01b")) {
  browserTest("the page says how many are ahead", async () => {
    await join(await app.chatter());
    await join(await app.chatter());
    const page = await app.chatPage();
    await page.locator("#find").click();
    await eventually(() => page.locator("#status").innerText()).toMatch(/waiting.*\b2\b/i);
  });
}

browserTest("a page that is loaded again has lost its place", async () => {
  const page = await app.chatPage();
  await page.locator("#find").click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  await page.reload();
  await eventually(() => page.locator("#find").isEnabled()).toBe(true);
  await eventually(aheadNow).toBe(0);
});

browserTest("a page whose connection is lost says so, and comes back by itself", async () => {
  const cable = await app.cable();
  const page = await app.chatPage(cable.url);
  await page.locator("#find").click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  cable.cut();
  await eventually(() => page.locator("#status").innerText()).toMatch(/lost|no connection/i);
  expect(await page.locator("#find").isEnabled()).toBe(false);
  await eventually(aheadNow).toBe(0);
  cable.restore();
  await eventually(() => page.locator("#find").isEnabled(), 15_000).toBe(true);
  expect(await page.locator("#status").innerText()).toMatch(/online/i);
});

browserTest("the page of the chat fits on a phone, and all that it loads is there", async () => {
  const page = await app.page("about:blank", "");
  const faults: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(`${app.running().url}/chat`);
  await eventually(() => page.locator("#find").isEnabled()).toBe(true);
  await page.locator("#find").click();
  await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  expect(faults).toEqual([]);
});
