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

/**
 * Keeps requests to this machine from a proxy, ours and those of all that we start. Node takes one
 * where NODE_USE_ENV_PROXY is set, as on machines of some schools, and a proxy reaches no server here.
 */
export const askDirectly = (): void => {
  const { env } = process;
  const given = env.no_proxy ?? env.NO_PROXY;
  const all = [given, "localhost", "127.0.0.1", "::1"].filter(Boolean).join(",");
  Object.assign(env, { no_proxy: all, NO_PROXY: all });
  delete env.NODE_USE_ENV_PROXY;
};

/** How often to look whether npm lives, in ms: elsewhere than on Linux it takes a program to know. */
const LOOK = process.platform === "linux" ? 500 : 2000;

/**
 * When npm ends, nobody tells us (Ctrl-C alone reaches all): neither when it takes its shell along,
 * our parent, nor when it is killed and leaves the shell behind.
 */
export const endWithNpm = async (): Promise<void> => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const { parentOf } = await import("../running/process-tree.ts");
  const shell = process.ppid;
  const npm = parentOf(shell);
  const isLeft = () => process.ppid !== shell || parentOf(shell) !== npm;
  setInterval(() => isLeft() && process.kill(process.pid, "SIGTERM"), LOOK).unref();
};
