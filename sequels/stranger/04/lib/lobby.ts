import createError from "http-errors";

/** Somebody in the chat: the id of the connection, and the name that others see. */
export type Member = { id: string; name: string };

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
  /** In the order in which they came. */
  readonly #queue = new Set<Member>();
  readonly #rooms = new Map<Member, Room>();

  roomOf(member: Member): Room | undefined {
    return this.#rooms.get(member);
  }

  /** Lets somebody wait. Returns how many were there before. */
  join(member: Member): number {
    if (this.#queue.has(member)) throw createError(409, "already waiting");
    if (this.#rooms.has(member)) throw createError(409, "already paired");
    this.#queue.add(member);
    return this.#queue.size - 1;
  }

  /** Lets those who wait meet: who comes second meets who came first. Returns the new rooms. */
  round(): Room[] {
    const rooms: Room[] = [];
    const waiting = [...this.#queue];
    while (waiting.length >= 2) rooms.push(this.#seat(waiting.splice(0, 2)));
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
