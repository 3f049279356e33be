import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { patience } from "./patience.ts";

/** A running copy of a step, with a database of its own. */
export type App = {
  /** Where it answers, such as "http://127.0.0.1:40123". */
  url: string;
  port: number;
  /** The temporary copy of the step's folder. */
  folder: string;
  /** All that it has printed so far, on both channels. */
  log: () => string;
  /** Waits until it has printed `text`. @throws when it does not come in time, quoting what it printed instead. */
  printed: (text: string | RegExp) => Promise<void>;
  /** Ends the process, and starts it again on the same port with the same data. */
  restart: () => Promise<void>;
  /** Starts the same app a second time, on the same port, and waits for its end. */
  startAgain: () => Promise<{ exitCode: number | null; stderr: string }>;
  /** Ends the process and removes the copy. */
  stop: () => Promise<void>;
};

/** How to start an app. */
export type Start = {
  env?: NodeJS.ProcessEnv;
  port?: number;
  /** Called with the copy's folder before the app starts there. */
  prepare?: (folder: string) => void;
  /** Arguments of Node, in the copy's folder; by default app.ts alone, from the folder above it. */
  command?: string[];
};

const MODULES = resolve(import.meta.dirname, "../../node_modules");

/**
 * Copies a step to a temporary folder, without its data, and starts it there.
 * @throws when it ends, or does not listen in time, with what it printed.
 */
export const startApp = async (source: string, start: Start = {}): Promise<App> => {
  // The name of the folder is the app's version, so the copy keeps it.
  const top = realpathSync(mkdtempSync(join(tmpdir(), "chat-")));
  const folder = join(top, basename(source));
  mkdirSync(folder);
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => basename(path) !== "instance" && !path.endsWith(".test.ts"),
  });
  writeFileSync(join(top, "package.json"), '{ "type": "module" }\n');
  symlinkSync(MODULES, join(top, "node_modules"), "junction");
  start.prepare?.(folder);

  const port = start.port ?? (await freePort());
  // Not from the app's own folder: its files are beside app.ts, wherever it is started from.
  const command = start.command ?? [join(basename(folder), "app.ts")];
  const cwd = start.command ? folder : top;
  const { HOST: _, ...inherited } = process.env;
  const env = { ...inherited, PORT: String(port), ...start.env };
  const host = start.env?.HOST ?? "127.0.0.1";
  let output = "";
  let child: ChildProcess | undefined;

  // A test run that dies must not leave servers behind.
  const kill = () => child?.kill("SIGKILL");
  const run = async () => {
    child = spawn(process.execPath, command, { cwd, env });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    process.once("exit", kill);
    await listening(child, host, port, () => output);
  };
  const halt = async () => {
    process.off("exit", kill);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    // Not SIGKILL at once: tsx passes on to its child only what it can catch itself.
    child.kill("SIGTERM");
    const timer = setTimeout(kill, patience);
    await ended;
    clearTimeout(timer);
  };
  const stop = async () => {
    await halt();
    rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    await run();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://${host}:${port}`,
    port,
    folder,
    log: () => output,
    printed: async (text) => {
      const found = () => (typeof text === "string" ? output.includes(text) : text.test(output));
      const limit = Date.now() + patience;
      while (!found()) {
        if (Date.now() > limit) throw new Error(`expected ${text} to be printed, got:\n${output}`);
        await sleep(10);
      }
    },
    restart: async () => {
      await halt();
      await run();
    },
    startAgain: async () => {
      const second = spawn(process.execPath, command, { cwd, env, timeout: patience });
      let stderr = "";
      second.stderr.setEncoding("utf8").on("data", (text) => {
        stderr += text;
      });
      const [exitCode] = await once(second, "close");
      return { exitCode, stderr };
    },
    stop,
  };
};

const listening = async (child: ChildProcess, host: string, port: number, log: () => string) => {
  const limit = Date.now() + patience;
  while (!(await accepts(host, port))) {
    if (child.exitCode !== null) {
      throw new Error(`the app ended with exit code ${child.exitCode}:\n${log()}`);
    }
    if (Date.now() > limit) throw new Error(`the app does not listen on port ${port}:\n${log()}`);
    await sleep(10);
  }
};

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, host);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
