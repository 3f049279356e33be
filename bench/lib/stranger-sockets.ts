import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Model } from "./stranger-model.ts";
import type { Chance } from "./stranger-random.ts";
import { type Answer, Connection, type Visitor } from "./stranger-visitors.ts";

const BAD_JOINS: unknown[] = [
  null,
  0,
  "2",
  [],
  [2],
  { size: 1 },
  { size: 6 },
  { size: 2.5 },
  { size: "2" },
  { size: null },
  { size: [2] },
  { size: { toString: "2" } },
];
const BAD_TEXTS: unknown[] = [
  undefined,
  null,
  7,
  "text",
  [],
  {},
  { text: null },
  { text: 7 },
  { text: "" },
  { text: " \n\t " },
  { text: ["hello"] },
  { text: "🙂".repeat(1001) },
  { text: { toString: "hello" } },
  { text: Buffer.from("hello") },
];

/** The connections of all visitors, and what they send. */
export class Sockets {
  readonly #url: string;
  readonly #model: Model;
  readonly #chance: Chance;
  readonly #sockets = new Map<Connection, Socket>();
  #number = 0;

  constructor(url: string, model: Model, chance: Chance) {
    this.#url = url;
    this.#model = model;
    this.#chance = chance;
  }

  connect(visitor: Visitor): { connection: Connection; opened: Promise<void> } {
    this.#number += 1;
    const connection = new Connection(`v${visitor.number}/${this.#number}`, visitor);
    this.#model.tell(`${connection.name} connects`);
    const wasChanging = visitor.isChanging;
    const socket = io(this.#url, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: visitor.cookie },
    });
    this.#sockets.set(connection, socket);
    const opened = new Promise<void>((resolve) => {
      connection.pending.add(resolve);
      socket.on("connect", () => {
        this.#model.tell(`${connection.name} is connected`);
        connection.isConnecting = false;
        connection.pending.delete(resolve);
        resolve();
      });
      socket.on("connect_error", ({ message }) => {
        this.#model.refuse(connection, message, wasChanging);
        this.close(connection, "refused");
        resolve();
      });
    });
    socket.on("disconnect", (reason) => {
      this.#model.end(connection, reason, false);
      this.close(connection, reason);
    });
    socket.onAny((event, ...values) => this.#model.hear(connection, event, ...values));
    return { connection, opened };
  }

  /** Ends a connection: with a word, without one, or as a cable that is cut. */
  close(connection: Connection, reason: string) {
    const socket = this.#sockets.get(connection);
    this.#sockets.delete(connection);
    this.#model.end(connection, reason, true);
    if (!socket) return;
    const { engine } = socket.io;
    if (reason === "cut") {
      // The package does not say that it has this.
      const { ws } = (engine?.transport ?? {}) as { ws?: { terminate?: () => void } };
      ws?.terminate?.();
    }
    if (reason === "without a word") engine?.close();
    socket.disconnect();
  }

  /** A handshake that has to be refused: nobody's, or of a page of another site. */
  connectWrongly(visitor: Visitor): Promise<void> {
    const isForeign = this.#chance.next() < 0.5;
    const headers: Record<string, string> = isForeign
      ? { cookie: visitor.cookie, origin: "http://elsewhere.example" }
      : {};
    const socket = io(this.#url, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      extraHeaders: headers,
    });
    return new Promise((resolve) => {
      const end = (isRight: boolean, what: string) => {
        if (!isRight) this.#model.breach(`v${visitor.number}: a wrong handshake: ${what}`);
        socket.disconnect();
        resolve();
      };
      socket.on("connect", () => end(false, isForeign ? "of another site" : "without a cookie"));
      socket.on("connect_error", ({ message }) =>
        end(isForeign || message.startsWith("no session"), message),
      );
    });
  }

  #emit(
    connection: Connection,
    event: string,
    values: unknown[],
    asked: { isGood: boolean; size?: number; text?: string },
  ): Promise<void> {
    const socket = this.#sockets.get(connection);
    if (!socket) return Promise.resolve();
    const { text, ...rest } = asked;
    const written = text === undefined ? undefined : this.#model.write(text, connection);
    const sent = performance.now();
    return new Promise((resolve) => {
      connection.pending.add(resolve);
      socket.emit(event, ...values, (answer: Answer) => {
        if (connection.state === "gone") return;
        const all = { event, sent, ...rest, ...(written && { written }) };
        connection.pending.delete(resolve);
        this.#model.acknowledge(connection, all, answer);
        resolve();
      });
    });
  }

  join(connection: Connection) {
    const size = this.#chance.next() < 0.6 ? 2 : 2 + this.#chance.below(4);
    const value =
      size === 2 ? this.#chance.one<unknown[]>([[], [{}], [{ size }]]) : [{ size, more: 1 }];
    return this.#emit(connection, "join", value, { isGood: true, size });
  }

  write(connection: Connection) {
    this.#number += 1;
    const more = this.#chance.one(["", "", "", " <b>&amp;</b>", " 🙂".repeat(300), "  \n"]);
    const text = `message ${this.#number} of ${connection.name}${more}`;
    return this.#emit(connection, "message", [{ text }], { isGood: true, text });
  }

  move(connection: Connection, event: "leave" | "next") {
    return this.#emit(connection, event, this.#chance.one([[], [null], [{ size: 9 }, 1]]), {
      isGood: true,
    });
  }

  /** What no page sends. What is not acknowledged is refused, or unknown: it changes no state. */
  garbage(connection: Connection): Promise<void> {
    const socket = this.#sockets.get(connection);
    const chance = this.#chance.next();
    const isGood = false;
    if (chance < 0.35)
      return this.#emit(connection, "join", [this.#chance.one(BAD_JOINS)], { isGood });
    if (chance < 0.7)
      return this.#emit(connection, "message", [this.#chance.one(BAD_TEXTS)], { isGood });
    this.#model.tell(`${connection.name} sends garbage`);
    if (chance < 0.8) {
      socket?.emit("join", { size: 1 });
      connection.moves.note(performance.now());
    } else if (chance < 0.9) {
      socket?.emit("message", this.#chance.one(BAD_TEXTS));
      connection.writes.note(performance.now());
    } else if (chance < 0.97) {
      const events = ["matched", "partner_left", "system", "waiting", "__proto__", "constructor"];
      socket?.emit(this.#chance.one(events), this.#chance.one(BAD_TEXTS), 1, [{}]);
    } else {
      // Longer than the server reads, or of no sense: it may close this connection, and no other.
      const { engine } = socket?.io ?? {};
      const frame = this.#chance.one([
        '2["join',
        "4",
        "9",
        '251-["message",{"_placeholder":true,"num":9}]',
      ]);
      engine?.write(this.#chance.next() < 0.5 ? "x".repeat(30_000) : frame);
      this.#model.end(connection, "garbage", true);
      return sleep(this.#chance.below(5)).then(() => this.close(connection, "garbage"));
    }
    return Promise.resolve();
  }

  /** Waits until each connection has read all that the server had sent it when it was asked. */
  async barrier() {
    await Promise.all(
      this.#model.live.map(
        (connection) =>
          new Promise<void>((resolve) => {
            connection.pending.add(resolve);
            // A server answers for each namespace, in its turn, also where it has none of this name.
            const probe = this.#sockets.get(connection)?.io.socket("/probe");
            if (!probe) return resolve();
            probe.once("connect_error", () => {
              connection.pending.delete(resolve);
              resolve();
            });
          }),
      ),
    );
  }

  closeAll() {
    for (const connection of this.#sockets.keys()) this.close(connection, "the end");
  }
}
