import { randomInt } from "node:crypto";
import createError from "http-errors";

/** Somebody in the chat: the id of the connection, and the name that others see. */
export type Member = { id: string; name: string };

/** The same things in an order of chance: all orders are equally likely (Fisher–Yates). */
const shuffle = <T>(things: T[]): T[] => {
  const shuffled = [...things];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = randomInt(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
  }
  return shuffled;
};

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
  /** In the order in which they came, each with the number of rounds in which they met nobody. */
  readonly #queue = new Map<Member, number>();
  readonly #rooms = new Map<Member, Room>();

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
    this.#queue.set(member, 0);
    return this.#queue.size - 1;
  }

  /** Lets those who wait meet, as chance has it. Returns the new rooms. */
  round(): Room[] {
    const rooms: Room[] = [];
    const missed = (member: Member) => this.#queue.get(member) ?? 0;
    // Sorting leaves those in their order who have missed as many rounds: the order of chance.
    const waiting = shuffle(this.waiting).sort((one, two) => missed(two) - missed(one));
    while (waiting.length >= 2) rooms.push(this.#seat(waiting.splice(0, 2)));
    // Whoever is left over goes first the next time: nobody waits while others are served.
    for (const member of waiting) this.#queue.set(member, missed(member) + 1);
    return rooms;
  }

  #seat(members: Member[]): Room {
    const room = new Room();
    for (const member of members) {
      this.#queue.delete(member);
      room.add(member);
      this.#rooms.set(member, room);
    }
    return room;
  }

  /** Ends somebody's waiting or chat. Returns who stays behind. */
  leave(member: Member): Member[] {
    const isInChat = this.#queue.has(member) || this.#rooms.has(member);
    if (!isInChat) throw createError(409, "not in a chat");
    return this.lose(member);
  }

  /** Forgets somebody, wherever they are. Returns who stays behind. */
  lose(member: Member): Member[] {
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
