import { performance } from "node:perf_hooks";
import { BrokenServer } from "../testkit/broken-server.ts";
import { patience, type Waits, waitedInVain, waitOf } from "../testkit/patience.ts";
import type { Target } from "../testkit/target.ts";
import { type Exchange, recordTraffic } from "../testkit/traffic.ts";
import { explain, isAboutTime } from "./explain.ts";
import { type Printing, whatItPrinted } from "./printed.ts";
import type { Outcome } from "./report.ts";
import { Skipped, type Suite, withTarget } from "./suite.ts";

/** A test may go on for so many times the patience, and for so many ms, if it comes forward. */
const [TIMES, LEAST] = [3, 30_000];
/** Longer than a single wait, which says better what did not come: so many times the patience. */
const SILENCE = 1.4;
/** On a slow machine a first look waits half as long, but at least so many ms. */
const FIRST = 5000;
/** How often it is looked at whether a test comes forward, in ms. */
const LOOK = 100;

/** What became of a check file. */
export type Ran = { outcomes: Outcome[]; broken?: BrokenServer };

/** How to run a check file. */
export type Running = {
  waits: Waits;
  /** What the app prints, and whether it runs. */
  app: Printing;
  /** Whether to end at the first promise missed, and to say nothing of those after it. */
  firstMiss?: boolean;
  /** Whether a second look follows after a miss: then the first one leaves out the rest. */
  isFirstLook?: () => boolean;
};

/**
 * Runs the tests of one check file, one after the other.
 * @returns also what was wrong with the app when it was started or stopped; never throws
 */
export const runSuite = (
  suite: Suite,
  target: Target,
  { waits, app, firstMiss = false, isFirstLook = () => false }: Running,
): Promise<Ran> => {
  const silence = SILENCE * patience;
  // It is the second look that decides: the first one leaves it the time.
  const firstWait = Math.min(patience, Math.max(FIRST, patience / 2));
  const longestWait = () => (isFirstLook() ? firstWait : Math.max(patience, waits.left));
  const limited = { ...target, longestWait };
  return withTarget(limited, async () => {
    const outcomes: Outcome[] = [];
    let broken: BrokenServer | undefined;
    const fail = (error: unknown) => {
      if (error instanceof BrokenServer) broken ??= error;
      return error;
    };
    const before: Exchange[] = [];
    const printed = whatItPrinted(app);
    let failure: unknown = await attempt(suite.beforeAll, before, silence).catch(fail);
    if (failure === undefined) printed.goOn();
    // What comes after would wait in vain, too.
    let reason = "the app could not be prepared";
    for (const { title, body } of suite.tests) {
      const traffic: Exchange[] = [];
      const start = performance.now();
      const outcome = (state: Outcome["state"], more: Partial<Outcome> = {}) => {
        const duration = performance.now() - start;
        outcomes.push({ title, state, traffic, duration, ...more });
      };
      if (failure !== undefined && outcomes.length > 0) {
        outcome("skipped", { reason });
        continue;
      }
      const test = () => {
        if (failure !== undefined) throw failure;
        return body({
          skip: (why) => {
            throw new Skipped(why);
          },
        });
      };
      const error: unknown = await attempt([test], traffic, silence)
        .then(() => attempt(suite.afterEach, traffic, silence))
        .catch(async (thrown) => {
          await attempt(suite.afterEach, [], silence).catch(() => {});
          return fail(thrown) ?? new Error("something undefined was thrown");
        });
      if (error === undefined) outcome("kept");
      else if (error instanceof Skipped) outcome("skipped", { reason: error.message });
      else {
        const exchanged = traffic.length > 0 ? traffic : before;
        const miss = explain(error, exchanged);
        outcome("missed", { miss: { ...miss, ...(await printed.during(exchanged, miss)) } });
        if (firstMiss) break;
        waits.spend(waitOf(error));
        if (isFirstLook()) {
          failure = error;
          reason = "after the first promise missed the rest of this step is left out";
        }
        if (isAboutTime(error) || waits.isOver) {
          failure = error;
          reason = "after a wait in vain the rest of this step is left out";
        }
      }
      printed.goOn();
    }
    // Backwards, as the hooks of a test runner do: what was started first is stopped last.
    for (const work of suite.afterAll.toReversed()) await attempt([work], [], LEAST).catch(fail);
    return broken === undefined ? { outcomes } : { outcomes, broken };
  });
};

/** Does works; `silence` is how long nothing at all may come back meanwhile, in ms. */
const attempt = async (
  works: readonly (() => unknown)[],
  traffic: Exchange[],
  silence: number,
): Promise<void> => {
  const start = performance.now();
  let last = start;
  const most = Math.max(TIMES * patience, LEAST);
  const work = async () => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        const now = performance.now();
        if (now - last > silence) reject(tooLate("nothing came back", silence));
        else if (now - start > most) reject(tooLate("it was not done", most));
      }, LOOK);
    });
    try {
      for (const one of works) await Promise.race([one(), limit]);
    } finally {
      clearInterval(timer);
    }
  };
  await recordTraffic(traffic, work, () => {
    last = performance.now();
  });
};

const tooLate = (what: string, duration: number): Error => {
  const message = `${what} within ${duration / 1000} s: is there a loop without end, or something that takes very long?`;
  return waitedInVain(new Error(message, { cause: "time" }), duration);
};
