/** Who is in the chat of the stranger, as far as it can be known from outside. */
import { Limit } from "./stranger-limit.ts";

export type State = "idle" | "waiting" | "paired" | "gone";
export type Answer = { state?: string; error?: string };

/** Somebody with a cookie. */
export type Visitor = {
  number: number;
  cookie: string;
  anonName: string;
  name: string;
  /** While a login or a logout is under way: all names that its connections may have. */
  possible: Set<string>;
  isChanging: boolean;
  connections: Set<Connection>;
};

/** A connection's place in one room, as it was told of it. */
export type Seat = {
  connection: Connection;
  you: string;
  /** Who has not left yet. */
  others: Set<string>;
  /** Which connection bears a name: known from messages, and where no other room has these names. */
  company: Map<string, Seat>;
  heard: string[];
  /** How it ended; unknown where events were under way. */
  end?: "left" | "lost" | "unknown";
  /** From whom it had parted before, since when it waited, and when it was matched. */
  parted: Parting[];
  since: number;
  at: number;
};
type Parting = { seat: Seat; name: string };

/** What was written, and what became of it. */
export type Written = {
  text: string;
  by: Connection;
  outcome: "unknown" | "refused" | { seat: Seat; others: string[] };
  heard: { seat: Seat; mine: boolean }[];
};

/** A connection: its state follows from what it hears, in the order in which it hears it. */
export class Connection {
  readonly name: string;
  readonly visitor: Visitor;
  readonly writes = new Limit(5, 3000);
  readonly moves = new Limit(20, 3000);
  /** Until the server has let it in. */
  isConnecting = true;
  state: State = "idle";
  goneAt = Number.POSITIVE_INFINITY;
  /** Logged in or out since: it has to end. */
  mustEnd = false;
  size = 2;
  since = 0;
  seat: Seat | undefined;
  parted: Parting[] = [];
  /** Called when what was asked is answered, or never will be. */
  readonly pending = new Set<() => void>();

  constructor(name: string, visitor: Visitor) {
    this.name = name;
    this.visitor = visitor;
    visitor.connections.add(this);
  }
}
