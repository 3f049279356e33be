import { once } from "node:events";
import { expect, test } from "vitest";
import { browserTest, eventually, request, SocketRefused, untilRead } from "#testkit";
import { connected, numberIn, of, useApp } from "../helpers.ts";

const app = useApp();

/** What becomes of a socket that a page at `origin` opens to our server, which it calls `host`. */
const connect = async (origin?: string, host?: string) => {
  const { port } = app.running();
  const headers: Record<string, string> = {};
  if (origin !== undefined) headers.Origin = origin.replaceAll("PORT", String(port));
  if (host !== undefined) headers.Host = host.replaceAll("PORT", String(port));
  try {
    await app.socket({ headers });
    return "let in";
  } catch (error) {
    if (error instanceof SocketRefused) return "refused";
    throw error;
  }
};

test("a click reaches everybody, once, and its sender, too", async () => {
  const everybody = [await app.listener(), await app.listener(), await app.listener()];
  everybody[0]?.socket.emit("click", { user: "Ada" });
  for (const { heard } of everybody) {
    await eventually(() => of("click", heard)).toMatchObject([{ user: "Ada" }]);
  }
  for (const { socket, heard } of everybody) {
    await untilRead(socket);
    expect(of("click", heard)).toHaveLength(1);
  }
});

test("clicks arrive in the order in which they were made, and none is missed", async () => {
  const [one, two] = [await app.listener(), await app.listener()];
  const users = Array.from({ length: 15 }, (_, at) => `user ${at}`);
  for (const user of users) one.socket.emit("click", { user });
  await eventually(() => of("click", two.heard).map(({ user }) => user)).toEqual(users);
});

test("whoever comes later does not hear of clicks before", async () => {
  const early = await app.listener();
  early.socket.emit("click", { user: "Early" });
  await eventually(() => of("click", early.heard)).toHaveLength(1);
  const late = await app.listener();
  await untilRead(late.socket);
  expect(of("click", late.heard)).toEqual([]);
});

test("a connection is a WebSocket from the start: the server does not begin it by polling", async () => {
  const address = `${app.running().url}/api/socket.io/?EIO=4&transport=polling`;
  expect((await request(address)).text).not.toContain('"sid"');
});

test("sockets are below /api: Socket.IO's own path answers 404", async () => {
  expect((await app.get("/socket.io/?EIO=4&transport=websocket")).status).toBe(404);
});

test("our own pages may open a socket, whatever our server is called", async () => {
  for (const [origin, host] of [
    ["http://127.0.0.1:PORT", "127.0.0.1:PORT"],
    ["http://localhost:PORT", "localhost:PORT"],
    // A server in front of ours has an address of its own.
    ["https://button.example", "button.example"],
    ["http://button.example:8080", "button.example:8080"],
  ] as const)
    expect(await connect(origin, host)).toBe("let in");
});

test("a page of another site may not open a socket; a program may", async () => {
  for (const [origin, host] of [
    ["http://evil.example", "localhost:PORT"],
    ["http://localhost:9", "localhost:PORT"],
    ["http://localhost", "localhost:PORT"],
    ["http://localhost.evil.example:PORT", "localhost:PORT"],
    ["http://evil-localhost:PORT", "localhost:PORT"],
    ["http://localhost:PORT.evil.example", "localhost:PORT"],
    ["http://button.example", "button.example:8080"],
    ["null", "localhost:PORT"],
  ] as const)
    expect(await connect(origin, host), `from ${origin}`).toBe("refused");
  expect(await connect(), "a program, which has no Origin").toBe("let in");
});

test("unknown events and odd values do no harm", async () => {
  const socket = await app.socket();
  socket.emit("no-such-event", 1, null, { a: [] });
  for (const odd of [undefined, null, 42, [], {}, Buffer.from("x"), "x".repeat(5000)])
    socket.emit("click", odd, odd);
  socket.emit("click");
  await untilRead(socket);
  expect(await app.get("/api")).toMatchObject({ status: 200 });
});

test("an event of 100,000 values harms nobody but who sent it", async () => {
  const { socket, heard } = await app.listener();
  const path = "/api/socket.io/?EIO=4&transport=websocket";
  const large = await app.webSocket(path);
  large.socket.send("40");
  await eventually(() => large.received.some((it) => `${it}`.startsWith("40"))).toBe(true);
  const pong = once(large.socket, "pong");
  large.socket.send(`42["click",${"1,".repeat(100_000)}1]`);
  large.socket.ping();
  // Its connection is cut, or it is not: by then the server has read what was sent.
  await Promise.race([large.closed, pong]);
  socket.emit("click", { user: "Ada" });
  await eventually(() => of("click", heard).at(-1)).toMatchObject({ user: "Ada" });
  expect(await app.get("/api")).toMatchObject({ status: 200 });
});

test("300 connections come and go, and the next one is served as ever", async () => {
  for (let round = 0; round < 10; round += 1) {
    const sockets = await Promise.all(Array.from({ length: 30 }, () => app.socket()));
    for (const socket of sockets) socket.close();
  }
  const { socket, heard } = await app.listener();
  socket.emit("click", { user: "Ada" });
  await eventually(() => of("click", heard)).toHaveLength(1);
});

browserTest("a press on one page is counted on another one, at once", async () => {
  const [one, two] = [await app.page("/"), await app.page("/")];
  await connected(one);
  await connected(two);
  const readBoth = async () => [await numberIn(one, "#total"), await numberIn(two, "#total")];
  await eventually(async () => (await readBoth()).every((it) => it >= 0)).toBe(true);
  const [before = 0, beforeTwo = 0] = await readBoth();
  for (let presses = 0; presses < 3; presses += 1) await one.locator("#button").click();
  await two.locator("#button").click();
  await eventually(readBoth).toEqual([before + 4, beforeTwo + 4]);
  expect([await numberIn(one, "#session"), await numberIn(two, "#session")]).toEqual([3, 1]);
});

browserTest("a click of a program is counted on a page, though nobody pressed there", async () => {
  const page = await app.page("/");
  await connected(page);
  await eventually(() => numberIn(page, "#total")).toBeGreaterThanOrEqual(0);
  const before = await numberIn(page, "#total");
  const { socket, heard } = await app.listener();
  socket.emit("click", { user: "Program" });
  await eventually(() => of("click", heard)).toHaveLength(1);
  await eventually(() => numberIn(page, "#total")).toBe(before + 1);
  expect(await numberIn(page, "#session")).toBe(0);
});
