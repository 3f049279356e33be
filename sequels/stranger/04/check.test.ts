import fc from "fast-check";
import { expect, test } from "vitest";
import { isBefore } from "#testkit";
import { loadLobby, makeMember, type Operation, tryLobby, useApp } from "../helpers.ts";

const app = useApp();

const makers = async () => {
  const { Lobby, Room } = await loadLobby();
  return {
    lobby: () => new Lobby(),
    room: (...slots: unknown[]) => new Room(...slots),
  };
};
const people = (count: number) => Array.from({ length: count }, () => makeMember());

test("the app is there as before, and two meet", async () => {
  await app.pair();
});

test("a room has as many slots as are asked for, and two if nothing is said", async () => {
  const { room } = await makers();
  expect(room().slots).toBe(2);
  for (const slots of [2, 3, 4, 5]) {
    const made = room(slots);
    expect(made.slots).toBe(slots);
    const all = people(slots);
    for (const member of all) made.add(member);
    expect(made.members).toEqual(all);
  }
});

test("a room of fewer than two slots, or of no number of them, is a RangeError", async () => {
  const { room } = await makers();
  for (const slots of [1, 0, -1, 1.5, 2.5, Number.NaN, "2", null, []])
    expect(() => room(slots), `of ${JSON.stringify(slots)}`).toThrow(RangeError);
});

test("nobody gets into a full room, and those who are there stay", async () => {
  const { room } = await makers();
  for (const slots of [2, 3]) {
    const made = room(slots);
    const [late, ...all] = people(slots + 1);
    for (const member of all) made.add(member);
    expect(() => made.add(late)).toThrow("full");
    expect(made.members).toEqual(all);
    made.remove(all[0]);
    made.add(late);
    expect(made.members).toEqual([...all.slice(1), late]);
  }
});

test("who is not in a room can be removed from it: nothing happens", async () => {
  const { room } = await makers();
  const made = room(2);
  const [one, stranger] = people(2);
  made.remove(stranger);
  made.add(one);
  made.remove(stranger);
  expect(made.members).toEqual([one]);
  made.remove(one);
  made.remove(one);
  expect(made.members).toEqual([]);
});

test("the list of a room's members is a copy: who changes it changes nothing in the room", async () => {
  const { room } = await makers();
  const made = room(2);
  const [one] = people(1);
  made.add(one);
  made.members.length = 0;
  expect(made.members).toEqual([one]);
});

test("who joins a lobby waits, and hears how many are ahead", async () => {
  const { lobby } = await makers();
  const made = lobby();
  const all = people(3);
  expect(all.map((member) => made.join(member))).toEqual([0, 1, 2]);
  for (const member of all) {
    expect(made.roomOf(member)).toBeUndefined();
    expect(() => made.join(member)).toThrow("already waiting");
  }
});

test("a round puts two into a room, and both are in the same one", async () => {
  const { lobby } = await makers();
  const made = lobby();
  expect(made.round(), "of nobody").toEqual([]);
  const [one, two] = people(2);
  made.join(one);
  expect(made.round(), "of one alone").toEqual([]);
  made.join(two);
  const rooms = made.round();
  expect(rooms).toHaveLength(1);
  expect(rooms[0].members).toHaveLength(2);
  expect(new Set(rooms[0].members)).toEqual(new Set([one, two]));
  for (const member of [one, two]) {
    expect(made.roomOf(member)).toBe(rooms[0]);
    expect(() => made.join(member)).toThrow("already paired");
  }
  expect(made.round(), "when all are in rooms").toEqual([]);
});

test("a room that one has left is gone: who stayed is in none, and may join again", async () => {
  const { lobby } = await makers();
  for (const way of ["leave", "lose"] as const) {
    const made = lobby();
    const [one, two, three] = people(3);
    for (const member of [one, two]) made.join(member);
    const [room] = made.round();
    expect(made[way](one), way).toEqual([two]);
    for (const member of [one, two]) expect(made.roomOf(member)).toBeUndefined();
    expect(room.members).not.toContain(one);
    made.join(three);
    expect(made.round(), "nobody comes into the half-empty room").toEqual([]);
    expect(made.join(two)).toBe(1);
    expect(made.round()).toHaveLength(1);
    expect(made.roomOf(two)).toBe(made.roomOf(three));
  }
});

test("who waits can leave or be lost, and nobody stays behind", async () => {
  const { lobby } = await makers();
  const made = lobby();
  const [one, two] = people(2);
  for (const way of ["leave", "lose"] as const) {
    made.join(one);
    expect(made[way](one)).toEqual([]);
    expect(made.join(two), "how many are ahead").toBe(0);
    expect(made.round()).toEqual([]);
    made.lose(two);
  }
});

test("who is not there cannot leave, but can be lost: nothing happens", async () => {
  const { lobby } = await makers();
  const made = lobby();
  const [one] = people(1);
  expect(() => made.leave(one)).toThrow("not in a chat");
  expect(made.lose(one)).toEqual([]);
});

test("two lobbies know nothing of each other", async () => {
  const { lobby } = await makers();
  const [first, second] = [lobby(), lobby()];
  const [one, two] = people(2);
  first.join(one);
  expect(second.join(two)).toBe(0);
  expect([first.round(), second.round()]).toEqual([[], []]);
});

test("whatever twelve people do, each waits, or is in one room, or neither, and no two are left waiting who fit", async () => {
  const { lobby } = await makers();
  const visitors = Array.from({ length: 12 }, (_, at) => `visitor ${at}`);
  const operation: fc.Arbitrary<Operation> = fc.tuple(
    fc.constantFrom("join", "join", "leave", "lose", "round"),
    fc.nat(11),
  );
  // From step 06 on, those who have parted do not meet at once; its check says when they do.
  const partings = isBefore("06") ? "meet" : "may meet";
  const operations = fc.array(operation, { minLength: 20, maxLength: 200, size: "max" });
  fc.assert(
    fc.property(operations, (them) => tryLobby(lobby, them, visitors, partings)),
    { numRuns: 200 },
  );
});
