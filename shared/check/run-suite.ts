import { performance } from "node:perf_hooks";
import { BrokenServer } from "../testkit/broken-server.ts";
import { patience } from "../testkit/patience.ts";
import type { Target } from "../testkit/target.ts";
import { type Exchange, recordTraffic } from "../testkit/traffic.ts";
import { explain, isAboutTime } from "./explain.ts";
import type { Outcome } from "./report.ts";
import { Skipped, type Suite, withTarget } from "./suite.ts";

/** Several waits may follow each other in a test: more of them, and more ms, are a wait without end. */
const [WAITS, LEAST] = [3, 30_000];

/** What became of a check file. */
export type Ran = { outcomes: Outcome[]; broken?: BrokenServer };

/**
 * Runs the tests of one check file, one after the other.
 * @param firstMiss whether to end at the first promise missed
 * @returns also what was wrong with the app when it was started or stopped; never throws
 */
export const runSuite = (suite: Suite, target: Target, firstMiss = false): Promise<Ran> =>
  withTarget(target, async () => {
    const outcomes: Outcome[] = [];
    let broken: BrokenServer | undefined;
    const fail = (error: unknown) => {
      if (error instanceof BrokenServer) broken ??= error;
      return error;
    };
    const before: Exchange[] = [];
    let failure: unknown = await attempt(suite.beforeAll, before).catch(fail);
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
      const test = () =>
        body({
          skip: (why) => {
            throw new Skipped(why);
          },
        });
      const tests =
        failure === undefined
          ? [test]
          : [
              () => {
                throw failure;
              },
            ];
      const error: unknown = await attempt(tests, traffic)
        .then(() => attempt(suite.afterEach, traffic))
        .catch(async (thrown) => {
          await attempt(suite.afterEach, []).catch(() => {});
          return fail(thrown) ?? new Error("something undefined was thrown");
        });
      if (error === undefined) outcome("kept");
      else if (error instanceof Skipped) outcome("skipped", { reason: error.message });
      else {
        outcome("missed", { miss: explain(error, traffic.length > 0 ? traffic : before) });
        if (firstMiss) break;
        if (isAboutTime(error)) {
          failure = error;
          reason = "after a wait in vain the rest of this step is left out";
        }
      }
    }
    // Backwards, as the hooks of a test runner do: what was started first is stopped last.
    for (const work of suite.afterAll.toReversed()) await attempt([work], []).catch(fail);
    return broken === undefined ? { outcomes } : { outcomes, broken };
  });

const attempt = (works: readonly (() => unknown)[], traffic: Exchange[]): Promise<void> =>
  recordTraffic(traffic, async () => {
    const most = Math.max(WAITS * patience, LEAST);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const error = new Error(`not done after ${most / 1000} s`, { cause: "time" });
      timer = setTimeout(() => reject(error), most);
    });
    try {
      for (const work of works) await Promise.race([work(), limit]);
    } finally {
      clearTimeout(timer);
    }
  });
