import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { aboutCourse } from "../course/about.ts";
import type { Step } from "../course/course.ts";
import { say, type World } from "../course/world.ts";

/** How long a program may take until the app can use it, in ms. */
const READY_MS = 60_000;
/** How long it may take to end, in ms, before it is killed. */
const PATIENCE_MS = 7000;

/** The programs that a step needs beside its app, as its course says: those that have begun. */
export function needsOf(root: string, step: Step): string[] {
  const begun = aboutCourse(root, step.course).needs.filter(({ from }) => from <= step.id);
  return [...new Set(begun.map(({ what }) => what))];
}

/** Where such a program is, from the root. */
export function programOf(need: string): string {
  return `shared/${need}/main.ts`;
}

/** What runs beside an app. */
interface Needs {
  stop(): Promise<void>;
  readonly isStopped: boolean;
}

/**
 * Starts what a step needs beside its app, and says so. A program says that it can be used by
 * `process.send("ready")`; one that is missing, ends or takes too long is told in one line, since
 * the app says itself what it cannot do without it.
 * @returns what ends them all, and whether they were told to stop already
 */
export async function startNeeds(world: World, step: Step): Promise<Needs> {
  const children: ChildProcess[] = [];
  let isStopped = false;
  const stop = async () => {
    await Promise.all(children.map(end));
  };
  // Told to stop while they still start, nobody else would end them.
  const off = world.onSignal(["SIGINT", "SIGTERM", "SIGHUP"], () => {
    isStopped = true;
    void stop();
  });
  for (const need of needsOf(world.root, step)) {
    if (isStopped) break;
    const file = programOf(need);
    if (!existsSync(join(world.root, file))) {
      world.stderr.write(
        `version.sh: step ${step.id} needs ${need} beside it, and ${file} is not there: git checkout -- shared/${need}\n`,
      );
      continue;
    }
    say(world, `  beside    ${need} (${file}), started now and ended with the app`);
    const child = spawn(world.execPath, [join(world.root, file)], {
      cwd: world.root,
      env: { ...aboutCourse(world.root, step.course).env, ...world.env },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    children.push(child);
    await isReady(world, need, child);
  }
  if (isStopped) await stop();
  off();
  return { stop, isStopped };
}

async function isReady(world: World, need: string, child: ChildProcess): Promise<void> {
  const complain = (what: string) => world.stderr.write(`version.sh: ${need} ${what}\n`);
  const limit = new AbortController();
  const failed = (error: unknown) => (error instanceof Error ? error.message : String(error));
  try {
    const timer = setTimeout(() => limit.abort(), READY_MS);
    const first = await Promise.race([
      once(child, "message", { signal: limit.signal }).then(() => "ready" as const),
      once(child, "exit", { signal: limit.signal }).then(([code]) => `ended (exit code ${code})`),
    ]);
    clearTimeout(timer);
    if (first !== "ready") complain(`${first}: what it printed says why`);
    else
      child.once("exit", (code) => {
        // Ctrl-C reaches it as well as us: then it ends with 0 or by the signal.
        if (!child.killed && code)
          complain(`has ended by itself (exit code ${code}): start again with npm start`);
      });
  } catch (error) {
    complain(
      limit.signal.aborted
        ? `is not ready after ${READY_MS / 1000} s: the app starts without it`
        : `cannot be started: ${failed(error)}`,
    );
  } finally {
    limit.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}
