import type { World } from "../course/world.ts";

/**
 * The world of this process, for the entry files: nothing else touches `process`.
 * @param root absolute path of the repository
 */
export const worldOfProcess = (root: string): World => ({
  root,
  cwd: process.cwd(),
  env: process.env,
  platform: process.platform,
  execPath: process.execPath,
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: process.stdout.isTTY ?? false,
  now: () => new Date(),
  onSignal(signals, handler) {
    for (const signal of signals) process.on(signal, handler);
    return () => {
      for (const signal of signals) process.off(signal, handler);
    };
  },
});

/** When npm is told to end, it takes its shell along, but nobody tells us (Ctrl-C reaches all). */
export const endWithNpm = (): void => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = () => process.ppid !== parent && process.kill(process.pid, "SIGTERM");
  setInterval(watch, 500).unref();
};
