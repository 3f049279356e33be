import type { ChildProcess } from "node:child_process";
import { endGroup, spawnGroup } from "../../shared/testkit/process-group.ts";

/** A process of our own that is asked, and answers: one question after the other. */
export type Helper<Question, Answer> = {
  ask: (question: Question) => Promise<Answer>;
  stop: () => Promise<void>;
};

/** In ms: no answer takes longer, however busy the machine is. */
const LIMIT = 120_000;

/**
 * Sends a question to a process, and waits for its next message.
 * @throws when it ends first, or takes too long
 */
export const askChild = (child: ChildProcess, question: object): Promise<unknown> => {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const ended = () => reject(new Error(`${child.spawnargs.at(-1)} ended before it answered`));
  const timer = setTimeout(ended, LIMIT);
  child.once("message", resolve).once("exit", ended);
  child.send(question);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off("message", resolve).off("exit", ended);
  });
};

/** Starts a file that listens to `process.on("message")` and answers with `process.send`. */
export const startHelper = <Question extends object, Answer>(
  file: string,
): Helper<Question, Answer> => {
  const child = spawnGroup([file], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return {
    ask: (question) => askChild(child, question) as Promise<Answer>,
    stop: async () => {
      await endGroup(child);
    },
  };
};
