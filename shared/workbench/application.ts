import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Course } from "../course/course.ts";
import type { World } from "../course/world.ts";
import { runningVersion } from "../running/client.ts";
import { accepts, ownServer, unknownServer } from "../running/own-server.ts";
import type { Address } from "../running/server.ts";

/**
 * How the application is: `here` it was started by the workbench, `elsewhere` it runs in a terminal
 * (its log is there), `stopped` nothing answers, `foreign` what has its port was not started here.
 */
export type Condition = { state: "here" | "elsewhere" | "stopped" | "foreign"; note?: string };

/** Lines of the log that a page which is opened later still gets to see. */
const KEPT = 500;
/** How long `start` may take to end its server, in ms. */
const GRACE = 8000;
/** For how long it is remembered whose server has the port, in ms. */
const REMEMBERED = 2000;

/** The running application, as `npm start` runs it, and its log. */
export class Application {
  readonly #world: World;
  readonly #address: Address;
  readonly #onLog: (text: string) => void;
  #child: ChildProcess | undefined;
  #log: string[] = [];
  #own: { at: number; is: boolean } | undefined;

  constructor(world: World, address: Address, onLog: (text: string) => void) {
    this.#world = world;
    this.#address = address;
    this.#onLog = onLog;
  }

  /** All that it has printed lately. */
  log(): string {
    return this.#log.join("");
  }

  /** Starts it, unless it runs; why it cannot is told in the log. */
  start(): void {
    if (this.#child !== undefined) return;
    const { root, execPath, env } = this.#world;
    const args = [join(root, "shared/version/main.ts"), "start", "--port", `${this.#address.port}`];
    const child = spawn(execPath, args, {
      cwd: root,
      env: { ...env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => this.#note(text));
    child.once("exit", () => {
      this.#child = undefined;
      this.#note("— the server has ended —\n");
    });
  }

  /** Ends it, if the workbench started it. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
    await ended;
    clearTimeout(timer);
  }

  /** Asks what answers on its port. */
  async condition(course: Course): Promise<Condition & { version?: string }> {
    const isHere = this.#child !== undefined;
    if (!isHere && !this.#isOwn())
      return (await accepts(this.#address))
        ? { state: "foreign", note: unknownServer(this.#address.port) }
        : { state: "stopped" };
    const state = isHere ? "here" : "elsewhere";
    try {
      const version = await runningVersion(this.#world.root, course, this.#address);
      return { state, ...(version === undefined ? {} : { version }) };
    } catch {
      return { state, note: `it does not answer: its ${isHere ? "log" : "terminal"} says why` };
    }
  }

  /** Whether `npm start` of this clone has the port; some systems take a second to tell. */
  #isOwn(): boolean {
    const now = Date.now();
    if (this.#own === undefined || now - this.#own.at > REMEMBERED)
      this.#own = { at: now, is: ownServer(this.#world, this.#address.port) !== undefined };
    return this.#own.is;
  }

  #note(text: string): void {
    this.#log.push(text);
    this.#log = this.#log.slice(-KEPT);
    this.#onLog(text);
  }
}
