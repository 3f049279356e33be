import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { atEnd } from "./at-end.ts";

/** A command line that runs in bash, with all the processes that it starts. */
export interface Group {
  readonly child: ChildProcess;
  /** All that it printed so far, on both channels, in its order. */
  output(): string;
  /** The folder that its shell was in at the end; undefined while it runs. */
  folder(): string | undefined;
  /** Its exit code, when none of its processes is left; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends all of its processes, politely first, and waits until they are gone. */
  stop(): Promise<void>;
  /** Ends all of its processes at once. */
  kill(): void;
}

/**
 * Runs the command line `$1`. The trap tells where a `cd` led to, on a channel of its own. The guard
 * waits for the end of another one, which comes even if the process that started all this is killed,
 * and ends the whole group.
 */
const SCRIPT = `
exec 2>&1
( read -r <&4; kill -KILL 0 ) >/dev/null 3>&- &
trap 'pwd >&3' EXIT
eval "$1" 4<&-
`;

/** What a server may take to end, in ms. */
const POLITE_MS = 5000;

/**
 * Starts a command line in bash, as the leader of a process group of its own, with nothing to read.
 */
export function startGroup(
  command: string,
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Group {
  const child = spawn("bash", ["-c", SCRIPT, "bash", command], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  let [output, folder] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stdio[3]?.on("data", (text) => {
    folder += text;
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  const kill = () => signal("SIGKILL");
  const forget = atEnd(kill);
  // With the last reader of its channel gone, the guard ends what the command has left running.
  child.once("exit", () => (child.stdio[4] as Writable).destroy());
  // Closed channels mean that nobody is left who could write to them.
  const ended = once(child, "close").then(([code]) => {
    forget();
    return code as number | null;
  });
  return {
    child,
    output: () => output,
    folder: () => folder.trim().split("\n").at(-1) || undefined,
    ended,
    stop: async () => {
      signal("SIGTERM");
      const limit = new AbortController();
      sleep(POLITE_MS, undefined, limit).then(kill, () => {});
      await ended;
      limit.abort();
    },
    kill,
  };
}
