import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** What a job prints and how it ended, as it happens. */
export type Report = {
  started: (job: Started) => void;
  printed: (id: number, text: string) => void;
  /** @param code the exit code; null if it was ended by a signal */
  ended: (id: number, code: number | null) => void;
};
/** @property isVerb whether it is one of version.sh; else a command of a lesson */
export type Started = { id: number; title: string; isVerb: boolean };

const isWindows = process.platform === "win32";
/** A command of a lesson that takes longer hangs, in ms. */
const LIMIT = 120_000;
/** How long a job may take to end when it is asked to, in ms. */
const GRACE = 5000;
/** How much of one job's output is passed on, in characters: a loop that prints must not fill the page. */
const MOST = 200_000;

/** The programs that were started by a click; all end with the workbench. */
export class Jobs {
  readonly #running = new Map<number, ChildProcess>();
  readonly #report: Report;
  #count = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  /**
   * Starts a program; its output goes to the report.
   * @returns its number, at once
   */
  start(
    { title, isVerb }: Omit<Started, "id">,
    [program, ...args]: readonly [string, ...string[]],
    options: { cwd: string; env: NodeJS.ProcessEnv },
  ): number {
    const id = ++this.#count;
    this.#report.started({ id, title, isVerb });
    const child = spawn(program, args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
      detached: !isWindows,
    });
    this.#running.set(id, child);
    let left = MOST;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        if (left <= 0) return;
        this.#report.printed(id, text.slice(0, left));
        left -= text.length;
        if (left <= 0) this.#report.printed(id, "\n… (it prints more than a page can show)\n");
      });
    }
    const timer = setTimeout(() => {
      this.#report.printed(id, `\nended after ${LIMIT / 1000} s: it did not end by itself\n`);
      kill(child, "SIGKILL");
    }, LIMIT);
    let isOver = false;
    const end = (code: number | null) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#running.delete(id);
      this.#report.ended(id, code);
    };
    child.once("error", (error) => {
      this.#report.printed(id, `${program} cannot be started (${error.message})\n`);
      end(1);
    });
    child.once("close", end);
    return id;
  }

  /** Ends a job that still runs. */
  stop(id: number): void {
    const child = this.#running.get(id);
    if (child) kill(child, "SIGTERM");
  }

  /** Ends all; they are asked first, because a check has servers and a browser of its own to end. */
  async stopAll(): Promise<void> {
    const children = [...this.#running.values()];
    for (const child of children) kill(child, "SIGTERM");
    const ended = Promise.all(
      children.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")),
    );
    await Promise.race([ended, sleep(GRACE, undefined, { ref: false })]);
    for (const child of this.#running.values()) kill(child, "SIGKILL");
  }
}

const kill = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  if (isWindows) {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it has ended meanwhile
  }
};
