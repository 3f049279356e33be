import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { aboutCourse } from "../course/about.ts";
import type { Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import type { World } from "../course/world.ts";
import { startNeeds } from "./needs.ts";
import { noteServer } from "./own-server.ts";
import { keepStarted, type Told } from "./restarts.ts";
import type { Address } from "./server.ts";

/** Ctrl-C, and kill %1 in a shell, reach the whole group: how long tsx may take to tell that, in ms. */
const POLITE_MS = { SIGINT: 500, other: 100 };
/** How long a server may take to end before it is killed, in ms. */
const PATIENCE_MS = 7000;

/**
 * Runs the adopted step, and what it needs beside it, until it is told to stop; then waits until
 * none of these processes is left.
 * @param command the arguments for Node
 * @param whileItRuns gets a signal that says that the server has ended
 */
export async function serve(
  world: World,
  step: Step,
  command: string[],
  address: Address,
  whileItRuns: ((ended: AbortSignal) => Promise<void>) | undefined,
): Promise<void> {
  const needs = await startNeeds(world, step);
  if (needs.isStopped) return;
  const env = {
    ...aboutCourse(world.root, step.course).env,
    ...world.env,
    ...usableFolder(world),
    HOST: address.host,
    PORT: String(address.port),
  };
  // tsx takes a line of its input for the order to start the app again. The terminal's would stop it
  // in the background: npm start &
  const stdio = ["pipe", "inherit", "inherit", "ipc"] as const;
  const child = spawn(world.execPath, command, { cwd: world.root, env, stdio: [...stdio] });
  let app: number | undefined;
  let failure: string | undefined;
  let isTold = false;
  let stopping = false;
  const off = world.onSignal(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => {
    if (stopping) return;
    stopping = true;
    // A second signal would make tsx kill the app in mid-work.
    const wait = POLITE_MS[signal === "SIGINT" ? signal : "other"];
    stop(world, child, wait, () => isTold);
  });
  const { host, port } = address;
  const { pid } = child;
  const note =
    pid === undefined
      ? undefined
      : noteServer(world, { host, port, pid, course: step.course, step: step.id });
  child.stdin?.on("error", () => {});
  const started = keepStarted(
    world,
    address,
    () => child.stdin?.write("\n"),
    () => note?.deaf(),
  );
  child.on("message", (told: Told) => {
    failure ??= told.failure;
    isTold ||= told.stops ?? false;
    app = told.app ?? app;
    if (told.app !== undefined) note?.app(told.app);
    started.hear(told);
  });
  const ended = new AbortController();
  try {
    whileItRuns?.(ended.signal);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    // Whoever was to end the app is gone, and the app may have its port still. Told to stop, tsx has
    // waited for its end, unless it was killed: a second signal would come in the middle of its work.
    if (app !== undefined && (!stopping || child.signalCode !== null)) endProcess(app);
    if (!stopping)
      throw new CourseError(
        failure ?? `the server ended by itself (exit code ${code}): start it again with npm start`,
      );
  } finally {
    ended.abort();
    started.stop();
    note?.forget();
    await needs.stop();
    off();
  }
}

/** The longest path of a socket, in bytes: https://man7.org/linux/man-pages/man7/unix.7.html; macOS has less. */
const SOCKET_PATH = 103;
/** What tsx adds to the folder for temporary files. */
const SOCKET = "/tsx-1234567890/1234567890.pipe";

/** tsx opens a socket in the folder for temporary files, which may be a wrong one, or its name too long. */
function usableFolder({ env: { TMPDIR }, platform }: World): { TMPDIR?: string } {
  if (!TMPDIR || platform === "win32") return {};
  try {
    mkdirSync(TMPDIR, { recursive: true });
    accessSync(TMPDIR, constants.W_OK);
    if (Buffer.byteLength(TMPDIR + SOCKET) <= SOCKET_PATH) return {};
  } catch {
    // It is a file, or may not be written.
  }
  return { TMPDIR: "/tmp" };
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

/** Ends a process, unless it is told already: politely after a while, then at once. */
function stop(world: World, child: ChildProcess, wait: number, isTold: () => boolean): void {
  const alive = () => child.exitCode === null && child.signalCode === null;
  setTimeout(() => {
    if (!alive()) return;
    // Windows has no signals for others: only taskkill ends the server's own children too.
    if (world.platform === "win32") spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else if (!isTold()) child.kill("SIGTERM");
  }, wait).unref();
  setTimeout(() => alive() && child.kill("SIGKILL"), PATIENCE_MS).unref();
}
