/** What each connection is told, compared with what it has to be told: its state follows from that. */
import type { Answer, Connection, Seat, State, Visitor, Written } from "./stranger-visitors.ts";

/** In ms: for so long the server may take somebody for here who has gone. */
const GONE_MS = 2000;
const SHAPES: Readonly<Record<string, string>> = {
  matched: "partners,you",
  message: "at,from,mine,text",
  partner_left: "partner,reason",
  waiting: "ahead",
};

export class Model {
  readonly visitors: Visitor[] = [];
  readonly lines: string[] = [];
  #fault: string | undefined;
  /** Grows with all that changes what others have to know. */
  changes = 0;
  readonly written = new Map<string, Written>();
  departures: { seat: Seat; name: string; reason: string }[] = [];
  /** Seats of connections that have ended since all was settled last. */
  lost: Seat[] = [];

  get fault(): string | undefined {
    return this.#fault;
  }

  tell(line: string) {
    this.lines.push(`${performance.now().toFixed(1)} ${line}`);
    if (this.lines.length > 400) this.lines.shift();
  }

  /** Keeps the first breach: what follows may follow from it. */
  breach(reason: string) {
    if (this.#fault === undefined) this.tell(`BREACH ${reason}`);
    this.#fault ??= reason;
  }

  get connections(): Connection[] {
    return this.visitors.flatMap(({ connections }) => [...connections]);
  }

  get live(): Connection[] {
    return this.connections.filter(({ state, isConnecting }) => state !== "gone" && !isConnecting);
  }

  /** A connection ends; `isOurs`: because we have closed it. */
  end(connection: Connection, reason: string, isOurs: boolean) {
    if (connection.state === "gone") return;
    this.tell(`${connection.name} ends: ${reason}`);
    if (!isOurs && !connection.visitor.isChanging)
      this.breach(`${connection.name} was closed without a reason: ${reason}`);
    if (connection.seat) {
      connection.seat.end = connection.pending.size > 0 ? "unknown" : "lost";
      this.lost.push(connection.seat);
    }
    connection.seat = undefined;
    connection.state = "gone";
    connection.goneAt = performance.now();
    this.changes += 1;
    for (const resolve of connection.pending) resolve();
    connection.pending.clear();
  }

  /** A handshake is refused. */
  refuse(connection: Connection, reason: string, wasChanging: boolean) {
    const { visitor } = connection;
    if (connection.state === "gone") return;
    this.tell(`${connection.name} is refused: ${reason}`);
    connection.state = "gone";
    const now = performance.now();
    // Those of the visitor, and those of the same account on another device.
    const mayBeSame = (it: Visitor) =>
      it === visitor || [...it.possible, it.name].some((name) => visitor.possible.has(name));
    const others = this.visitors
      .filter(mayBeSame)
      .flatMap(({ connections }) => [...connections])
      .filter((it) => it !== connection && (it.state !== "gone" || now - it.goneAt < GONE_MS));
    // What was never let in holds no place, and goneAt of it stays infinite.
    connection.visitor.connections.delete(connection);
    if (reason.startsWith("too many tabs")) {
      if (others.length < 3) this.breach(`${connection.name}: too many tabs with ${others.length}`);
    } else if (!reason.startsWith("no session") || !(wasChanging || visitor.isChanging)) {
      this.breach(`${connection.name} was refused: ${reason}`);
    }
  }

  write(text: string, by: Connection): Written {
    const written: Written = { text: text.trim(), by, outcome: "unknown", heard: [] };
    this.written.set(written.text, written);
    return written;
  }

  #leaveSeat(connection: Connection) {
    const { seat } = connection;
    if (!seat) return;
    seat.end = "left";
    for (const name of seat.others) connection.parted.push({ seat, name });
    connection.seat = undefined;
  }

  /** What an event has to be answered with in a connection's state. */
  #expected(connection: Connection, event: string, isGood: boolean): Answer | RegExp {
    const { state } = connection;
    if (event === "join") {
      if (!isGood) return /\bsize\b/;
      return state === "idle" ? { state: "waiting" } : { error: `already ${state}` };
    }
    if (event === "message") {
      if (state !== "paired") return { error: "not paired" };
      return isGood ? { state: "paired" } : /\btext\b/;
    }
    if (state === "idle") return { error: "not in a chat" };
    return { state: event === "leave" ? "idle" : "waiting" };
  }

  /** Compares an acknowledgement with what it has to be, and goes on from there. */
  acknowledge(
    connection: Connection,
    asked: { event: string; isGood: boolean; size?: number; written?: Written; sent: number },
    answer: Answer,
  ) {
    const { event, isGood, size = 2, written } = asked;
    const text = JSON.stringify(answer);
    this.tell(`${connection.name} ${event} -> ${text}`);
    const now = performance.now();
    const limit = event === "message" ? connection.writes : connection.moves;
    const isTooFast = answer?.error === "too fast";
    const wrong = limit.judge(asked.sent, now, isTooFast);
    if (wrong) this.breach(`${connection.name} ${event}: ${wrong}`);
    if (written && answer?.error !== undefined) written.outcome = "refused";
    if (isTooFast) return;
    const expected = this.#expected(connection, event, isGood);
    const isRight =
      expected instanceof RegExp
        ? Object.keys(answer ?? {}).join() === "error" && expected.test(answer.error ?? "")
        : text === JSON.stringify(expected);
    if (!isRight) {
      const wanted = expected instanceof RegExp ? expected : JSON.stringify(expected);
      this.breach(`${connection.name}, ${connection.state}: ${event} -> ${text}, not ${wanted}`);
    }
    if (expected instanceof RegExp || expected.error !== undefined) return;
    if (event === "message") {
      const { seat } = connection;
      if (written && seat) written.outcome = { seat, others: [...seat.others] };
      return;
    }
    this.#leaveSeat(connection);
    connection.state = expected.state as State;
    if (event === "join") connection.size = size;
    connection.since = now;
    this.changes += 1;
  }

  /** What a connection hears. */
  hear(connection: Connection, event: string, ...values: unknown[]) {
    if (connection.state === "gone") return;
    this.tell(`${connection.name} hears ${event} ${JSON.stringify(values)}`);
    const wrong = this.#hear(connection, event, values);
    if (!wrong) return;
    this.breach(
      `${connection.name}, ${connection.state}: ${event} ${JSON.stringify(values)}: ${wrong}`,
    );
  }

  #hear(connection: Connection, event: string, values: unknown[]): string | undefined {
    const [value] = values as [Record<string, unknown>];
    const shape = SHAPES[event];
    if (!shape || values.length !== 1) return "no such event";
    if (Object.keys(value).sort().join() !== shape) return `not of the shape ${shape}`;
    if (event === "waiting") {
      const ahead = Number(value.ahead);
      if (connection.state !== "waiting") return "does not wait";
      return Number.isInteger(ahead) && ahead >= 0 ? undefined : "no number";
    }
    this.changes += 1;
    if (event === "matched") return this.#matched(connection, value as never);
    if (event === "message") return this.#message(connection, value as never);
    return this.#partnerLeft(connection, value as never);
  }

  #matched(connection: Connection, { you, partners }: { you: string; partners: string[] }) {
    if (connection.state !== "waiting") return "does not wait";
    const { size, visitor } = connection;
    if (!visitor.possible.has(you)) return `is ${[...visitor.possible].join(" or ")}`;
    if (new Set([you, ...partners]).size !== partners.length + 1) return "meets a name twice";
    if (partners.length >= size || partners.length < Math.min(2, size - 1)) {
      return `wanted ${size}`;
    }
    connection.seat = {
      connection,
      you,
      others: new Set(partners),
      company: new Map(),
      heard: [],
      parted: connection.parted,
      since: connection.since,
      at: performance.now(),
    };
    connection.parted = [];
    connection.state = "paired";
    return undefined;
  }

  #message(
    { seat }: Connection,
    message: { from: string; text: string; at: string; mine: boolean },
  ) {
    if (!seat) return "is in no room";
    const { from, text, at, mine } = message;
    const written = this.written.get(text);
    if (!written) return "nobody wrote that";
    if (from !== seat.you && !seat.others.has(from)) return "is of nobody in the room";
    if (mine !== (from === seat.you)) return "of the wrong side";
    if (new Date(at).toISOString() !== at) return "no time";
    if (written.heard.some((it) => it.seat === seat)) return "was heard before";
    written.heard.push({ seat, mine });
    seat.heard.push(text);
    return undefined;
  }

  #partnerLeft(connection: Connection, { partner, reason }: { partner: string; reason: string }) {
    const { seat } = connection;
    if (!seat?.others.delete(partner)) return "is nobody in the room";
    if (reason !== "left" && reason !== "lost") return "no reason";
    this.departures.push({ seat, name: partner, reason });
    if (reason === "left") connection.parted.push({ seat, name: partner });
    if (seat.others.size > 0) return undefined;
    connection.seat = undefined;
    connection.state = "idle";
    return undefined;
  }

  /** Forgets what is over: all is settled. */
  forget() {
    this.written.clear();
    this.departures = [];
    this.lost = [];
    const now = performance.now();
    for (const visitor of this.visitors) {
      visitor.possible = new Set([visitor.name]);
      visitor.isChanging = false;
      for (const connection of visitor.connections) {
        if (now - connection.goneAt > GONE_MS) visitor.connections.delete(connection);
      }
    }
  }
}
