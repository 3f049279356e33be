import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { atEnd } from "../../shared/docs/at-end.ts";

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
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      if (isWindows) child.kill();
      else process.kill(-child.pid, "SIGKILL");
    } catch {
      // nobody is left
    }
  };
  const forget = atEnd(kill);
  const timer = setTimeout(kill, limit);
  child.once("close", () => {
    clearTimeout(timer);
    forget();
  });
  return child;
};
