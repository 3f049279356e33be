import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { patience } from "./patience.ts";

/** How long to wait before it is looked at again, in ms: twice as long each time, up to the second. */
const [SHORTEST, LONGEST] = [10, 80];

type Matchers = Record<string, (...args: unknown[]) => Promise<void>>;

/**
 * Like `expect`, for a value that may take a while to become what it has to be.
 * @param read what to look at, again and again
 * @param least how long to wait at least, in ms, where the time is not the machine's to make up
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
  const limit = Date.now() + Math.max(patience, least);
  for (let wait = SHORTEST; ; wait = Math.min(2 * wait, LONGEST)) {
    try {
      const assertion = expect(await read());
      const matcher = (negated ? assertion.not : assertion) as unknown as Matchers;
      await matcher[name]?.(...args);
      return;
    } catch (error) {
      if (Date.now() > limit) throw error;
    }
    await sleep(wait);
  }
};
