import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ask, eventually, untilRead } from "#testkit";
import {
  type Chatter,
  join,
  loadLobby,
  MATCH_MS,
  type Member,
  makeMember,
  of,
  untilQuiet,
  useApp,
} from "../helpers.ts";

const app = useApp();
/** The same app without MATCH_MS: its rounds wait a second. */
const slow = useApp({ env: { MATCH_MS: "" } });
const SECOND = 1000;

/** A timer may be early by a fraction of a millisecond, and two clocks are looked at. */
const EARLY = 10;
const isMatched = ({ heard }: Chatter) => of("matched", heard).length > 0;
/** Waits until one is matched. Returns when it was seen, in ms. */
const whenMatched = async (chatter: Chatter): Promise<number> => {
  await eventually(() => isMatched(chatter)).toBe(true);
  return performance.now();
};

test("nobody is matched at once: two wait for a second, if MATCH_MS says nothing else", async () => {
  const [one, two] = [await slow.chatter(), await slow.chatter()];
  await join(one);
  const start = performance.now();
  await join(two);
  await eventually(() => of("waiting", two.heard)).toEqual([{ ahead: 1 }]);
  expect((await whenMatched(two)) - start).toBeGreaterThanOrEqual(SECOND - EARLY);
  await whenMatched(one);
});

test("they wait as long as MATCH_MS says", async () => {
  const server = await app.another({ env: { MATCH_MS: "1500" } });
  const [one, two] = [await app.chatter(undefined, server), await app.chatter(undefined, server)];
  await join(one);
  const start = performance.now();
  await join(two);
  expect((await whenMatched(two)) - start).toBeGreaterThanOrEqual(1500 - EARLY);
});

test("the time begins when the second one comes, not the first: one alone waits without a round", async () => {
  const [one, two] = [await slow.chatter(), await slow.chatter()];
  await join(one);
  await sleep(1.3 * SECOND);
  await untilRead(one.socket);
  expect(of("waiting", one.heard), "told to who is alone").toEqual([{ ahead: 0 }]);
  const start = performance.now();
  await join(two);
  expect((await whenMatched(one)) - start).toBeGreaterThanOrEqual(SECOND - EARLY);
});

test("whoever comes during that time is in the same round, and does not put it off", async () => {
  const chatters: Chatter[] = [];
  // Somebody comes, and comes again, in less time than a round waits: and yet it is held.
  while (!chatters.some(isMatched) && chatters.length < 30) {
    const chatter = await app.chatter();
    await join(chatter);
    chatters.push(chatter);
    await sleep(MATCH_MS / 4);
  }
  expect(chatters.some(isMatched), "whether a round was held while people came").toBe(true);
  expect(chatters.length, "nobody was matched before there were two").toBeGreaterThan(1);
});

test.for(["leaves", "is lost"])(
  "when the second one %s, the round is taken back, and the next one begins its own time",
  async (way) => {
    const [one, two, three] = [await slow.chatter(), await slow.chatter(), await slow.chatter()];
    await join(one);
    await join(two);
    await sleep(SECOND / 2);
    if (way === "leaves") expect(await ask(two.socket, "leave")).toEqual({ state: "idle" });
    else two.socket.close();
    await sleep(50);
    const start = performance.now();
    await join(three);
    expect((await whenMatched(three)) - start).toBeGreaterThanOrEqual(SECOND - EARLY);
    await whenMatched(one);
    expect(of("matched", one.heard)).toMatchObject([{ partners: [app.nameOf(three)] }]);
    expect(of("matched", two.heard)).toEqual([]);
  },
);

test("who is left over in a round is told that they wait, and is matched in the next one", async () => {
  const three = await slow.chatters(3);
  await Promise.all(three.map(join));
  await eventually(() => three.filter(isMatched)).toHaveLength(2);
  const left = three.find((chatter) => !isMatched(chatter)) as Chatter;
  await eventually(() => of("waiting", left.heard)).toHaveLength(2);
  expect(of("waiting", left.heard)[1]).toEqual({ ahead: 0 });
  for (const { heard } of three.filter(isMatched)) expect(of("waiting", heard)).toHaveLength(1);
  // Of those who come now one is left over, and never who has been before.
  const more = await slow.chatters(2);
  await Promise.all(more.map(join));
  await eventually(() => [left, ...more].filter(isMatched)).toHaveLength(2);
  expect(isMatched(left)).toBe(true);
});

test("in 40 rounds of eight, it is not the order of arrival that decides who meets whom", async () => {
  const server = await app.another({ env: { MATCH_MS: "100" } });
  const visitors = await Promise.all(Array.from({ length: 8 }, () => app.opened(server)));
  const met = new Map<string, number>();
  let rounds = 0;
  // What takes too long, or has a name twice, proves nothing: it is tried again.
  for (let tries = 0; rounds < 40 && tries < 100; tries += 1) {
    const eight = await Promise.all(visitors.map((visitor) => app.chatter(visitor)));
    await Promise.all(eight.map(join));
    const isOneRound = !eight.some(isMatched);
    await eventually(() => eight.filter(isMatched)).toHaveLength(8);
    const names = eight.map(app.nameOf);
    if (isOneRound && new Set(names).size === 8) {
      rounds += 1;
      for (const [at, { heard }] of eight.entries()) {
        const partner = names.indexOf(of("matched", heard)[0].partners[0]);
        const pair = `number ${at + 1} and number ${partner + 1}`;
        if (at < partner) met.set(pair, (met.get(pair) ?? 0) + 1);
      }
    }
    for (const { socket } of eight) socket.close();
  }
  expect(rounds, "rounds in which all eight were there before anybody was matched").toBe(40);
  // A pair meets in one of seven rounds. That one of the 28 meets 24 times or more in 40 has a chance
  // of 28 · P(B(40, 1/7) ≥ 24), which is less than one in 10^9.
  for (const [pair, times] of met) expect(times, `how often ${pair} met`).toBeLessThan(24);
});

test("in 10,000 rounds of eight, each meets each of the others as often", async () => {
  const { Lobby } = await loadLobby();
  const eight = Array.from({ length: 8 }, () => makeMember());
  const met = new Map<string, number>();
  for (let round = 0; round < 10_000; round += 1) {
    const lobby = new Lobby();
    for (const member of eight) lobby.join(member);
    const rooms: { members: Member[] }[] = lobby.round();
    for (const { members } of rooms) {
      const pair = members.map((member) => eight.indexOf(member) + 1).sort();
      met.set(pair.join(" and "), (met.get(pair.join(" and ")) ?? 0) + 1);
    }
  }
  // How often a pair meets is B(10,000, 1/7): 1428.6, with a standard deviation of 35.0. By 7 of these,
  // 245, one of the 28 pairs is off with a chance of 28 · 2 · 1.3 / 10^12, or, as B is not quite
  // normal so far out, three times that: less than one in 10^9.
  expect(met.size, "how many different pairs have met").toBe(28);
  for (const [pair, times] of met)
    expect(Math.abs(times - 10_000 / 7), `${pair} met ${times} times`).toBeLessThan(245);
});

test("of three, each is left over as often", async () => {
  const { Lobby } = await loadLobby();
  const three = Array.from({ length: 3 }, () => makeMember());
  const alone = [0, 0, 0];
  for (let round = 0; round < 10_000; round += 1) {
    const lobby = new Lobby();
    for (const member of three) lobby.join(member);
    lobby.round();
    const left = three.findIndex((member) => lobby.roomOf(member) === undefined);
    alone[left] = (alone[left] ?? 0) + 1;
  }
  // B(10,000, 1/3): 3333, with a standard deviation of 47.1. 7 of them are 330.
  for (const times of alone) expect(Math.abs(times - 10_000 / 3)).toBeLessThan(330);
});

test.for([3, 5, 7])(
  "of %s who come again and again, who was left over is served in the next round",
  async (count) => {
    const { Lobby } = await loadLobby();
    const lobby = new Lobby();
    let idle = Array.from({ length: count }, () => makeMember());
    let left: Member | undefined;
    for (let round = 0; round < 300; round += 1) {
      for (const member of idle) lobby.join(member);
      const met: Member[] = lobby.round().flatMap(({ members }: { members: Member[] }) => members);
      expect(met, `round ${round}`).toHaveLength(count - 1);
      if (left) expect(met.includes(left), "whether who was left over is served").toBe(true);
      const all: Member[] = left ? [...idle, left] : idle;
      left = all.find((member) => !met.includes(member));
      // They are lost, and come back on connections of their own.
      for (const member of met) lobby.lose(member);
      idle = met.map(({ visitor }) => makeMember(visitor));
    }
  },
);

test("of 31 who come at once one is left over, and meets who comes next", async () => {
  const chatters = await app.chatters(31);
  await Promise.all(chatters.map(join));
  await eventually(() => chatters.filter(isMatched)).toHaveLength(30);
  const left = chatters.find((chatter) => !isMatched(chatter)) as Chatter;
  await untilQuiet(left);
  const last = await app.chatter();
  await join(last);
  for (const chatter of [left, last]) await whenMatched(chatter);
  expect(of("matched", left.heard)).toMatchObject([{ partners: [app.nameOf(last)] }]);
});

test("each round begins with its own second person: no timer goes on when nobody waits", async () => {
  const first = [await slow.chatter(), await slow.chatter()] as const;
  for (const one of first) await join(one);
  for (const one of first) await whenMatched(one);
  await sleep(SECOND / 2);
  const second = [await slow.chatter(), await slow.chatter()] as const;
  await join(second[0]);
  const start = performance.now();
  await join(second[1]);
  expect((await whenMatched(second[1])) - start).toBeGreaterThanOrEqual(SECOND - EARLY);
});

test("whoever is left alone hears that nobody is ahead any more", async () => {
  const [one, two] = [await app.chatter(), await app.chatter()];
  await join(one);
  await join(two);
  await eventually(() => of("waiting", two.heard).at(-1)).toEqual({ ahead: 1 });
  expect(await ask(one.socket, "leave")).toEqual({ state: "idle" });
  await eventually(() => of("waiting", two.heard).at(-1)).toEqual({ ahead: 0 });
});

test("only those who wait are told of it", async () => {
  const [one, idle] = [await app.chatter(), await app.chatter()];
  await join(one);
  await untilQuiet(one, idle);
  expect(of("waiting", idle.heard)).toEqual([]);
});
