import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command to run to its end. */
export type Command = { command: string; args: readonly string[] };

/** In ms: a program that has not ended by then hangs. */
const LIMIT = 30_000;

/** The most memory that a process has held so far, in MB; undefined where the system does not tell. */
const peakOf = (pid: number): number | undefined => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = /Vm(?:HWM|RSS):\s+(\d+)/.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
};

const runToEnd = ({ command, args }: Command, look?: (pid: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const stdio: ("ignore" | "inherit")[] = ["ignore", "ignore", "inherit"];
    const child = spawn(command, args, { stdio, timeout: LIMIT });
    const poll = look && setInterval(() => look(child.pid ?? 0), 1);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(poll);
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}`));
    });
  });

/** Runs a program; ms from its start to its end. */
export const timeProgram = async (program: Command): Promise<number> => {
  const start = performance.now();
  await runToEnd(program);
  return performance.now() - start;
};

/** Runs a program and looks at its memory all the while, which takes time from it. */
export const peakMemory = async (program: Command): Promise<number | undefined> => {
  let peak: number | undefined;
  await runToEnd(program, (pid) => {
    const now = peakOf(pid);
    if (now !== undefined) peak = Math.max(now, peak ?? 0);
  });
  return peak;
};
