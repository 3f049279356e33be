import { join } from "node:path";
import { type Helper, startHelper } from "./helper.ts";

/** What the process of the strangers is asked. */
export type StrangerJob =
  /** Connect so many more, each a visitor with a cookie of the page of the chat. */
  | { kind: "connect"; url: string; count: number }
  /** All begin to wait. The round runs so many ms after the second of them does. */
  | { kind: "join"; wait: number }
  /** Wait until all are matched; one of each pair leaves at the end where `part` says so. */
  | { kind: "match"; part: boolean }
  /** Write so many messages, one after the other, each from a random one to their partner. */
  | { kind: "talk"; messages: number }
  /** As "talk", for some seconds. */
  | { kind: "talk on"; seconds: number }
  /** Make so many accounts. */
  | { kind: "register"; url: string; count: number }
  /** Log in to these accounts for some seconds, so many at once, each time as a new visitor. */
  | { kind: "log in"; url: string; count: number; atOnce: number; seconds: number }
  | { kind: "disconnect" };

/**
 * Times in ms: from the round to the last who was told of it; from a message to its arrival. Logins:
 * how many were let in, and how many a second.
 */
export type StrangerAnswer = { times: number[]; logins: number; perSecond: number };

/** Starts the process of the strangers: it does not share the event loop of anything measured. */
export const startStrangers = (): Helper<StrangerJob, StrangerAnswer> =>
  startHelper(join(import.meta.dirname, "strangers-process.ts"));
