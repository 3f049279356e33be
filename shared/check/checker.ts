import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Checks, Report } from "./index.ts";

/** What may be asked of a checker: all but the callback, which no other process can call. */
export type Asked = Omit<Checks, "onGroup">;
export type Question = { id: number; checks: Asked };
export type Answer = { id: number } & ({ report: Report } | { problem: string });

/** A process that checks one app after the other, and keeps its browser. */
export type Checker = {
  /** @throws when the checks themselves fail; what is wrong with the app stands in the report. */
  check: (checks: Asked) => Promise<Report>;
  close: () => Promise<void>;
};

/**
 * Starts a checker: for tools and tests that check many apps, and for callers inside vitest, where
 * our own runner cannot take its place.
 * @param patience how long a check waits for what has to happen, in ms
 * @example
 * const checker = openChecker({ patience: 3000 });
 * const report = await checker.check({ course, steps, step: "07", app: folder });
 * await checker.close();
 */
export const openChecker = ({ patience }: { patience?: number } = {}): Checker => {
  const child = fork(join(import.meta.dirname, "worker.ts"), {
    // A test runner's own settings are none of the apps' business.
    execArgv: [],
    env: {
      ...process.env,
      ...(patience === undefined ? {} : { CHECK_PATIENCE: String(patience) }),
    },
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const failed = new Map<number, (error: Error) => void>();
  child.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
    failed.delete(answer.id);
  });
  const exited = once(child, "exit").then(([code]) => {
    for (const fail of failed.values()) fail(new Error(`the checker ended (exit code ${code})`));
  });
  let count = 0;
  // One at a time: the checks of one app use both processors already.
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (checks: Asked): Promise<Report> => {
    const id = ++count;
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.set(id, resolve);
      failed.set(id, reject);
      child.send({ id, checks } satisfies Question);
    });
    if ("problem" in answer) throw new Error(answer.problem);
    return answer.report;
  };
  return {
    check: (checks) => {
      const next = last.then(() => ask(checks));
      last = next.catch(() => {});
      return next;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
};
