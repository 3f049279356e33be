import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { browserTest, eventually, request, SocketRefused, untilRead } from "#testkit";
import { useApp } from "../helpers.ts";

const app = useApp();

beforeAll(app.addUsers);

/** What becomes of a socket that a page at `origin` opens to our server, which it calls `host`. */
const connect = async (origin?: string, host?: string) => {
  const { port } = app.running();
  const headers: Record<string, string> = {};
  if (origin !== undefined) headers.Origin = origin.replaceAll("PORT", String(port));
  if (host !== undefined) headers.Host = host.replaceAll("PORT", String(port));
  try {
    await app.socket(undefined, { headers });
    return "let in";
  } catch (error) {
    if (error instanceof SocketRefused) return "refused";
    throw error;
  }
};
const greetings = () => app.running().log().split("connect-ack").length - 1;

test("the server accepts a Socket.IO client", async () => {
  const socket = await app.socket();
  expect(socket.connected).toBe(true);
});

test("a connection is a WebSocket from the start: the server does not begin it by polling", async () => {
  const answer = await request(`${app.running().url}/socket.io/?EIO=4&transport=polling`);
  expect(answer.text).not.toContain('"sid"');
});

test("scripts of other sites may not read what the server answers to a socket", async () => {
  const answer = await request(`${app.running().url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: "http://elsewhere.example" },
  });
  const readers = answer.headers.get("access-control-allow-origin") ?? "nobody";
  expect(readers).not.toMatch(/\*|elsewhere/);
});

test("our own pages may open a socket, whatever our server is called", async () => {
  for (const [origin, host] of [
    ["http://127.0.0.1:PORT", "127.0.0.1:PORT"],
    ["http://localhost:PORT", "localhost:PORT"],
    ["http://[::1]:PORT", "[::1]:PORT"],
    // A tunnel, or a server before ours, has an address of its own.
    ["http://127.0.0.1:9", "127.0.0.1:9"],
    ["http://chat.example:8080", "chat.example:8080"],
    ["http://chat.example", "chat.example"],
  ] as const) {
    expect(await connect(origin, host)).toBe("let in");
  }
});

test.for([
  [
    "a page of another site may not open a socket",
    [
      ["http://evil.example", "localhost:PORT"],
      ["https://evil.example:PORT", "localhost:PORT"],
      ["http://localhost:9", "localhost:PORT"],
      ["http://localhost", "localhost:PORT"],
      ["http://127.0.0.1:9", "127.0.0.1:PORT"],
      ["http://chat.example", "chat.example:8080"],
      ["http://chat.example:8080", "chat.example"],
    ],
  ],
  [
    "a page of a site that is called nearly like ours may not open a socket",
    [
      ["http://host", "localhost:PORT"],
      ["http://localhost.evil.example:PORT", "localhost:PORT"],
      ["http://localhost:PORT.evil.example", "localhost:PORT"],
      ["http://127.0.0.1:PORT.evil.example", "127.0.0.1:PORT"],
      ["http://evil-localhost:PORT", "localhost:PORT"],
      ["http://evil.localhost:PORT", "localhost:PORT"],
      ["http://localhost:PORT@evil.example", "localhost:PORT"],
      ["http://evil.example//127.0.0.1:PORT", "127.0.0.1:PORT"],
      ["http://evil.example?http://localhost:PORT", "localhost:PORT"],
    ],
  ],
  [
    "a page without an address, such as a file, may not open a socket",
    [
      ["null", "localhost:PORT"],
      ["http://", "localhost:PORT"],
      ["*", "localhost:PORT"],
    ],
  ],
] as const)("%s", async ([, pages]) => {
  for (const [origin, host] of pages) {
    expect(await connect(origin, host)).toBe("refused");
    expect(await connect(), "a program, which has no Origin").toBe("let in");
  }
});

browserTest("all that the page loads comes from our own server", async () => {
  const page = await app.page("about:blank", "");
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.running().url)) foreign.push(request.url());
  });
  await page.goto(`${app.running().url}/front/messages/1`, { waitUntil: "load" });
  expect(foreign).toEqual([]);
});

// Only pages have said it so far: the lines of sockets that say it, too, may come late.
browserTest("the messages page connects, and the server logs its connect-ack", async () => {
  await app.page("/front/messages/1");
  await app.running().printed("connect-ack");
});

test("the server logs the connect-ack of a program, too", async () => {
  const before = greetings();
  const socket = await app.socket();
  // From 17 on a socket also says who it is, and wants an answer.
  socket.emit("connect-ack", "alice", () => {});
  await eventually(greetings).toBeGreaterThan(before);
});

test("unknown events and odd values do no harm", async () => {
  const socket = await app.socket();
  socket.emit("no-such-event", 1, null, { a: [] });
  for (const odd of [undefined, null, 42, [], {}, Buffer.from("x"), "x".repeat(5000)]) {
    socket.emit("connect-ack", odd, odd);
  }
  socket.emit("connect-ack");
  await untilRead(socket);
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
});

test("an event of 100,000 values harms nobody but who sent it", async () => {
  const large = await app.webSocket("/socket.io/?EIO=4&transport=websocket");
  large.socket.send("40");
  await eventually(() => large.received.some((it) => `${it}`.startsWith("40"))).toBe(true);
  const pong = once(large.socket, "pong");
  large.socket.send(`42["connect-ack",${"1,".repeat(100_000)}1]`);
  large.socket.ping();
  // Its connection is cut, or it is not: by then the server has read what was sent.
  await Promise.race([large.closed, pong]);
  expect(await app.get("/api/version")).toMatchObject({ status: 200 });
  await untilRead(await app.socket());
});
