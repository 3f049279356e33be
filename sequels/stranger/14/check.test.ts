import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, browserTest, eventually } from "#testkit";
import {
  type Chatter,
  lines,
  loadLobby,
  type Member,
  makeMember,
  newAccount,
  of,
  stateOf,
  untilLeftOver,
  untilQuiet,
  useApp,
  username,
  word,
} from "../helpers.ts";

const app = useApp();

const SIZES = [2, 3, 4, 5];

const joinFor = async ({ socket }: Chatter, size: number) => {
  expect(await ask(socket, "join", { size })).toEqual({ state: "waiting" });
};
/** A group that has met. */
const group = async (size: number): Promise<Chatter[]> => {
  const all = await app.chatters(size);
  for (const one of all) await joinFor(one, size);
  for (const { heard } of all) await eventually(() => of("matched", heard)).toHaveLength(1);
  return all;
};
const namesOf = (all: Chatter[]) => all.map(app.nameOf).toSorted();

test("as many as were asked for meet, and each hears the names of all others", async () => {
  for (const size of SIZES) {
    const all = await group(size);
    const names = namesOf(all);
    expect(new Set(names).size).toBe(size);
    for (const { heard } of all) {
      const [{ you, partners }] = of("matched", heard);
      expect([...partners, you].toSorted()).toEqual(names);
    }
  }
});

test("who says no size wants to meet one other", async () => {
  const all = await app.chatters(3);
  expect(await ask((all[0] as Chatter).socket, "join")).toEqual({ state: "waiting" });
  expect(await ask((all[1] as Chatter).socket, "join", {})).toEqual({ state: "waiting" });
  await joinFor(all[2] as Chatter, 2);
  await eventually(() => all.flatMap(({ heard }) => of("matched", heard)).length).toBe(2);
});

test("what is no size is refused, and who asked for it does not wait", async () => {
  const { socket, heard } = await app.chatter();
  for (const size of [1, 6, 0, -2, 2.5, "3", null, [], [3], {}, true, Number.NaN])
    expect(await ask(socket, "join", { size }), JSON.stringify(size)).toEqual({
      error: expect.stringMatching(/^size: /),
    });
  const { socket: other } = await app.chatter();
  for (const value of [3, "3", null, [], true])
    expect(await ask(other, "join", value), JSON.stringify(value)).toHaveProperty("error");
  expect(await ask(other, "leave")).toEqual({ error: "not in a chat" });
  expect(heard).toEqual([]);
});

test("those who want different sizes do not meet, and are counted apart", async () => {
  const [one, two, three] = (await app.chatters(3)) as [Chatter, Chatter, Chatter];
  await joinFor(one, 2);
  await joinFor(two, 3);
  await joinFor(three, 4);
  for (const { heard } of [one, two, three])
    await eventually(() => of("waiting", heard)[0]).toEqual({ ahead: 0 });
  const more = await app.chatter();
  await joinFor(more, 3);
  await eventually(() => of("waiting", more.heard)[0]).toEqual({ ahead: 1 });
  const last = await app.chatter();
  await joinFor(last, 2);
  await eventually(() => of("matched", one.heard)).toHaveLength(1);
  expect(of("matched", one.heard)[0].partners).toEqual([app.nameOf(last)]);
  for (const { heard } of [two, three, more]) expect(of("matched", heard)).toEqual([]);
});

test("in a group, all hear what one writes, once and in one order, and nobody else does", async () => {
  const [others, all] = [await group(2), await group(4)];
  const texts = all.map(() => word());
  await Promise.all(
    all.map(async ({ socket }, at) =>
      expect(await ask(socket, "message", { text: texts[at] })).toEqual({ state: "paired" }),
    ),
  );
  for (const { heard } of all) await eventually(() => of("message", heard)).toHaveLength(4);
  const order = ({ heard }: Chatter) => of("message", heard).map(({ text }) => text);
  for (const one of all) expect(order(one)).toEqual(order(all[0] as Chatter));
  for (const [at, { heard }] of all.entries())
    expect(of("message", heard).filter(({ mine }) => mine)).toMatchObject([{ text: texts[at] }]);
  for (const { heard } of others) expect(of("message", heard)).toEqual([]);
});

test("when one of three leaves, the two go on, and nobody is added", async () => {
  const [one, two, three] = (await group(3)) as [Chatter, Chatter, Chatter];
  const partner = app.nameOf(one);
  expect(await ask(one.socket, "leave")).toEqual({ state: "idle" });
  for (const { heard } of [two, three])
    await eventually(() => of("partner_left", heard)).toEqual([{ partner, reason: "left" }]);
  // Two, so that there are rounds: one alone is in none.
  const late = (await app.chatters(2)) as [Chatter, Chatter];
  for (const each of late) await joinFor(each, 3);
  await untilLeftOver(late[1], 2);
  const text = word();
  expect(await ask(two.socket, "message", { text })).toEqual({ state: "paired" });
  await eventually(() => of("message", three.heard)).toMatchObject([{ text }]);
  await untilQuiet(one, ...late);
  for (const { heard } of [one, ...late]) expect(of("message", heard)).toEqual([]);
  for (const { heard } of late) expect(of("matched", heard)).toEqual([]);
  expect(await ask(two.socket, "join")).toEqual({ error: "already paired" });
});

test("when one alone is left, the room is closed, and they are idle", async () => {
  const [one, two, three] = (await group(3)) as [Chatter, Chatter, Chatter];
  expect(await ask(one.socket, "leave")).toEqual({ state: "idle" });
  const name = app.nameOf(two);
  two.socket.close();
  await eventually(() => of("partner_left", three.heard)).toHaveLength(2);
  expect(of("partner_left", three.heard)[1]).toEqual({ partner: name, reason: "lost" });
  expect(await ask(three.socket, "message", { text: "hello?" })).toEqual({ error: "not paired" });
  expect(await ask(three.socket, "leave")).toEqual({ error: "not in a chat" });
  await joinFor(three, 2);
});

test("who says next looks for a group of the same size", async () => {
  const [one, two] = (await group(3)) as [Chatter, Chatter];
  expect(await ask(one.socket, "next")).toEqual({ state: "waiting" });
  await eventually(() => of("partner_left", two.heard)).toHaveLength(1);
  const fresh = await app.chatters(2);
  for (const each of fresh) await joinFor(each, 3);
  await eventually(() => of("matched", one.heard)).toHaveLength(2);
  expect(of("matched", one.heard)[1].partners.toSorted()).toEqual(namesOf(fresh));
});

test("two tabs of one visitor are never in one group", async () => {
  const visitor = await app.opened();
  const tabs = [await app.chatter(visitor), await app.chatter(visitor)] as const;
  const others = await app.chatters(2);
  for (const one of [...tabs, ...others]) await joinFor(one, 3);
  await eventually(() => others.flatMap(({ heard }) => of("matched", heard)).length).toBe(2);
  expect(tabs.filter(({ heard }) => of("matched", heard).length > 0)).toHaveLength(1);
  // By chance all may be well. In a hundred rounds it is not.
  for (let round = 0; round < 100; round += 1) {
    const { lobby } = await makeLobby();
    const tabs = Array.from({ length: 3 }, () => makeMember("one visitor"));
    for (const member of [...tabs, ...people(2)]) lobby.join(member, 3);
    const [room] = lobby.round() as { members: Member[] }[];
    expect(room?.members.filter((it) => tabs.includes(it))).toHaveLength(1);
  }
});

test("two devices of one account are never in one group", async () => {
  const [one, two] = [await app.opened(), await app.opened()];
  const account = newAccount(username());
  await app.form(one, "/register", account);
  await app.form(two, "/login", account);
  const devices = [await app.chatter(one), await app.chatter(two)];
  const others = await app.chatters(2);
  for (const each of [...devices, ...others]) await joinFor(each, 3);
  await eventually(() => others.flatMap(({ heard }) => of("matched", heard)).length).toBe(2);
  expect(devices.filter(({ heard }) => of("matched", heard).length > 0)).toHaveLength(1);
});

test("after five rounds three or more go together, though they wanted five; two never do", async () => {
  const [three, two] = [await app.chatters(3), await app.chatters(2)];
  for (const one of three) await joinFor(one, 5);
  for (const one of two) await joinFor(one, 4);
  // Those who wait are told so after each round.
  for (const { heard } of three) await eventually(() => of("matched", heard)).toHaveLength(1);
  for (const one of three) {
    const told = of("waiting", one.heard).length;
    expect(told, "the answer to join, and five rounds").toBeGreaterThanOrEqual(6);
    expect(of("matched", one.heard)[0].partners).toHaveLength(2);
  }
  for (const { heard } of two) expect(of("matched", heard)).toEqual([]);
});

/** A lobby, and a clock of its own. */
const makeLobby = async () => {
  const { Lobby } = await loadLobby();
  let now = 0;
  const lobby = new Lobby(() => now);
  const goOn = (ms: number) => {
    now += ms;
  };
  return { lobby, goOn };
};
const people = (count: number) => Array.from({ length: count }, () => makeMember());

test("a thousand who wait meet in one round, each one other, and nobody themselves", async () => {
  const { lobby } = await makeLobby();
  const all = people(1000);
  for (const member of all) lobby.join(member);
  const rooms: { members: Member[] }[] = lobby.round();
  expect(rooms).toHaveLength(500);
  expect(new Set(rooms.flatMap(({ members }) => members)).size).toBe(1000);
});

test("a full group is found where there is one, though others do not fit each other", async () => {
  // One fits all; of the others two do not fit: those who parted.
  for (let round = 0; round < 50; round += 1) {
    const { lobby } = await makeLobby();
    const [a, b, c, d] = people(4) as [Member, Member, Member, Member];
    for (const member of [b, c]) lobby.join(member);
    lobby.round();
    lobby.leave(b);
    for (const member of [a, b, c, d]) lobby.join(member, 3);
    const [room, ...more] = lobby.round() as { members: Member[] }[];
    expect(more).toEqual([]);
    expect(room?.members).toHaveLength(3);
    expect(room?.members).toContain(a);
    expect(room?.members).toContain(d);
  }
});

test("nor is it missed because of one who fits the first of them, and nobody else", async () => {
  for (let round = 0; round < 200; round += 1) {
    const { lobby, goOn } = await makeLobby();
    const [a, b, c, d] = people(4) as [Member, Member, Member, Member];
    for (const member of [b, c, d]) lobby.join(member, 3);
    lobby.round();
    for (const member of [b, c]) lobby.leave(member);
    for (const member of [c, d]) lobby.join(member, 3);
    // Those two have waited long enough to meet again, but not to meet b.
    goOn(10_000);
    for (const member of [a, b]) lobby.join(member, 3);
    const rooms = lobby.round() as { members: Member[] }[];
    expect(rooms.map(({ members }) => new Set(members))).toEqual([new Set([a, c, d])]);
  }
});

test("full groups go first: those who have waited long take nobody out of one", async () => {
  const { lobby } = await makeLobby();
  const patient = people(3);
  for (const member of patient) lobby.join(member, 5);
  for (let round = 0; round < 5; round += 1) expect(lobby.round()).toEqual([]);
  for (const member of people(2)) lobby.join(member, 5);
  const rooms = lobby.round() as { members: Member[] }[];
  expect(rooms.map(({ members }) => members.length)).toEqual([5]);
});

test("when four have waited for a fifth one, they go together, all four", async () => {
  const { lobby } = await makeLobby();
  const four = people(4);
  for (const member of four) lobby.join(member, 5);
  for (let round = 0; round < 5; round += 1) expect(lobby.round()).toEqual([]);
  const [room] = lobby.round() as { members: Member[] }[];
  expect(new Set(room?.members)).toEqual(new Set(four));
});

test("two who want to be more wait on, however long", async () => {
  const { lobby } = await makeLobby();
  for (const size of [3, 4, 5]) for (const member of people(2)) lobby.join(member, size);
  for (let round = 0; round < 100; round += 1) expect(lobby.round()).toEqual([]);
});

test("three who have all waited for five rounds do not wait on, if they fit", async () => {
  const { Lobby } = await loadLobby();
  const operation = fc.tuple(
    fc.constantFrom("join", "join", "leave", "lose", "round", "round", "round"),
    fc.nat(11),
    fc.constantFrom(4, 5),
  );
  const operations = fc.array(operation, { minLength: 20, maxLength: 150, size: "max" });
  fc.assert(
    fc.property(operations, (them) => tryGroups(new Lobby(() => 0), them)),
    { numRuns: 150 },
  );
});

test("whatever twelve people do, who is in a room fits, and no full group is left waiting", async () => {
  const { Lobby } = await loadLobby();
  const operation = fc.tuple(
    fc.constantFrom("join", "join", "join", "leave", "lose", "round"),
    fc.nat(11),
    fc.constantFrom(...SIZES),
  );
  const operations = fc.array(operation, { minLength: 20, maxLength: 150, size: "max" });
  fc.assert(
    fc.property(operations, (them) => tryGroups(new Lobby(() => 0), them)),
    { numRuns: 150 },
  );
});

type Lobby = {
  join: (member: Member, size: number) => number;
  leave: (member: Member) => Member[];
  lose: (member: Member) => Member[];
  round: () => { slots: number; members: Member[] }[];
  roomOf: (member: Member) => unknown;
};

/** Does operations in a lobby whose clock stands, beside a slow and obvious model. */
const tryGroups = (lobby: Lobby, operations: [what: string, at: number, size: number][]) => {
  // Twelve connections of eight visitors: some have two tabs.
  const all = Array.from({ length: 12 }, (_, at) => makeMember(`visitor ${at % 8}`));
  const waiting = new Map<Member, { size: number; rounds: number }>();
  const rooms = new Map<Member, Set<Member>>();
  /** Who must not meet: both ways. */
  const parted = new Set<string>();
  const key = (one: Member, two: Member) => [one.id, two.id].toSorted().join();
  const fits = (one: Member, two: Member) =>
    one.visitor !== two.visitor && !parted.has(key(one, two));
  const forget = (one: Member) => {
    for (const two of all) parted.delete(key(one, two));
  };
  const remove = (one: Member): Member[] => {
    waiting.delete(one);
    const room = rooms.get(one);
    room?.delete(one);
    rooms.delete(one);
    const others = [...(room ?? [])];
    if (others.length === 1) rooms.delete(others[0] as Member);
    return others;
  };
  /** Whether of these some fit who are as many as this. */
  const isGroup = (them: Member[], size: number): boolean => {
    if (size === 0) return true;
    return them.some((one, at) =>
      isGroup(
        them.slice(at + 1).filter((two) => fits(one, two)),
        size - 1,
      ),
    );
  };
  for (const [what, at, size] of operations) {
    const one = all[at] as Member;
    if (what === "join" && !waiting.has(one) && !rooms.has(one)) {
      const ahead = [...waiting.values()].filter((it) => it.size === size).length;
      expect(lobby.join(one, size), "how many wait for the same size").toBe(ahead);
      waiting.set(one, { size, rounds: 0 });
    }
    if (what === "leave" && (waiting.has(one) || rooms.has(one))) {
      const others = remove(one);
      expect(new Set(lobby.leave(one))).toEqual(new Set(others));
      for (const two of others) parted.add(key(one, two));
    }
    if (what === "lose") {
      const others = remove(one);
      expect(new Set(lobby.lose(one))).toEqual(new Set(others));
      forget(one);
    }
    if (what === "round") {
      const made = lobby.round().map((room) => room.members);
      for (const members of made) {
        const [first] = members as [Member];
        const wanted = waiting.get(first)?.size ?? 0;
        const long = members.some((it) => (waiting.get(it)?.rounds ?? 0) >= 5);
        expect(members.length, "in a room").toBeGreaterThanOrEqual(
          long ? Math.min(wanted, 3) : wanted,
        );
        expect(members.length, "in a room").toBeLessThanOrEqual(wanted);
        for (const it of members) {
          expect(waiting.get(it)?.size, "the size that each wanted").toBe(wanted);
          for (const other of members)
            if (other !== it) expect(fits(it, other), "two in a room fit").toBe(true);
        }
        const room = new Set(members);
        for (const it of members) {
          waiting.delete(it);
          rooms.set(it, room);
        }
      }
      for (const members of made) for (const it of members) forget(it);
      for (const wanted of SIZES) {
        const left = [...waiting].filter(([, it]) => it.size === wanted);
        const them = left.map(([it]) => it);
        expect(isGroup(them, wanted), `a full group of ${wanted} is left waiting`).toBe(false);
        const patient = left.filter(([, it]) => it.rounds >= 5).map(([it]) => it);
        expect(isGroup(patient, 3), "three are left waiting for the sixth round").toBe(false);
      }
      for (const ticket of waiting.values()) ticket.rounds += 1;
    }
    for (const it of all) expect(lobby.roomOf(it) !== undefined).toBe(rooms.has(it));
  }
};

test("the page of the chat takes a size, and refuses what is none", async () => {
  for (const size of SIZES) {
    const { status, text } = await app.get(`/chat?size=${size}`);
    expect(status, `size ${size}`).toBe(200);
    expect(text).toMatch(new RegExp(`<option selected[^>]*>\\s*${size}\\s*<`));
  }
  expect((await app.get("/chat")).text).toMatch(/<option selected[^>]*>\s*2\s*</);
  for (const size of ["1", "6", "x", "2.5", "2&size=3", "-2"]) {
    const { status, text } = await app.get(`/chat?size=${size}`);
    expect(status, `size ${size}`).toBe(422);
    expect(text).toMatch(/size: must be (?:one of 2, 3, 4, 5|given once)/);
  }
});

browserTest("three pages meet; when one leaves, the two go on", async () => {
  const pages = [];
  for (let count = 0; count < 2; count += 1) pages.push(await app.page("/chat?size=3"));
  const third = await app.chatter();
  await joinFor(third, 3);
  for (const page of pages) await page.locator("#find:enabled").click();
  for (const page of pages) await eventually(() => stateOf(page)).toBe("paired");
  const name = app.nameOf(third);
  for (const page of pages)
    expect(
      (await lines(page)).filter((line) => line === `${name} has joined the chat.`),
    ).toHaveLength(1);
  expect(await ask(third.socket, "leave")).toEqual({ state: "idle" });
  for (const page of pages) {
    await page.getByText(`${name} has left.`).first().waitFor();
    expect(await stateOf(page)).toBe("paired");
  }
  const text = word();
  const [one, two] = pages as [(typeof pages)[0], (typeof pages)[0]];
  await one.locator("#text").fill(text);
  await one.locator("#send button").click();
  await eventually(
    async () => (await lines(two)).filter((line) => line.includes(text)).length,
  ).toBe(1);
  await one.locator("#leave").click();
  await eventually(() => stateOf(two)).toBe("idle");
});

browserTest("the size that a page waits for can be chosen on it", async () => {
  const page = await app.chatPage();
  await page.locator("#size").selectOption("4");
  await page.getByRole("button", { name: "Change" }).click();
  await page.waitForURL(/\/chat\?size=4$/);
  expect(await page.locator("#size").inputValue()).toBe("4");
});
