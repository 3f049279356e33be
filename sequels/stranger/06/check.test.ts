import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, browserTest, eventually, untilRead } from "#testkit";
import {
  type Chatter,
  join,
  lines,
  loadLobby,
  makeMember,
  type Operation,
  of,
  stateOf,
  tryLobby,
  untilLeftOver,
  useApp,
} from "../helpers.ts";

const app = useApp();

const next = ({ socket }: Chatter, ...values: unknown[]) => ask(socket, "next", ...values);
const matches = ({ heard }: Chatter) => of("matched", heard);
const waits = ({ heard }: Chatter) => of("waiting", heard).length;
const partings = ({ heard }: Chatter) => of("partner_left", heard);
/** A lobby with a clock that stands until it is set. */
const timed = async () => {
  const { Lobby } = await loadLobby();
  const clock = { now: 0 };
  const lobby = new Lobby(() => clock.now);
  const people = Array.from({ length: 4 }, () => makeMember());
  const [alice, bob, charlie, dora] = people as [(typeof people)[0], ...typeof people];
  return { lobby, clock, alice, bob: bob as typeof alice, charlie, dora };
};

test("next leaves the chat and waits: the other is told that somebody has left", async () => {
  const [one, two] = await app.pair();
  const before = waits(one);
  expect(await next(one)).toEqual({ state: "waiting" });
  await eventually(() => waits(one)).toBe(before + 1);
  expect(of("waiting", one.heard).at(-1)).toEqual({ ahead: 0 });
  await eventually(() => partings(two)).toEqual([{ partner: app.nameOf(one), reason: "left" }]);
  expect(await ask(two.socket, "message", { text: "wait" })).toEqual({ error: "not paired" });
  expect(await ask(one.socket, "join")).toEqual({ error: "already waiting" });
  expect(await ask(two.socket, "leave"), "who was left is idle").toEqual({
    error: "not in a chat",
  });
  expect(partings(one)).toEqual([]);
});

test("who is idle has nothing to go on from", async () => {
  const chatter = await app.chatter();
  expect(await next(chatter)).toEqual({ error: "not in a chat" });
  await join(chatter);
});

test("both say next at the same moment: one waits, the other was left and is idle", async () => {
  for (let times = 0; times < 3; times += 1) {
    const pair = await app.pair();
    const answers = await Promise.all(pair.map((chatter) => next(chatter)));
    expect(answers).toContainEqual({ state: "waiting" });
    expect(answers).toContainEqual({ error: "not in a chat" });
    for (const { socket } of pair) await untilRead(socket);
    expect(pair.map((chatter) => partings(chatter).length)).toEqual(
      answers.map((answer) => ("error" in (answer as object) ? 1 : 0)),
    );
    for (const { socket } of pair) socket.close();
  }
});

test("whatever is sent along with next, and without an acknowledgement, it is the same", async () => {
  for (const values of [[], [null], ["x"], [{ to: "x" }], [[]]]) {
    const [one, two] = await app.pair();
    one.socket.emit("next", ...values);
    await eventually(() => partings(two)).toMatchObject([{ reason: "left" }]);
    expect(await ask(one.socket, "join")).toEqual({ error: "already waiting" });
    for (const { socket } of [one, two]) socket.close();
  }
});

test("with a third one there, somebody else is met at once", async () => {
  const [one, two] = await app.pair();
  const third = await app.chatter();
  await join(third);
  const before = waits(one);
  await next(one);
  await eventually(() => matches(one)).toHaveLength(2);
  expect(matches(one)[1].partners).toEqual([app.nameOf(third)]);
  // As soon as it waits, and not once more after a round that brought nobody.
  expect(waits(one) - before).toBe(1);
  expect(matches(two)).toHaveLength(1);
});

test("of two who parted and a third, the third meets one, and the other waits on", async () => {
  const [one, two] = await app.pair();
  await next(one);
  await join(two);
  await untilLeftOver(one, 1);
  const third = await app.chatter();
  await join(third);
  await eventually(() => matches(third)).toHaveLength(1);
  const [met, left] = matches(one).length === 2 ? [one, two] : [two, one];
  await eventually(() => matches(met).at(-1).partners).toEqual([app.nameOf(third)]);
  expect(matches(third)[0].partners).toEqual([app.nameOf(met)]);
  await untilRead(left.socket);
  expect(matches(left)).toHaveLength(1);
});

test.for(["next", "leave"])(
  "after %s, two who are alone are not brought together in the next rounds",
  async (event) => {
    const [one, two] = await app.pair();
    expect(await ask(one.socket, event)).toHaveProperty("state");
    if (event === "leave") await join(one);
    await join(two);
    await untilLeftOver(two, 4);
    await untilRead(one.socket);
    for (const chatter of [one, two]) expect(matches(chatter)).toHaveLength(1);
  },
);

test("they meet again when both have waited for ten seconds, and not before", async () => {
  const [one, two] = await app.pair();
  await next(one);
  await sleep(2000);
  const start = performance.now();
  const passed = () => performance.now() - start;
  await join(two);
  while (matches(two).length < 2 && passed() < 25_000) {
    await sleep(100);
    expect(await app.get("/api/version")).toMatchObject({ status: 200 });
  }
  expect(matches(two), "whether they meet at last").toHaveLength(2);
  expect(passed(), "ms in which both have waited").toBeGreaterThanOrEqual(9990);
  await eventually(() => matches(one)).toHaveLength(2);
  expect(matches(one)[1].partners).toEqual([app.nameOf(two)]);
});

test("when one of them has met somebody else, they may meet again at once", async () => {
  const [one, two] = await app.pair();
  await next(one);
  const third = await app.chatter();
  await join(third);
  await eventually(() => matches(one)).toHaveLength(2);
  third.socket.close();
  await eventually(() => partings(one)).toHaveLength(1);
  const before = waits(two);
  await join(one);
  await join(two);
  await eventually(() => matches(two)).toHaveLength(2);
  expect(waits(two) - before, "met in the first round").toBe(1);
  expect(matches(two)[1].partners).toEqual([app.nameOf(one)]);
});

test("who was lost has not parted: they may meet again at once", async () => {
  const [one, two] = await app.pair();
  two.socket.close();
  await eventually(() => partings(one)).toMatchObject([{ reason: "lost" }]);
  const again = await app.chatter(two.visitor);
  await join(one);
  await join(again);
  await eventually(() => matches(again)).toHaveLength(1);
  expect(waits(again), "met in the first round").toBe(1);
});

test("who only waits may say next, too, and goes to the end", async () => {
  const [one, two] = await app.pair();
  await next(one);
  await join(two);
  await eventually(() => of("waiting", two.heard).at(-1)).toEqual({ ahead: 1 });
  expect(await next(one)).toEqual({ state: "waiting" });
  await eventually(() => of("waiting", one.heard).at(-1)).toEqual({ ahead: 1 });
  await eventually(() => of("waiting", two.heard).at(-1)).toEqual({ ahead: 0 });
});

test.for(["alice", "bob"] as const)(
  "in a lobby with a clock: it is ten seconds in which both wait, whether the one who left comes first or last",
  async (first) => {
    const { lobby, clock, alice, bob } = await timed();
    for (const member of [alice, bob]) lobby.join(member);
    expect(lobby.round()).toHaveLength(1);
    lobby.leave(alice);
    const [early, late] = first === "alice" ? [alice, bob] : [bob, alice];
    lobby.join(early);
    clock.now = 60_000;
    lobby.join(late);
    for (const ms of [0, 1000, 9999]) {
      clock.now = 60_000 + ms;
      expect(lobby.round(), `after ${ms} ms`).toEqual([]);
    }
    clock.now = 70_000;
    expect(lobby.round(), "after 10,000 ms").toHaveLength(1);
  },
);

test("in a lobby with a clock: who stops waiting begins anew", async () => {
  const { lobby, clock, alice, bob } = await timed();
  for (const member of [alice, bob]) lobby.join(member);
  lobby.round();
  lobby.leave(alice);
  for (const member of [alice, bob]) lobby.join(member);
  clock.now = 9000;
  lobby.leave(bob);
  lobby.join(bob);
  clock.now = 18_999;
  expect(lobby.round()).toEqual([]);
  clock.now = 19_000;
  expect(lobby.round()).toHaveLength(1);
});

test("in a lobby with a clock: it does not matter which of the two met somebody else", async () => {
  for (const who of ["alice", "bob"] as const) {
    const people = await timed();
    const { lobby, alice, bob, charlie } = people;
    for (const member of [alice, bob]) lobby.join(member);
    lobby.round();
    lobby.leave(alice);
    for (const member of [people[who], charlie]) lobby.join(member);
    expect(lobby.round()).toHaveLength(1);
    lobby.lose(charlie);
    for (const member of [alice, bob]) lobby.join(member);
    expect(lobby.round(), `after ${who} has met Charlie`).toHaveLength(1);
    expect(lobby.roomOf(alice)).toBe(lobby.roomOf(bob));
  }
});

test("whatever twelve people do, those who parted meet when they may, and no two wait who fit", async () => {
  const { Lobby } = await loadLobby();
  const visitors = Array.from({ length: 12 }, (_, at) => `visitor ${at}`);
  const operation: fc.Arbitrary<Operation> = fc.tuple(
    fc.constantFrom("join", "join", "join", "leave", "lose", "round", "round", "wait"),
    fc.nat(11),
  );
  const make = (clock: () => number) => new Lobby(clock);
  const operations = fc.array(operation, { minLength: 20, maxLength: 200, size: "max" });
  // Few people part and meet again more often than many.
  fc.assert(
    fc.property(operations, fc.integer({ min: 2, max: 12 }), (them, count) =>
      tryLobby(make, them, visitors.slice(0, count), "timed"),
    ),
    { numRuns: 200 },
  );
});

browserTest(
  "the button of a page that has met somebody says Find someone else, and does so",
  async () => {
    const { page, partner } = await app.pageAndPartner();
    const third = await app.chatter();
    await join(third);
    await page.getByRole("button", { name: "Find someone else" }).click();
    await eventually(() => partings(partner)).toMatchObject([{ reason: "left" }]);
    await eventually(() => matches(third)).toHaveLength(1);
    await eventually(() => lines(page)).toEqual([
      expect.stringMatching(/^You've joined the chat as /),
      `${app.nameOf(third)} has joined the chat.`,
    ]);
    expect(await stateOf(page)).toBe("paired");
  },
);

browserTest("two pages that are alone wait after that, and one of them may leave", async () => {
  const [one, two] = [await app.chatPage(), await app.chatPage()];
  for (const page of [one, two]) await page.locator("#find").click();
  for (const page of [one, two]) await eventually(() => stateOf(page)).toBe("paired");
  await one.locator("#find").click();
  await eventually(() => one.locator("#status").innerText()).toMatch(/waiting/i);
  await eventually(async () => (await lines(two)).at(-1)).toMatch(/ has left\.$/);
  await two.getByRole("button", { name: "Find someone else" }).click();
  await eventually(() => two.locator("#status").innerText()).toMatch(/waiting/i);
  await one.getByRole("button", { name: "Leave" }).click();
  await eventually(() => one.locator("#status").innerText()).not.toMatch(/waiting/i);
  await eventually(() => stateOf(two)).not.toBe("paired");
});

/** The same app, with a clock that is set. */
const clocked = useApp({ clock: true });

test("ten seconds are ten seconds, also when the clock of the server is set", async () => {
  const pair = await clocked.pair();
  const [one, two] = pair;
  expect(await next(one)).toEqual({ state: "waiting" });
  await join(two);
  await clocked.running().moveClock(3_600_000);
  const before = waits(one);
  await eventually(() => waits(one)).toBeGreaterThanOrEqual(before + 3);
  for (const each of pair) expect(matches(each)).toHaveLength(1);
});
