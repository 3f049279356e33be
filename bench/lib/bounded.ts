import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { atEnd } from "../../shared/docs/at-end.ts";

/** In ms: how long a command may take to end what it has started. */
const GRACE = 5000;

const isWindows = process.platform === "win32";

/**
 * Starts a command that is ended, with all that it started, after `limit` ms, and when this process
 * ends before it.
 */
export const spawnBounded = (
  command: string,
  args: readonly string[],
  { limit, ...options }: SpawnOptions & { limit: number },
): ChildProcess => {
  const child = spawn(command, args, { ...options, detached: !isWindows });
  const send = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      if (isWindows) child.kill();
      else process.kill(-child.pid, signal);
    } catch {
      // nobody is left
    }
  };
  // As Ctrl-C does: tests that run then end the apps that they have started.
  const forget = atEnd(() => send("SIGINT"));
  const timers = [setTimeout(send, limit, "SIGINT"), setTimeout(send, limit + GRACE, "SIGKILL")];
  child.once("close", () => {
    for (const timer of timers) clearTimeout(timer);
    forget();
  });
  return child;
};
