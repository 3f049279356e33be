import { randomInt } from "node:crypto";
import createError from "http-errors";

/** Somebody in the chat: the ids of the connection and of the visitor, and the name that others see. */
export type Member = { id: string; visitor: string; name: string };

/** The same things in an order of chance: all orders are equally likely (Fisher–Yates). */
const shuffle = <T>(things: T[]): T[] => {
  const shuffled = [...things];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = randomInt(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
  }
  return shuffled;
};

/** For so long, in ms, those who parted are not brought together again, though both wait. */
const PARTED_MS = 10_000;

/** A place for a few people. */
export class Room {
  readonly slots: number;
  readonly #members = new Set<Member>();

  constructor(slots = 2) {
    if (!Number.isInteger(slots) || slots < 2) throw new RangeError("a room has 2 slots or more");
    this.slots = slots;
  }

  get members(): Member[] {
    return [...this.#members];
  }

  add(member: Member) {
    if (this.#members.size === this.slots) throw new Error("the room is full");
    this.#members.add(member);
  }

  /** Does nothing where nobody is to be removed. */
  remove(member: Member) {
    this.#members.delete(member);
  }
}

/** Who waits, and who is in which room. */
export class Lobby {
  /** In the order in which they came: the rounds in which they met nobody, and since when they wait. */
  readonly #queue = new Map<Member, { missed: number; since: number }>();
  readonly #rooms = new Map<Member, Room>();
  /** Whom somebody has left, or was left by, until one of them meets somebody else. */
  readonly #parted = new Map<Member, Set<Member>>();
  readonly #clock: () => number;

  /** @param clock milliseconds that only ever grow, whatever is done to the time of day */
  constructor(clock = () => performance.now()) {
    this.#clock = clock;
  }

  get waiting(): Member[] {
    return [...this.#queue.keys()];
  }

  roomOf(member: Member): Room | undefined {
    return this.#rooms.get(member);
  }

  /** Lets somebody wait. Returns how many were there before. */
  join(member: Member): number {
    if (this.#queue.has(member)) throw createError(409, "already waiting");
    if (this.#rooms.has(member)) throw createError(409, "already paired");
    this.#queue.set(member, { missed: 0, since: this.#clock() });
    return this.#queue.size - 1;
  }

  /** Lets those who wait meet, as chance has it. Returns the new rooms. */
  round(): Room[] {
    const rooms: Room[] = [];
    const missed = (member: Member) => this.#queue.get(member)?.missed ?? 0;
    // Sorting leaves those in their order who have missed as many rounds: the order of chance.
    const waiting = shuffle(this.waiting).sort((one, two) => missed(two) - missed(one));
    for (const [index, member] of waiting.entries()) {
      if (!this.#queue.has(member)) continue;
      const later = waiting.slice(index + 1);
      const partner = later.find((other) => this.#queue.has(other) && this.#fit(member, other));
      if (partner) rooms.push(this.#seat([member, partner]));
    }
    // Whoever is left over goes first the next time: nobody waits while others are served.
    for (const ticket of this.#queue.values()) ticket.missed += 1;
    return rooms;
  }

  /** Whether two who wait may meet. */
  #fit(one: Member, two: Member): boolean {
    // Whoever has two tabs, or is logged in on two devices, does not meet themselves.
    if (one.visitor === two.visitor || one.name === two.name) return false;
    if (!this.#parted.get(one)?.has(two)) return true;
    // Both have waited so long that nobody else is there.
    const since = [one, two].map((member) => this.#queue.get(member)?.since ?? 0);
    return this.#clock() - Math.max(...since) >= PARTED_MS;
  }

  /** Forgets from whom somebody has parted. */
  #meet(member: Member) {
    for (const other of this.#parted.get(member) ?? []) this.#parted.get(other)?.delete(member);
    this.#parted.delete(member);
  }

  #seat(members: Member[]): Room {
    const room = new Room();
    for (const member of members) {
      this.#queue.delete(member);
      this.#meet(member);
      room.add(member);
      this.#rooms.set(member, room);
    }
    return room;
  }

  /** Ends somebody's waiting or chat. Returns who stays behind. */
  leave(member: Member): Member[] {
    const isInChat = this.#queue.has(member) || this.#rooms.has(member);
    if (!isInChat) throw createError(409, "not in a chat");
    const others = this.#remove(member);
    for (const other of others) {
      this.#part(member, other);
      this.#part(other, member);
    }
    return others;
  }

  #part(one: Member, two: Member) {
    const parted = this.#parted.get(one) ?? new Set();
    this.#parted.set(one, parted.add(two));
  }

  /** Forgets somebody, wherever they are. Returns who stays behind. */
  lose(member: Member): Member[] {
    this.#meet(member);
    return this.#remove(member);
  }

  #remove(member: Member): Member[] {
    this.#queue.delete(member);
    const room = this.#rooms.get(member);
    room?.remove(member);
    this.#rooms.delete(member);
    const others = room?.members ?? [];
    // One alone has nobody to talk to: the room is closed, and nobody can come into it.
    for (const other of others) this.#rooms.delete(other);
    return others;
  }
}
