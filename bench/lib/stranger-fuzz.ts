/** Random operations of visitors of the stranger, and a look at what it promises after each few. */
import { setTimeout as sleep } from "node:timers/promises";
import { Model } from "./stranger-model.ts";
import { Chance } from "./stranger-random.ts";
import { Requests } from "./stranger-requests.ts";
import { conclude, unsettled } from "./stranger-rooms.ts";
import { Sockets } from "./stranger-sockets.ts";
import type { Visitor } from "./stranger-visitors.ts";

/** What to do. */
export type Fuzzing = {
  url: string;
  seed: number;
  operations: number;
  /** Tells how far it is, and of a breach what came before it. */
  say: (line: string) => void;
};

const VISITORS = 30;
/** So many operations are under way at once, at most; and so many logins, which wait for each other. */
const AT_ONCE = 30;
const HASHES = 8;
const ACCOUNTS = 10;
/** So many of the times nobody does anything for so long, in ms: more than the patience of who waits. */
const QUIET = 1 / 60;
const QUIET_MS = 900;
/** In ms: what is not settled by then never will be, however busy the machine is. */
const LIMIT = 20_000;
/** How many lines of what came before it are shown of a breach. */
const SHOWN = 60;

class Fuzz {
  readonly model = new Model();
  readonly #chance: Chance;
  readonly #requests: Requests;
  readonly #sockets: Sockets;
  #hashes = 0;

  constructor({ url, seed }: Fuzzing) {
    this.#chance = new Chance(seed);
    this.#requests = new Requests(url, this.model, this.#chance);
    this.#sockets = new Sockets(url, this.model, this.#chance);
  }

  /** Begins one operation, and says how many events it is. */
  #begin(): { count: number; done: Promise<unknown> } {
    const visitor = this.#chance.one(this.model.visitors);
    const some = [...visitor.connections].filter((it) => it.state !== "gone" && !it.isConnecting);
    const chance = this.#chance.next();
    const single = (done: Promise<unknown>) => ({ count: 1, done });
    if (chance < 0.03 && this.#hashes < HASHES) {
      this.#hashes += 1;
      return single(this.#requests.queue(visitor, this.#requests.request(visitor)));
    }
    if (chance < 0.04) return single(this.#sockets.connectWrongly(visitor));
    if (some.length === 0 || chance < 0.08) {
      const { connection, opened } = this.#sockets.connect(visitor);
      if (this.#chance.next() > 0.1) return single(opened);
      // Gives up, whatever has come of it.
      return single(
        sleep(this.#chance.below(6)).then(() => this.#sockets.close(connection, "given up")),
      );
    }
    const connection = this.#chance.one(some);
    if (chance < 0.14) {
      const ways = ["with a word", "without a word", "cut"];
      this.#sockets.close(connection, this.#chance.one(ways));
      if (this.#chance.next() < 0.5) return single(Promise.resolve());
      // A reload.
      const again = () =>
        this.#requests.openPage(visitor).then(() => this.#sockets.connect(visitor).opened);
      return single(this.#requests.queue(visitor, again));
    }
    if (chance < 0.2) return single(this.#sockets.garbage(connection));
    if (chance < 0.203) {
      const count = 5 + this.#chance.below(20);
      const isTalk = this.#chance.next() < 0.5;
      const all = Array.from({ length: count }, () =>
        isTalk ? this.#sockets.write(connection) : this.#sockets.join(connection),
      );
      return { count, done: Promise.all(all) };
    }
    if (connection.state === "paired" && this.#chance.next() < 0.6)
      return single(this.#sockets.write(connection));
    if (connection.state === "idle" && this.#chance.next() < 0.7)
      return single(this.#sockets.join(connection));
    const act = this.#chance.below(4);
    if (act === 0) return single(this.#sockets.write(connection));
    if (act === 1) return single(this.#sockets.join(connection));
    return single(this.#sockets.move(connection, act === 2 ? "leave" : "next"));
  }

  /** Waits until nothing changes any more and all is as it has to be. */
  async #settle() {
    const end = performance.now() + LIMIT;
    while (!this.model.fault) {
      const before = this.model.changes;
      await this.#sockets.barrier();
      // What has come meanwhile to one may be under way to another.
      if (before !== this.model.changes) continue;
      const reason = unsettled(this.model);
      if (!reason) return conclude(this.model);
      if (performance.now() > end) return this.model.breach(reason);
      await sleep(3);
    }
  }

  async #bounded(work: Promise<unknown>) {
    const { promise: late, resolve } = Promise.withResolvers<string>();
    const timer = setTimeout(resolve, 2 * LIMIT, "late");
    if ((await Promise.race([work, late])) === "late") {
      const mute = this.model.connections.filter(({ pending }) => pending.size > 0);
      this.model.breach(`no answer to ${mute.map(({ name }) => name).join(", ") || "a request"}`);
    }
    clearTimeout(timer);
  }

  async prepare() {
    for (let number = 0; number < VISITORS; number += 1) {
      const visitor: Visitor = {
        number,
        cookie: "",
        anonName: "",
        name: "",
        possible: new Set(),
        isChanging: false,
        connections: new Set(),
      };
      this.model.visitors.push(visitor);
      await this.#requests.openPage(visitor);
      if (number < ACCOUNTS) await this.#requests.rename(visitor, ...this.#requests.newAccount());
    }
    await this.#settle();
  }

  /** A few operations at once, until all are settled. Returns how many they were. */
  async batch(): Promise<number> {
    const size = 1 + this.#chance.below(AT_ONCE);
    this.#hashes = 0;
    let operations = 0;
    const all: Promise<unknown>[] = [];
    for (let at = 0; at < size; at += 1) {
      const { count, done } = this.#begin();
      operations += count;
      all.push(done);
      // Some come together, others one after the other, with rounds in between.
      if (this.#chance.next() < 0.2) await sleep(this.#chance.below(8));
    }
    await this.#bounded(Promise.all(all));
    // Those who wait are forgotten by nobody, also while nobody does anything.
    if (this.#chance.next() < QUIET) await sleep(QUIET_MS);
    await this.#bounded(this.#settle());
    return operations;
  }

  stop() {
    this.#sockets.closeAll();
  }
}

/**
 * Does so many random operations.
 * @returns how many there were, and how many a second
 * @throws at the first breach of what is promised, with the seed
 */
export const fuzzStranger = async (fuzzing: Fuzzing) => {
  const { seed, operations, say } = fuzzing;
  const fuzz = new Fuzz(fuzzing);
  try {
    await fuzz.prepare();
    const start = performance.now();
    let done = 0;
    for (let next = operations / 10; done < operations && !fuzz.model.fault; ) {
      done += await fuzz.batch();
      if (done < next) continue;
      say(`${done.toLocaleString("en")} operations, all is well`);
      next += operations / 10;
    }
    const { fault, lines } = fuzz.model;
    if (fault) {
      for (const line of lines.slice(-SHOWN)) say(line);
      throw new Error(`seed ${seed}: a breach after ${done} operations: ${fault}`);
    }
    return { operations: done, perSecond: done / ((performance.now() - start) / 1000) };
  } finally {
    fuzz.stop();
  }
};
