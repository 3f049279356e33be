import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BrokenServer, withoutFolders } from "./broken-server.ts";
import { clockModule, tellClock } from "./clock.ts";
import { freePort } from "./free-port.ts";
import { accepts, waitUntilItListens } from "./listening.ts";
import { Output } from "./output.ts";
import { patience, waitedInVain } from "./patience.ts";
import { type EndSignal, endGroup, hasEnded, spawnGroup } from "./process-group.ts";
import { recorder } from "./traffic.ts";

/** A running process of an app. */
export type Server = {
  /** Where it answers, such as "http://127.0.0.1:40123". */
  url: string;
  port: number;
  /** The folder of the app that runs. */
  folder: string;
  /** All that it has printed so far, on both channels; cut in the middle if it is endless. */
  log: () => string;
  /**
   * Waits until it has printed `text`, after the first `from` characters.
   * @throws when it does not come in time, quoting what it printed instead.
   */
  printed: (text: string | RegExp, from?: number) => Promise<void>;
  /** Whether it still runs and accepts connections. */
  isUp: () => Promise<boolean>;
  /**
   * Ends the process, and starts it again on the same port with the same data.
   * @param signal "SIGKILL" ends it as a power cut does: nothing can be tidied up.
   */
  restart: (signal?: EndSignal) => Promise<void>;
  /**
   * Sends the process a signal, and waits for its end.
   * @returns its exit code, or the signal that has ended it
   * @throws when it does not end in time
   */
  end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
  /** Starts the same app a second time, by default on the same port, and waits for its end. */
  startAgain: (env?: NodeJS.ProcessEnv) => Promise<{ exitCode: number | null; stderr: string }>;
  /**
   * Moves its clock forward, or back: `Date` is that much further ahead of the real time, also
   * after a restart. Timers go on as they were. The app has to be started with `clock: true`.
   * @param ms by how much, such as 25 * 3_600_000
   */
  moveClock: (ms: number) => Promise<void>;
  /**
   * Ends the process.
   * @throws BrokenServer when it left processes of its own behind; they were ended, too.
   */
  stop: () => Promise<void>;
};

/** How to start a process of an app. */
export type Serve = {
  env?: NodeJS.ProcessEnv;
  port?: number;
  /** Arguments of Node, in the app's folder; by default app.ts alone, from the folder above it. */
  command?: string[];
  /** Whether its clock can be moved. */
  clock?: boolean;
};

/** Apps with syntax that only tsx reads: as `npm start` runs them. Slower to start, so on demand. */
const needTsx = new Set<string>();
/** In MB: a loop that collects without end fails here before it takes the whole machine. */
const MEMORY = 512;
/** Far from UTC, on no full hour: where our own clocks show UTC, local time called UTC would pass. */
const TZ = "Asia/Kathmandu";
const ONLY_TSX =
  /ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX|ERR_MODULE_NOT_FOUND|ERR_UNSUPPORTED_DIR_IMPORT|does not provide an export named|require is not defined/;

/**
 * Starts the app of a folder.
 * @param source the folder that it is a copy of: what was learnt of one copy holds for all
 * @throws BrokenServer when it ends, or does not listen in time, with what it printed.
 */
export const startServer = async (
  folder: string,
  source: string,
  start: Serve = {},
): Promise<Server> => {
  let port = start.port ?? (await freePort());
  // Not from the app's own folder: its files are beside app.ts, wherever it is started from.
  const file = join(basename(folder), "app.ts");
  const cwd = start.command ? folder : dirname(folder);
  let ahead = 0;
  const command = () => {
    const loader = needTsx.has(source) ? ["--import", "tsx"] : [];
    return start.command ?? [`--max-old-space-size=${MEMORY}`, ...loader, file];
  };
  // Of a debugger that an editor attaches to all programs, nothing: it writes into their output. Nor
  // NODE_ENV: with "test", as vitest sets it, Express prints no error; with "production" it shows none.
  const {
    HOST: _,
    NODE_ENV: ___,
    VSCODE_INSPECTOR_OPTIONS: __,
    NODE_OPTIONS: all = "",
    ...inherited
  } = process.env;
  const NODE_OPTIONS = all.replace(/--inspect[\w-]*(?:=\S+| \d\S*)?/g, "").trim();
  // By the environment: a command such as tsx runs the app in a process of its own.
  const options = () =>
    start.clock ? [NODE_OPTIONS, `--import=${clockModule(ahead)}`].join(" ").trim() : NODE_OPTIONS;
  const env = () => ({
    ...inherited,
    ...(options() === "" ? {} : { NODE_OPTIONS: options() }),
    TZ,
    PORT: String(port),
    ...start.env,
  });
  const host = start.env?.HOST ?? "127.0.0.1";
  const outputs: Output[] = [];
  let child: ChildProcess | undefined;
  let isUp = false;
  let leftBehind = false;

  const spawnApp = (more: NodeJS.ProcessEnv = {}) => {
    const stdio = ["pipe", "pipe", "pipe", ...(start.clock ? ["ipc" as const] : [])] as const;
    const started = spawnGroup(command(), { cwd, env: { ...env(), ...more }, stdio: [...stdio] });
    const output = new Output();
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => output.add(text));
    }
    return { started, output };
  };
  const run = async () => {
    const { started, output } = spawnApp();
    child = started;
    outputs.push(output);
    try {
      await waitUntilItListens(started, { host, port }, output);
    } catch (error) {
      const needsTsx = !start.command && !needTsx.has(source) && ONLY_TSX.test(output.text);
      const isTaken = !isUp && !start.port && hasEnded(started) && (await accepts({ host, port }));
      if (!needsTsx && !isTaken) throw error;
      await halt();
      outputs.pop();
      if (needsTsx) needTsx.add(source);
      // Somebody else was quicker to listen there.
      else port = await freePort();
      await run();
    }
  };
  const halt = async (signal?: EndSignal) => {
    if (child && (await endGroup(child, signal))) leftBehind = true;
    child = undefined;
  };
  const log = () => outputs.map((output) => output.text).join("");

  try {
    await run();
    isUp = true;
  } catch (error) {
    await halt();
    throw error;
  }
  const endBy = async (signal: NodeJS.Signals) => {
    recorder()({ kind: "process", sent: `the app gets the signal ${signal}` });
    const ending = child;
    if (ending === undefined || hasEnded(ending)) throw new Error("the app has ended before");
    const ended = once(ending, "exit");
    ending.kill(signal);
    await Promise.race([ended, sleep(patience, undefined, { ref: false })]);
    if (hasEnded(ending)) return ending.signalCode ?? ending.exitCode;
    const error = new Error(`the app does not end within ${patience / 1000} s of ${signal}`);
    throw waitedInVain(error, patience);
  };

  return {
    url: `http://${host}:${port}`,
    port,
    folder,
    log,
    printed: async (text, from = 0) => {
      const said = () => log().slice(from);
      const found = () => (typeof text === "string" ? said().includes(text) : text.test(said()));
      const limit = Date.now() + patience;
      while (!found()) {
        if (Date.now() > limit) {
          const got = withoutFolders(said()).trim() || "nothing";
          const error = new Error(
            `the app did not print ${text} within ${patience / 1000} s, but:\n${got}`,
          );
          throw waitedInVain(error, patience);
        }
        await sleep(10);
      }
    },
    isUp: async () => child !== undefined && (await accepts({ host, port })),
    restart: async (signal) => {
      recorder()({ kind: "process", sent: "the app is ended, and started again" });
      await halt(signal);
      await run();
    },
    end: (signal) => {
      const ending = endBy(signal);
      // A check may look at something else first: what goes wrong is told when it is waited for.
      ending.catch(() => {});
      return ending;
    },
    startAgain: async (more = {}) => {
      const where = Object.entries(more).map(([name, value]) => `${name}=${value}`);
      const sent = `the app is started a second time, ${where.join(" ") || "on the same port"}`;
      recorder()({ kind: "process", sent });
      const { started } = spawnApp(more);
      let stderr = "";
      started.stderr?.on("data", (text) => {
        stderr = (stderr + text).slice(0, 100_000);
      });
      const closed = once(started, "close");
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        endGroup(started);
      }, patience);
      const [exitCode] = await closed;
      clearTimeout(timer);
      await endGroup(started);
      if (isLate) {
        const error = new Error(
          `${sent.replace(" is ", " was ")}, and did not end within ${patience / 1000} s`,
        );
        throw waitedInVain(error, patience);
      }
      return { exitCode, stderr };
    },
    moveClock: async (ms) => {
      if (!start.clock || child === undefined)
        throw new Error("the clock of this app cannot be moved: start it with clock: true");
      const sent = `the app's clock is moved by ${ms / 1000} s`;
      recorder()({ kind: "process", sent });
      await tellClock(child, ahead + ms);
      ahead += ms;
    },
    stop: async () => {
      await halt();
      if (leftBehind) {
        throw new BrokenServer(
          "child left behind",
          "the app left a process behind: what it starts has to end with it",
        );
      }
    },
  };
};
