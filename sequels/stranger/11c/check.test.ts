import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { ask, browserTest, eventually, request, type Server, SocketRefused } from "#testkit";
import { cookieOf, newAccount, of, stateOf, useApp, username, join as wait } from "../helpers.ts";

const app = useApp();
// Windows has no signal that a program could hear: there, the end is as sudden as a power cut.
const withSignals = test.skipIf(process.platform === "win32");

/** Sends a signal. That the app does not end is told where the exit code is awaited, and not before. */
const ending = (server: Pick<Server, "end">, signal: NodeJS.Signals) => {
  const code = server.end(signal);
  code.catch(() => undefined);
  return code;
};

withSignals("before it ends, it tells all who are connected, whatever they do", async () => {
  const server = await app.another();
  const all = [];
  for (let count = 0; count < 4; count += 1) all.push(await app.chatter(undefined, server));
  const [one, two, three, idle] = all as [
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
  ];
  for (const each of [one, two]) await wait(each);
  await eventually(() => of("matched", two.heard)).toHaveLength(1);
  await wait(three);
  expect(await server.end("SIGTERM")).toBe(0);
  for (const { heard } of [one, two, three, idle])
    await eventually(() => of("system", heard)).toEqual([{ text: expect.stringMatching(/\S/) }]);
  expect(server.log(), "a fault, with the lines that it came from").not.toMatch(/^\s+at .+:\d+/m);
});

withSignals("from then on nobody gets in: neither who comes, nor who is at the door", async () => {
  const server = await app.another();
  const { visitor, heard } = await app.chatter(undefined, server);
  const knocking = createConnection(server.port, "127.0.0.1").setEncoding("utf8");
  knocking.on("error", () => undefined);
  let answer = "";
  knocking.on("data", (more: string) => {
    answer += more;
  });
  const handshake = [
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
    `Host: 127.0.0.1:${server.port}`,
    `Cookie: ${await cookieOf(visitor)}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${btoa("sixteen bytes...")}`,
  ];
  // All but the empty line at its end: the server waits for the rest, and so for its own end.
  knocking.write(`${handshake.join("\r\n")}\r\n`);
  await request(`${server.url}/api/version`);
  const code = ending(server, "SIGTERM");
  await eventually(() => of("system", heard)).toHaveLength(1);
  await expect(request(`${server.url}/`)).rejects.toThrow();
  await expect(visitor.socket()).rejects.toThrow(SocketRefused);
  const closed = once(knocking, "close");
  knocking.write("\r\n");
  await closed;
  expect(answer, "the answer to who was at the door").not.toMatch(/^HTTP\/1\.1 101 /);
  expect(await code).toBe(0);
});

withSignals("Ctrl-C ends it as well, also twice in a row", async () => {
  const server = await app.another();
  const { heard } = await app.chatter(undefined, server);
  // A request that is still on its way: the end waits for it, and the second signal comes meanwhile.
  const busy = createConnection(server.port, "127.0.0.1");
  busy.on("error", () => undefined);
  busy.write("GET /api/version HTTP/1.1\r\n");
  const idle = createConnection(server.port, "127.0.0.1");
  idle.on("error", () => undefined);
  idle.write("GET /api/version HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(idle, "data");
  const first = ending(server, "SIGINT");
  // Two at the same moment may arrive as one.
  await eventually(() => of("system", heard)).toHaveLength(1);
  // On a slow day it has ended by now.
  const second = ending(server, "SIGINT").catch(() => first);
  expect(await Promise.all([first, second])).toEqual([0, 0]);
  expect(of("system", heard), "how often it was said").toHaveLength(1);
  busy.destroy();
  idle.destroy();
});

withSignals("who has sent a form gets an answer, and what was answered is kept", async () => {
  // Long enough that the end comes while they are hashed, and no more than may wait.
  const server = await app.another({ env: { HASH_MEMORY: "16384" } });
  const names = Array.from({ length: 10 }, () => username());
  const { heard } = await app.chatter(undefined, server);
  const answers = names.map((name) =>
    app.form(app.visitor(server), "/register", newAccount(name), app.ofPage(server)).then(
      ({ status }) => status,
      () => undefined,
    ),
  );
  await Promise.race(answers);
  const code = ending(server, "SIGTERM");
  await eventually(() => of("system", heard)).toHaveLength(1);
  const statuses = await Promise.all(answers);
  expect(await code).toBe(0);
  const database = new Database(join(server.folder, "instance", "stranger.db"), { readonly: true });
  const kept = database.prepare("SELECT username FROM users").pluck().all();
  database.close();
  for (const [at, status] of statuses.entries()) {
    // A connection that was not taken any more has none. Whoever has an answer has a good one.
    expect([303, undefined], "the answer to a form").toContain(status);
    if (status === 303) expect(kept, "who was answered with 303").toContain(names[at]);
  }
  expect(statuses.filter((status) => status === 303).length).toBeGreaterThan(0);
});

withSignals("a request that has begun is answered before the end", async () => {
  let text = "";
  // On a slow day the rest of it may come too late, once: nothing is waited for without end.
  for (let round = 0; round < 5 && text === ""; round += 1) {
    const server = await app.another();
    const { heard } = await app.chatter(undefined, server);
    const asking = createConnection(server.port, "127.0.0.1").setEncoding("utf8");
    asking.on("error", () => undefined);
    asking.on("data", (more: string) => {
      text += more;
    });
    asking.write("GET /api/version HTTP/1.1\r\nHost: x\r\n");
    await request(`${server.url}/api/version`);
    const code = ending(server, "SIGTERM");
    await eventually(() => of("system", heard)).toHaveLength(1);
    // It is waited for, and not only for a moment.
    await sleep(300);
    const closed = once(asking, "close");
    asking.write("Connection: close\r\n\r\n");
    await closed;
    expect(await code).toBe(0);
  }
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

withSignals("the database is closed, and nothing is left beside it", async () => {
  const server = await app.another();
  await app.form(app.visitor(server), "/register", newAccount(username()), app.ofPage(server));
  const file = join(server.folder, "instance", "stranger.db");
  // The app that all tests use has the same file open: it goes first.
  await app.running().end("SIGTERM");
  expect(await server.end("SIGTERM")).toBe(0);
  const log = `${file}-wal`;
  expect(existsSync(log) && statSync(log).size > 0, "a write-ahead log is left").toBe(false);
  await app.running().restart();
});

withSignals("the port is free at once for the next one", async () => {
  const { port, url, end } = await app.another();
  // It listens before it has read its file to the end: once it answers, it hears signals, too.
  await request(`${url}/api/version`);
  expect(await end("SIGTERM")).toBe(0);
  const next = await app.another({ port });
  await request(`${next.url}/api/version`);
  expect(await next.end("SIGTERM")).toBe(0);
});

test("after a restart all are known, and nobody is in a chat", async () => {
  const [one] = await app.pair();
  const name = app.nameOf(one);
  const [member, account] = [app.visitor(), username()];
  await app.form(member, "/register", newAccount(account));
  await app.running().restart();
  expect((await member.get("/api/me")).json).toEqual({ name: account, loggedIn: true });
  const again = await app.chatter(one.visitor);
  expect(await ask(again.socket, "leave")).toEqual({ error: "not in a chat" });
  expect((await one.visitor.get("/api/me")).json).toMatchObject({ name });
});

if (process.platform !== "win32")
  browserTest(
    "a page says that the server stops, and comes back by itself when it is there",
    async () => {
      const { page, partner } = await app.pageAndPartner();
      await page.evaluate("window.mark = 'the same page'");
      await app.running().restart();
      await eventually(() => of("system", partner.heard)).toHaveLength(1);
      const [{ text }] = of("system", partner.heard);
      await eventually(() => stateOf(page), 15_000).toBe("idle");
      expect(await page.locator("main").innerText(), "what the server has said").toContain(text);
      expect(await page.evaluate("window.mark")).toBe("the same page");
      // It is there again, under the name that it had.
      const stranger = await app.chatter();
      await wait(stranger);
      await page.locator("#find").click();
      await eventually(() => of("matched", stranger.heard)).toHaveLength(1);
      const [before, after] = [partner, stranger].map(({ heard }) => of("matched", heard)[0]);
      expect(after.partners).toEqual(before.partners);
    },
  );
