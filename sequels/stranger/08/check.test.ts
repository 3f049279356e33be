import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, browserTest, eventually, SocketRefused } from "#testkit";
import {
  type Chatter,
  type Heard,
  join,
  lines,
  loadLobby,
  MATCH_MS,
  type Operation,
  of,
  stateOf,
  tryLobby,
  untilLeftOver,
  untilQuiet,
  useApp,
} from "../helpers.ts";

const app = useApp();

const SOCKETS = "/socket.io/?EIO=4&transport=websocket";
const matches = ({ heard }: Chatter) => of("matched", heard);
/** What becomes of somebody who connects: "let in", or why not. */
const connect = (connecting: Promise<unknown>): Promise<string> =>
  connecting.then(
    () => "let in",
    (error) => {
      if (error instanceof SocketRefused) return error.message;
      throw error;
    },
  );

test("who has not opened the page of the chat has no session, and is refused", async () => {
  expect(await connect(app.socket())).toMatch(/session/);
  const visitor = app.visitor();
  for (const path of ["/", "/login", "/api/me"]) await visitor.get(path);
  expect(await connect(visitor.socket())).toMatch(/session/);
  await visitor.get("/chat");
  expect(await connect(visitor.socket())).toBe("let in");
});

test("a cookie that is forged, cut, or of another server is refused as none is", async () => {
  const visitor = await app.opened();
  const cookie = decodeURIComponent((await visitor.cookie("sid")) ?? "");
  const stranger = decodeURIComponent(
    (await (
      await app.opened(await app.another({ env: { SESSION_SECRET: "x".repeat(40) } }))
    ).cookie("sid")) ?? "",
  );
  for (const value of ["", "x", "%", "s:x.y", cookie.slice(0, -1), `${cookie}x`, stranger])
    for (const sid of [value, encodeURIComponent(value)]) {
      const headers = { cookie: `sid=${sid}` };
      expect(await connect(app.socket({ headers })), `with ${sid}`).toMatch(/refuses/);
    }
  expect(
    await connect(app.socket({ headers: { cookie: `sid=${encodeURIComponent(cookie)}` } })),
  ).toBe("let in");
});

test("nothing of somebody without a session waits, or is met, whatever they send", async () => {
  try {
    const raw = await app.webSocket(SOCKETS);
    for (const packet of ["40", '42["join"]', '420["join"]']) raw.socket.send(packet);
    // It may be answered, or the connection be closed.
    await eventually(() => raw.received.length > 1 || raw.socket.readyState > 1).toBe(true);
  } catch (error) {
    // It may be refused at the door.
    if (!(error instanceof SocketRefused)) throw error;
  }
  const chatter = await app.chatter();
  await join(chatter);
  await eventually(() => of("waiting", chatter.heard)[0]).toEqual({ ahead: 0 });
  await untilQuiet(chatter);
  expect(matches(chatter)).toEqual([]);
});

test("two tabs of one visitor never meet, however long both wait", async () => {
  const one = await app.chatter();
  const two = await app.chatter(one.visitor);
  for (const tab of [one, two]) await join(tab);
  await untilLeftOver(two, 5);
  for (const tab of [one, two]) expect(matches(tab)).toEqual([]);
});

test("a stranger meets one of the two, and the other one waits on", async () => {
  const one = await app.chatter();
  const two = await app.chatter(one.visitor);
  for (const tab of [one, two]) await join(tab);
  await untilLeftOver(two, 1);
  const stranger = await app.chatter();
  await join(stranger);
  await eventually(() => matches(stranger)).toHaveLength(1);
  await eventually(() => [...matches(one), ...matches(two)]).toHaveLength(1);
  await untilQuiet(one, two);
  expect([...matches(one), ...matches(two)]).toEqual([
    { you: matches(stranger)[0].partners[0], partners: [app.nameOf(stranger)] },
  ]);
  const second = await app.chatter();
  await join(second);
  await eventually(() => [...matches(one), ...matches(two)]).toHaveLength(2);
});

test("of three visitors with two tabs each, nobody meets themselves, and all are met", async () => {
  const first = await app.chatters(3);
  const tabs = [...first];
  for (const { visitor } of first) tabs.push(await app.chatter(visitor));
  await Promise.all(tabs.map(join));
  // Who meets whom is chance: two tabs of one visitor may be left, and no more.
  await eventually(() => tabs.filter((tab) => matches(tab).length > 0).length).toBeGreaterThan(3);
  await untilQuiet(...tabs);
  for (const tab of tabs)
    for (const { you, partners } of matches(tab)) expect(partners).not.toContain(you);
});

test("the name in the chat is the visitor's, on each connection", async () => {
  const [one, two] = await app.pair();
  for (const [chatter, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const { name } = (await chatter.visitor.get("/api/me")).json;
    expect(app.nameOf(chatter)).toBe(name);
    expect(matches(other)[0].partners).toEqual([name]);
  }
  const name = app.nameOf(one);
  one.socket.close();
  const again = await app.chatter(one.visitor);
  const third = await app.chatter();
  for (const chatter of [again, third]) await join(chatter);
  await eventually(() => matches(third)).toMatchObject([{ partners: [name] }]);
});

test("of the partner the name is told, and no id of visitor, session or connection", async () => {
  const [one, two] = await app.pair();
  const sid = decodeURIComponent((await one.visitor.cookie("sid")) ?? "").slice(2);
  const told = JSON.stringify(two.heard);
  expect(sid).not.toBe("");
  for (const secret of [sid, sid.split(".")[0] as string, one.socket.id as string])
    expect(told).not.toContain(secret);
  // A visitor's id is a UUID.
  expect(told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
});

test("a visitor may have three tabs; the fourth is refused, and others are not", async () => {
  const { visitor } = await app.chatter();
  for (let tabs = 2; tabs <= 3; tabs += 1) await app.chatter(visitor);
  for (let tries = 0; tries < 5; tries += 1)
    expect(await connect(visitor.socket())).toMatch(/too many tabs/);
  for (let tabs = 1; tabs <= 3; tabs += 1) await app.chatter();
});

test("after one of them is closed, another one may come, and then no more", async () => {
  const one = await app.chatter();
  for (let tabs = 2; tabs <= 3; tabs += 1) await app.chatter(one.visitor);
  for (let times = 0; times < 3; times += 1)
    expect(await connect(one.visitor.socket())).toMatch(/too many tabs/);
  one.socket.close();
  await eventually(() => connect(one.visitor.socket())).toBe("let in");
  expect(await connect(one.visitor.socket())).toMatch(/too many tabs/);
});

test("of six that come at the same moment, three are let in", async () => {
  const visitor = await app.opened();
  const all = await Promise.all(Array.from({ length: 6 }, () => connect(visitor.socket())));
  expect(all.filter((it) => it === "let in")).toHaveLength(3);
});

test("in a lobby without a server: whatever twelve tabs of seven people do, nobody meets themselves", async () => {
  const { Lobby } = await loadLobby();
  const visitors = Array.from({ length: 12 }, (_, at) => `visitor ${at % 7}`);
  const operation: fc.Arbitrary<Operation> = fc.tuple(
    fc.constantFrom("join", "join", "join", "leave", "lose", "round", "wait"),
    fc.nat(11),
  );
  const make = (clock: () => number) => new Lobby(clock);
  const operations = fc.array(operation, { minLength: 20, maxLength: 200, size: "max" });
  fc.assert(
    fc.property(operations, (them) => tryLobby(make, them, visitors, "timed")),
    { numRuns: 150 },
  );
});

browserTest("two tabs of one browser wait for somebody else, who meets one of them", async () => {
  const one = await app.chatPage();
  const stranger = await app.chatPage();
  // Each third page of a test is in the browser of the first one.
  const two = await app.chatPage();
  for (const page of [one, two]) {
    await page.locator("#find").click();
    await eventually(() => page.locator("#status").innerText()).toMatch(/waiting/i);
  }
  await sleep(4 * MATCH_MS);
  for (const page of [one, two]) expect(await stateOf(page)).toBe("waiting");
  await stranger.locator("#find").click();
  await eventually(() => stateOf(stranger)).toBe("paired");
  const states = async () => [await stateOf(one), await stateOf(two)].sort();
  await eventually(states).toEqual(["paired", "waiting"]);
});

browserTest("a page joins a chat under the name that it shows", async () => {
  const { page, partner } = await app.pageAndPartner();
  const [name] = of("matched", partner.heard)[0].partners;
  expect((await lines(page))[0]).toBe(`You've joined the chat as ${name}`);
  await eventually(() => page.locator("main strong").first().innerText()).toBe(name);
});

browserTest("a page that is refused says why", async () => {
  const cable = await app.cable();
  const page = await app.chatPage(cable.url);
  const cookies = await page.context().cookies();
  const sid = cookies.find(({ name }) => name === "sid")?.value;
  await page.goto("about:blank");
  const headers = { cookie: `sid=${sid}` };
  for (let tabs = 1; tabs <= 3; tabs += 1)
    await eventually(() => connect(app.socket({ headers }))).toBe("let in");
  await page.goto(`${cable.url}/chat`);
  await eventually(() => page.locator("#status").innerText()).toMatch(/too many tabs/);
  expect(await stateOf(page)).toBe("offline");
});

browserTest("a page whose cookie is gone is told that it has no session", async () => {
  const cable = await app.cable();
  const page = await app.chatPage(cable.url);
  cable.cut();
  await eventually(() => stateOf(page)).toBe("offline");
  await page.context().clearCookies();
  cable.restore();
  await eventually(() => page.locator("#status").innerText(), 15_000).toMatch(/session/);
  await page.reload();
  await eventually(() => stateOf(page)).toBe("idle");
});

test("who somebody is stands in the session alone, whatever a client says of itself", async () => {
  const visitor = await app.opened();
  const { name } = (await visitor.get("/api/me")).json;
  const heard: Heard = [];
  const onAny = (event: string, ...values: unknown[]) => heard.push([event, ...values]);
  const claims = { name: "Eve", anonName: "Eve", visitor: "eve", visitorId: "eve" };
  const socket = await visitor.socket({ auth: claims, onAny });
  expect(await ask(socket, "join", claims)).toHaveProperty("state");
  const other = await app.chatter(visitor);
  await join(other);
  const third = await app.chatter();
  await join(third);
  await eventually(() => of("matched", third.heard)).toMatchObject([{ partners: [name] }]);
  const matched = [...of("matched", heard), ...of("matched", other.heard)];
  expect(matched, "one of the two tabs has met the third").toMatchObject([{ you: name }]);
});
