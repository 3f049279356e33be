import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { browserTest, eventually, SocketRefused, untilRead, type Visitor } from "#testkit";
import {
  type Chatter,
  join,
  MATCH_MS,
  newAccount,
  of,
  stateOf,
  untilLeftOver,
  untilQuiet,
  useApp,
  username,
} from "../helpers.ts";

const app = useApp();

const SOCKETS = "/socket.io/?EIO=4&transport=websocket";
const matches = ({ heard }: Chatter) => of("matched", heard);

/** Makes an account, and so logs in. Returns its name. */
const register = async (visitor: Visitor): Promise<string> => {
  const name = username();
  expect(await app.form(visitor, "/register", newAccount(name))).toMatchObject({ status: 303 });
  return name;
};
const logIn = async (visitor: Visitor, name: string) => {
  const { status, headers } = await app.form(visitor, "/login", newAccount(name));
  expect([status, headers.get("location")]).toEqual([303, "/"]);
};
const logOut = async (visitor: Visitor) => {
  expect(await app.form(visitor, "/logout")).toMatchObject({ status: 303 });
};
/** Somebody who chats and is logged in, with the name of the account. */
const member = async (): Promise<Chatter & { name: string }> => {
  const visitor = await app.opened();
  const name = await register(visitor);
  return { ...(await app.chatter(visitor)), name };
};
/** The name without an account, such as User123456. */
const anonymous = async (visitor: Visitor): Promise<string> =>
  (await visitor.get("/api/me")).json.name;
const isClosed = ({ socket }: Chatter) => !socket.connected;
const meet = async (...both: [Chatter, Chatter]) => {
  for (const one of both) await join(one);
  for (const one of both) await eventually(() => matches(one).length).toBeGreaterThan(0);
};
/** The cookie that a visitor has now, to be sent when the visitor has another one. */
const cookieOf = async (visitor: Visitor) => ({
  cookie: `sid=${await visitor.cookie("sid")}`,
});
/** The ways to begin a new session: who has an account logs in, who is logged in logs out. */
const WAYS = ["register", "log in", "log out"] as const;
/** A visitor who is about to do this, and how. */
const about = async (way: (typeof WAYS)[number]) => {
  const visitor = await app.opened();
  if (way === "register") return { visitor, go: () => register(visitor).then(() => {}) };
  const name = await register(visitor);
  if (way === "log out") return { visitor, go: () => logOut(visitor) };
  await logOut(visitor);
  return { visitor, go: () => logIn(visitor, name) };
};

test("whoever has registered bears the name of the account in the chat, for the partner and for themselves", async () => {
  const [one, stranger] = [await member(), await app.chatter()];
  await meet(one, stranger);
  const other = await anonymous(stranger.visitor);
  expect(matches(one)).toEqual([{ you: one.name, partners: [other] }]);
  expect(matches(stranger)).toEqual([{ you: other, partners: [one.name] }]);
});

test("so does whoever logs in, and what they write bears it, too", async () => {
  const { name } = await member();
  const visitor = await app.opened();
  await logIn(visitor, name);
  const [one, stranger] = [await app.chatter(visitor), await app.chatter()];
  await meet(one, stranger);
  one.socket.emit("message", { text: "good evening" });
  for (const { heard } of [one, stranger])
    await eventually(() => of("message", heard)).toMatchObject([{ from: name }]);
  one.socket.emit("leave");
  await eventually(() => of("partner_left", stranger.heard)).toEqual([
    { partner: name, reason: "left" },
  ]);
});

test("of somebody with an account the partner hears that name, and nothing else: not the one from before, and no id", async () => {
  const visitor = await app.opened();
  const before = await anonymous(visitor);
  const name = await register(visitor);
  const [one, stranger] = [await app.chatter(visitor), await app.chatter()];
  await meet(one, stranger);
  one.socket.emit("message", { text: "good evening" });
  one.socket.emit("leave");
  await eventually(() => of("partner_left", stranger.heard)).toHaveLength(1);
  const heard = JSON.stringify(stranger.heard);
  expect(heard).toContain(name);
  const rows = app.database().prepare("SELECT data FROM sessions").pluck().all() as string[];
  const own = rows.filter((row) => row.includes(name));
  expect(own).toHaveLength(1);
  // Every long text of the session but the name: an id would be one.
  const ids = [...String(own[0]).matchAll(/"([^"]{12,})"/g)].map(([, text = ""]) => text);
  for (const secret of [before, one.socket.id as string, ...ids.filter((it) => it !== name)])
    expect(heard).not.toContain(secret);
});

test("the page of the chat shows the name of the account, and after the logout the one from before", async () => {
  const visitor = await app.opened();
  const main = async () => {
    const { text } = await visitor.get("/chat");
    return text.slice(text.indexOf("<main"));
  };
  const before = await anonymous(visitor);
  const name = await register(visitor);
  const inside = await main();
  expect(inside).toContain(name);
  expect(inside).not.toContain(before);
  await logOut(visitor);
  const outside = await main();
  expect(outside).toContain(before);
  expect(outside).not.toContain(name);
});

test.for(WAYS)(
  "to %s closes all connections of the visitor, and those of nobody else",
  async (way) => {
    const { visitor, go } = await about(way);
    const tabs = [await app.chatter(visitor), await app.chatter(visitor)];
    const others = [...(await app.chatters(2)), await member()];
    await go();
    for (const tab of tabs) await eventually(() => isClosed(tab)).toBe(true);
    for (const { socket } of others) await untilRead(socket);
    expect(others.some(isClosed), "whether somebody else was cut off").toBe(false);
  },
);

test.for(WAYS)("after that, a new connection has the name that is right then: %s", async (way) => {
  const { visitor, go } = await about(way);
  const before = await app.chatter(visitor);
  const old = await anonymous(visitor);
  await go();
  await eventually(() => isClosed(before)).toBe(true);
  const name = await anonymous(visitor);
  expect(name).not.toBe(old);
  const [again, stranger] = [await app.chatter(visitor), await app.chatter()];
  await meet(again, stranger);
  expect(app.nameOf(again)).toBe(name);
  expect(matches(stranger)).toMatchObject([{ partners: [name] }]);
});

test.for(WAYS)("the partner of a chat that ends so hears the old name: %s", async (way) => {
  const { visitor, go } = await about(way);
  const old = await anonymous(visitor);
  const [one, stranger] = [await app.chatter(visitor), await app.chatter()];
  await meet(one, stranger);
  await go();
  await eventually(() => of("partner_left", stranger.heard)).toEqual([
    { partner: old, reason: "lost" },
  ]);
  // And the one who is left can find somebody else, also the same person.
  await meet(await app.chatter(visitor), stranger);
  const name = await anonymous(visitor);
  expect(matches(stranger).at(-1)).toMatchObject({ partners: [name] });
});

test("who waits and logs in waits no more: nobody is brought together with the old connection", async () => {
  const visitor = await app.opened();
  const [one, two] = [await app.chatter(visitor), await app.chatter()];
  await join(one);
  await register(visitor);
  await eventually(() => isClosed(one)).toBe(true);
  await join(two);
  await eventually(() => of("waiting", two.heard)).toEqual([{ ahead: 0 }]);
  await sleep(3 * MATCH_MS);
  await untilRead(two.socket);
  expect(matches(two)).toEqual([]);
});

test.for(WAYS)("a connection with the old cookie is refused: %s", async (way) => {
  const { visitor, go } = await about(way);
  const headers = await cookieOf(visitor);
  await go();
  await expect(app.socket({ headers })).rejects.toThrow(SocketRefused);
  expect(await anonymous(visitor)).toBeTypeOf("string");
  await app.chatter(visitor);
});

test.for(WAYS)(
  "so is one whose handshake began before, and ends only when that was answered: %s",
  async (way) => {
    const { visitor, go } = await about(way);
    const raw = await app.webSocket(SOCKETS, { headers: await cookieOf(visitor) });
    let answer = "";
    raw.closed.then(() => {
      answer = "closed";
    });
    // The server has said hello, and waits for what the other side wants.
    await eventually(() => raw.received.length).toBe(1);
    await go();
    raw.socket.send("40");
    await eventually(() => {
      const [, second] = raw.received;
      answer ||= String(second ?? "");
      return answer;
    }).toMatch(/./);
    // 44 is the number of a refusal, 40 of a connection.
    expect(answer).toMatch(/^(closed|44)/);
  },
);

test("however a logout and many connections cross, none is left that bears the name of the account", async () => {
  for (let round = 0; round < 8; round += 1) {
    const visitor = await app.opened();
    const name = await register(visitor);
    const headers = await cookieOf(visitor);
    const open: Chatter[] = [];
    const connect = async () => {
      const heard: Chatter["heard"] = [];
      const onAny = (event: string, ...values: unknown[]) => heard.push([event, ...values]);
      try {
        open.push({ visitor, socket: await app.socket({ headers, onAny }), heard });
      } catch (error) {
        if (!(error instanceof SocketRefused)) throw error;
      }
    };
    const connecting: Promise<void>[] = [];
    let out: Promise<void> | undefined;
    // In each round the logout comes at another moment.
    for (let number = 0; number < 16; number += 1) {
      connecting.push(connect());
      if (number === 2 * round) out = logOut(visitor);
      if (number % 2 === 1) await sleep(1);
    }
    await Promise.all([...connecting, out]);
    // What was to be closed is closed by now: the server has served somebody who came later.
    const witness = await app.chatter();
    await untilRead(witness.socket);
    await sleep(50);
    const left = open.filter((one) => !isClosed(one));
    for (const one of left) {
      const stranger = await app.chatter();
      await meet(one, stranger);
      expect(app.nameOf(one), "the name of who was let in with the old cookie").not.toBe(name);
    }
    // The visitor is not locked out by them.
    await app.chatter(visitor);
  }
});

test("who is logged in on two devices never meets themselves, and each device meets a stranger", async () => {
  const one = await member();
  const visitor = await app.opened();
  await logIn(visitor, one.name);
  const two = await app.chatter(visitor);
  const devices: Chatter[] = [one, two];
  for (const device of devices) await join(device);
  await untilLeftOver(two, 5);
  expect(devices.flatMap(matches)).toEqual([]);
  const strangers = await app.chatters(2);
  for (const stranger of strangers) {
    await join(stranger);
    await eventually(() => matches(stranger)).toMatchObject([{ partners: [one.name] }]);
  }
  for (const device of devices) await eventually(() => matches(device)).toHaveLength(1);
  const met = devices.flatMap((device) => matches(device)[0].partners);
  expect(met.toSorted()).toEqual(strangers.map(app.nameOf).toSorted());
});

test("to log in on one device closes nothing on the other, and neither does the logout", async () => {
  const one = await member();
  const visitor = await app.opened();
  await logIn(visitor, one.name);
  await logOut(visitor);
  await untilRead(one.socket);
  expect(isClosed(one)).toBe(false);
});

test("two who share a machine, but no account, meet as others do", async () => {
  const [one, two] = [await member(), await member()];
  await meet(one, two);
  expect(matches(one)).toEqual([{ you: one.name, partners: [two.name] }]);
});

test("after a login three tabs are let in, as before", async () => {
  const visitor = await app.opened();
  const before = [await app.chatter(visitor), await app.chatter(visitor)];
  await register(visitor);
  for (const tab of before) await eventually(() => isClosed(tab)).toBe(true);
  for (let tabs = 1; tabs <= 3; tabs += 1) await app.chatter(visitor);
  await expect(visitor.socket()).rejects.toThrow(/too many tabs/);
});

browserTest("a login in another tab shows on the page of the chat, without a reload", async () => {
  const page = await app.chatPage();
  const before = await page.locator("#you").innerText();
  expect(before).toMatch(/^User\d{6}$/);
  await page.evaluate("window.mark = 'the same page'");
  const name = username();
  const tab = await page.context().newPage();
  try {
    await tab.goto(`${app.running().url}/login`);
    const form = tab.locator('form[action="/register"]');
    for (const [field, value] of Object.entries(newAccount(name)))
      await form.locator(`[name=${field}]`).fill(value);
    await form.locator("button").click();
    await eventually(() => page.locator("#you").innerText(), 15_000).toBe(name);
    await eventually(() => stateOf(page)).toBe("idle");
    await tab.locator('form[action="/logout"] button').click();
    await eventually(() => page.locator("#you").innerText(), 15_000).toBe(before);
  } finally {
    await tab.close();
  }
  expect(await page.evaluate("window.mark")).toBe("the same page");
});

browserTest("that ends the chat of the page, and the next one is under the new name", async () => {
  const { page, partner } = await app.pageAndPartner();
  const before = await page.locator("#you").innerText();
  const tab = await page.context().newPage();
  const name = username();
  try {
    await tab.goto(`${app.running().url}/login`);
    const form = tab.locator('form[action="/register"]');
    for (const [field, value] of Object.entries(newAccount(name)))
      await form.locator(`[name=${field}]`).fill(value);
    await form.locator("button").click();
    await eventually(() => of("partner_left", partner.heard)).toEqual([
      { partner: before, reason: "lost" },
    ]);
    await eventually(() => stateOf(page), 15_000).toBe("idle");
    await page.locator("#find").click();
    await join(partner);
    await eventually(() => stateOf(page)).toBe("paired");
    expect(matches(partner).at(-1)).toMatchObject({ partners: [name] });
    await eventually(() => page.locator("#messages li").first().innerText()).toBe(
      `You've joined the chat as ${name}`,
    );
  } finally {
    await tab.close();
  }
});

test("an account has three tabs in all, on however many devices it is logged in", async () => {
  const { visitor, name } = await member();
  await app.chatter(visitor);
  const other = await app.opened();
  await logIn(other, name);
  const third = await app.chatter(other);
  await expect(other.socket()).rejects.toThrow(/too many tabs/);
  await expect(visitor.socket()).rejects.toThrow(/too many tabs/);
  third.socket.close();
  await untilQuiet({ socket: (await app.chatter()).socket });
  await app.chatter(visitor);
});
