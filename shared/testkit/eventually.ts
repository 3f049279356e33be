import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { patience, waitedInVain } from "./patience.ts";
import { target } from "./target.ts";
import { sign } from "./traffic.ts";

/** How long to wait before it is looked at again, in ms: twice as long each time, up to the second. */
const [SHORTEST, LONGEST] = [10, 80];

type Matchers = Record<string, (...args: unknown[]) => Promise<void>>;

/**
 * Like `expect`, for a value that may take a while to become what it has to be.
 * @param read what to look at, again and again
 * @param least how long to wait at least, in ms, where the time is not the machine's to make up;
 *   a check whose waits in vain are limited cuts it
 */
export const eventually = (read: () => unknown, least = 0): ReturnType<typeof expect.poll> => {
  const matchers = (negated: boolean): Matchers =>
    new Proxy({} as Matchers, {
      get: (_, name: string) => {
        if (name === "not" && !negated) return matchers(true);
        return (...args: unknown[]) => settle(read, least, name, negated, args);
      },
    });
  return matchers(false) as unknown as ReturnType<typeof expect.poll>;
};

const settle = async (
  read: () => unknown,
  least: number,
  name: string,
  negated: boolean,
  args: unknown[],
) => {
  const most = Math.min(Math.max(patience, least), target()?.longestWait?.() ?? Infinity);
  const start = Date.now();
  for (let wait = SHORTEST; ; wait = Math.min(2 * wait, LONGEST)) {
    try {
      const assertion = expect(await inTime(read, start + most));
      const matcher = (negated ? assertion.not : assertion) as unknown as Matchers;
      await matcher[name]?.(...args);
      return;
    } catch (error) {
      const waited = Date.now() - start;
      if (waited > most)
        throw error instanceof Error ? waitedInVain(error, Math.min(waited, most)) : error;
    }
    sign();
    await sleep(wait);
  }
};

/** A page whose script never pauses does not answer at all: not even that it cannot. */
const inTime = async (read: () => unknown, limit: number): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error("nothing came back: is there a loop without end?", { cause: "time" });
    timer = setTimeout(() => reject(error), Math.max(0, limit - Date.now()) + 100);
  });
  try {
    return await Promise.race([read(), late]);
  } finally {
    clearTimeout(timer);
  }
};
