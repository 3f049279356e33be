/** What is measured, and what it is measured beside, by name. The first one is the measured. */
export type Contestants<T> = Map<string, () => Promise<T>>;

/**
 * Measures in turns, A B C A B C …, so that what else the machine is busy with hits all alike.
 * @param rounds how often each is measured
 * @param warmUps rounds before these, which do not count: they fill caches and compile hot code
 * @returns the results of each, in the order of the rounds
 */
export const inTurns = async <T>(
  contestants: Contestants<T>,
  rounds: number,
  warmUps = 1,
): Promise<Map<string, T[]>> => {
  const results = new Map<string, T[]>([...contestants.keys()].map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, measure] of contestants) {
      const result = await measure();
      if (round >= 0) results.get(name)?.push(result);
    }
  }
  return results;
};
