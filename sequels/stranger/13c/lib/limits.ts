import type { IncomingHttpHeaders } from "node:http";
import createError from "http-errors";

const GUESSES_MS = 15 * 60_000;
// So many names and addresses are remembered: more would fill the memory.
const MOST_ENTRIES = 10_000;

/** When a login failed, in ms, by what is counted. */
const failures = new Map<string, number[]>();

/**
 * Counts a login as failed before that is known: many that come at once are not let through together.
 * Returns what takes that back.
 * @throws 429 where too many have failed
 */
export const countGuess = (username: string, address: string) => {
  const now = Date.now();
  // No name is longer than 20: what is cut off makes no difference.
  const name = username.slice(0, 21);
  const limits: [key: string, most: number][] = [
    [`both ${address} ${name}`, 10],
    [`address ${address}`, 50],
    [`name ${name}`, 200],
  ];
  const recent = (key: string) => (failures.get(key) ?? []).filter((at) => at > now - GUESSES_MS);
  for (const [key, most] of limits) {
    const [first = now, ...more] = recent(key).slice(-most);
    if (more.length + 1 < most) continue;
    const seconds = Math.ceil((first + GUESSES_MS - now) / 1000);
    const headers = { "Retry-After": String(seconds) };
    throw createError(429, `Too many failed logins: try again in ${seconds} seconds`, { headers });
  }
  for (const [key] of limits) {
    const times = [...recent(key), now];
    // At the end of the map: those at its beginning are forgotten first.
    failures.delete(key);
    failures.set(key, times);
  }
  for (const key of failures.keys()) {
    if (failures.size <= MOST_ENTRIES) break;
    failures.delete(key);
  }
  return () => {
    for (const [key] of limits) {
      const times = failures.get(key) ?? [];
      const index = times.indexOf(now);
      if (index >= 0) times.splice(index, 1);
      if (times.length === 0) failures.delete(key);
    }
  };
};

/** Whether a form may come from a page of another site, whose visitor does not know of it. */
export const isForeign = (headers: IncomingHttpHeaders): boolean => {
  const { "sec-fetch-site": site, origin, host, cookie } = headers;
  if (site) return site !== "same-origin" && site !== "none";
  // Older browsers say less.
  if (origin) return origin.split("//")[1] !== host;
  // No browser then: a program that sends no cookie acts in nobody's name.
  return cookie !== undefined;
};

/**
 * Lets so many through in so many ms, and no more: a function that tells whether one more is.
 * @param clock milliseconds that only ever grow, whatever is done to the time of day
 */
export const makeLimit = (most: number, ms: number, clock = () => performance.now()) => {
  let times: number[] = [];
  return (): boolean => {
    const now = clock();
    times = times.filter((at) => at > now - ms);
    if (times.length >= most) return false;
    times.push(now);
    return true;
  };
};
