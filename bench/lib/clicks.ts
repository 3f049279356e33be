import { join } from "node:path";
import { type Helper, startHelper } from "./helper.ts";

/** What the process of the clicking sockets is asked. */
export type ClickJob =
  /** Connect so many sockets, each as a page of its own with a name; answers when all have joined. */
  | { kind: "connect"; url: string; count: number }
  /** Click so often, one click after the other, and wait until a random other socket hears of it. */
  | { kind: "one by one"; clicks: number }
  /**
   * Click for some seconds, from so many of the sockets, each of which waits for the answer.
   * @param pause between two clicks of a socket, in ms; 0: the next one follows the answer
   */
  | { kind: "sustained"; seconds: number; senders: number; pause: number }
  | { kind: "disconnect" };

/**
 * Times in ms, from the click to the other socket. Clicks per second: those that are acknowledged,
 * and that each socket has heard, until the last one has heard the last of them.
 */
export type ClickAnswer = { times: number[]; clicks: number; perSecond: number };

/** Starts the process of the sockets: it does not share the event loop of anything measured. */
export const startClicker = (): Helper<ClickJob, ClickAnswer> =>
  startHelper(join(import.meta.dirname, "clicks-process.ts"));
