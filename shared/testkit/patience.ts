const given = Number(process.env.CHECK_PATIENCE || 0);
/** In ms. */
const [LEAST, MOST] = [5000, 20_000];
/** A wait is this many times as long as the app took to start, which tells how busy a machine is. */
const TIMES = 15;

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

/** Waits as long as ever: nothing is known of the next app. */
export const resetPatience = (): void => {
  patience = given || MOST;
};
