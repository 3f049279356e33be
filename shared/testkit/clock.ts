import type { ChildProcess } from "node:child_process";
import { patience, waitedInVain } from "./patience.ts";

/** The module that gives an app a clock which a check can move, as Node's --import wants it. */
export const clockModule = (ahead: number): string =>
  new URL(`./clock.mjs?ahead=${ahead}`, import.meta.url).href;

/**
 * Tells an app how far its clock is ahead of the real time, in ms.
 * @throws when the app does not confirm it in time, or has ended
 */
export const tellClock = async (child: ChildProcess, ahead: number): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const hear = (message: unknown) => {
    if ((message as { clock?: unknown } | null)?.clock === ahead) resolve();
  };
  const gone = () => reject(new Error("the app ended while its clock was moved"));
  const timer = setTimeout(() => {
    const error = new Error(
      "the app does not take over another time: is there a loop that never pauses?",
    );
    reject(waitedInVain(error, patience));
  }, patience);
  child.on("message", hear).once("exit", gone);
  try {
    child.send({ clock: ahead }, (error) => error && gone());
    await promise;
  } finally {
    clearTimeout(timer);
    child.off("message", hear).off("exit", gone);
  }
};
