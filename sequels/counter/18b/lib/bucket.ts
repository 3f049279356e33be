/**
 * A bucket of tokens: each event takes one, and they come back steadily. Returns a function that
 * tells whether one more is let through.
 * @param rate how many a second, and how many at once
 * @param clock milliseconds that only ever grow, whatever is done to the time of day
 */
export const makeBucket = (rate: number, clock = () => performance.now()) => {
  let tokens = rate;
  let filled = clock();
  return (): boolean => {
    const time = clock();
    tokens = Math.min(rate, tokens + ((time - filled) / 1000) * rate);
    filled = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
