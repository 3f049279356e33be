import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const isWindows = process.platform === "win32";

/** How long a process may take to end when it is asked to, in ms, before it is killed. */
const GRACE = 3000;
/** How long its own children may take to follow, in ms. */
const FOLLOW = 500;

/** The processes that run now: killed, should this process end first. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) killGroup(child);
});

/** Ends a program when this process is gone without having ended it. */
const WITH_PARENT = new URL(`./with-parent.mjs?parent=${process.pid}`, import.meta.url).href;

/** Starts Node as the head of a group of processes, so that its own children can be ended with it. */
export const spawnGroup = (args: string[], options: SpawnOptions): ChildProcess => {
  const all = ["--import", WITH_PARENT, ...args];
  const child = spawn(process.execPath, all, { ...options, detached: !isWindows });
  running.add(child);
  return child;
};

/** How a process is ended: politely, or at once. */
export type EndSignal = "SIGTERM" | "SIGKILL";

/**
 * Ends a process: politely by default, since tsx passes on to its child only what it can catch.
 * @returns whether children of it were still there after it, and had to be killed
 */
export const endGroup = async (
  child: ChildProcess,
  signal: EndSignal = "SIGTERM",
): Promise<boolean> => {
  if (isWindows) {
    // Nobody else can tell there which children a process had: they end with it.
    const ended = hasEnded(child) ? undefined : once(child, "exit");
    killGroup(child);
    await ended;
    running.delete(child);
    return false;
  }
  if (!hasEnded(child)) {
    const ended = once(child, "exit");
    if (signal === "SIGKILL") killGroup(child);
    else child.kill(signal);
    const timer = setTimeout(() => killGroup(child), GRACE);
    await ended;
    clearTimeout(timer);
  }
  const limit = Date.now() + FOLLOW;
  while (groupExists(child) && Date.now() < limit) await sleep(10);
  const leftBehind = groupExists(child) && hasLiving(child);
  killGroup(child);
  running.delete(child);
  return leftBehind;
};

/** Whether a process has ended, by itself or by a signal. */
export const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  if (isWindows) {
    if (!hasEnded(child)) spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // nobody is left
  }
};

const groupExists = (child: ChildProcess): boolean => {
  try {
    return child.pid !== undefined && process.kill(-child.pid, 0);
  } catch {
    return false;
  }
};

/** A process that has ended and that nobody asked about counts as one of its group still. */
const hasLiving = ({ pid }: ChildProcess): boolean => {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pgid=,stat="], { encoding: "utf8" });
  // Without ps, what the system says of the group has to do.
  if (!stdout) return true;
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  return rows.some(([group, state]) => group === String(pid) && !state?.startsWith("Z"));
};
