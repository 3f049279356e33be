const given = Number(process.env.CHECK_PATIENCE || 0);
/** In ms. */
const [LEAST, MOST] = [5000, 20_000];
/** A wait is this many times as long as the app took to start, which tells how busy a machine is. */
const TIMES = 15;
/** What is waited in vain for an app, in ms, with all that is waited for in one check file. */
const IN_ALL = 15_000;

/**
 * How long, in ms, a check waits for what has to happen. Generous, because a slow machine is no
 * fault of the app; CHECK_PATIENCE sets it, where failure is what is expected.
 */
export let patience = given || MOST;

/**
 * Waits less long on a machine that is quick: a learner whose page does nothing yet is to know it
 * soon.
 * @param start how long the app took to start, in ms
 */
export const fitPatience = (start: number): void => {
  if (given) return;
  const seconds = Math.ceil((TIMES * start) / 1000);
  patience = Math.min(MOST, Math.max(LEAST, seconds * 1000));
};

/** Waits for the first start of an app of which nothing is known: all that may be waited in vain. */
export const resetPatience = (): void => {
  patience = given || IN_ALL;
};

const inVain = new WeakMap<object, number>();

/** Notes with an error how long something was waited for in vain, in ms. */
export const waitedInVain = <E extends Error>(error: E, duration: number): E => {
  inVain.set(error, duration);
  return error;
};

/** How long it was waited in vain, in ms, before an error was thrown; 0 where the answer was there. */
export const waitOf = (error: unknown): number => {
  if (!(error instanceof Error)) return 0;
  const noted = inVain.get(error);
  if (noted !== undefined) return noted;
  const ofPage = /Timeout (\d+)ms exceeded/.exec(error.message)?.[1];
  if (ofPage !== undefined) return Number(ofPage);
  return error.name === "TimeoutError" ? patience : 0;
};

/**
 * The waits in vain of one check file, and of its second look. They are 15 s in all. Only where the app took
 * more than half a second to start they are more: twice the patience, so that the second look can
 * wait as long as the first one.
 */
export class Waits {
  #left = Math.max(IN_ALL, 2 * patience);

  /** How long may still be waited in vain, in ms. */
  get left(): number {
    return this.#left;
  }

  /** Whether a further wait would have less time than it needs. */
  get isOver(): boolean {
    return this.#left < patience;
  }

  spend(duration: number): void {
    this.#left -= duration;
  }
}
