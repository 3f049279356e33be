import { mkdirSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { aboutCourse } from "../course/about.ts";
import { portsIn, withPorts } from "../course/ports.ts";
import { noteServer } from "../running/own-server.ts";
import { freePort } from "../testkit/free-port.ts";
import { atEnd } from "./at-end.ts";
import { copyRepository, remove } from "./copy.ts";
import { type Group, startGroup } from "./group.ts";

/** What a command did. */
export interface Outcome {
  readonly output: string;
  /** Null where the time limit ended it. */
  readonly code: number | null;
}

/** A reader's place of work: a copy of the repository, a terminal, and a server in a second one. */
export interface Desk {
  readonly root: string;
  /** Types a command, which may take `limit` ms; it runs in the folder where the last one ended. */
  type(command: string, options: { limit: number; plain?: boolean }): Promise<Outcome>;
  /** Goes to a folder, from the top; "" is the top folder. */
  goTo(folder: string): void;
  /**
   * Starts a server in the terminal's folder instead of the one that runs, and waits until it answers.
   * @param options `as`: the step that it is, where it stands for `npm start`, and version.sh is to
   *   know it as its own
   * @throws when it ends, or does not answer in time, with what it printed.
   */
  serve(
    command: string,
    options: { limit: number; ready?: RegExp; as?: { course: string; step: string } },
  ): Promise<void>;
  stopServer(): Promise<void>;
  /** What the server printed. */
  log(): string;
  /** An address or command of a document, on the ports that the servers really have. */
  here(text: string): string;
  /** Whether a command asks a server of this desk. */
  asks(command: string): boolean;
  /**
   * The port of this machine that a command asks although nothing of this desk answers there:
   * whoever does is a stranger.
   */
  strangePort(command: string): number | undefined;
  /** Ends everything, and removes the copy. */
  close(): Promise<void>;
}

/** Where the servers of a desk listen: nobody else's business. */
const HOST = "127.0.0.1";
/** The port that a command gives to the server that it starts. */
const OWN_PORT = /(?:--port[ =]|\bPORT=)(\d+)/;

/**
 * Makes a desk, on a copy of this repository and on free ports.
 * @param course the folder of the course whose documents are run: they name its port
 */
export async function openDesk(repository: string, course: string): Promise<Desk> {
  const root = copyRepository(repository);
  const forget = atEnd(() => remove(root));
  const { port: told, env: needed } = aboutCourse(root, course);
  /** The ports that the document names, and those that the servers really have. */
  const ports = new Map([[told, await freePort()]]);
  const real = (port: number) => ports.get(port) ?? port;
  const port = real(told);
  const env = (plain: boolean): NodeJS.ProcessEnv => ({
    PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
    HOME: process.env.HOME,
    ...needed,
    PORT: String(port),
    HOST,
    NO_COLOR: "1",
    HTTPIE_CONFIG_DIR: join(root, "mine", plain ? "http-plain" : "http"),
  });
  // At a terminal, http prints the head of the answer, too.
  const config = JSON.stringify({ default_options: ["--print=hb", "--pretty=format"] });
  mkdirSync(join(root, "mine/http"), { recursive: true });
  writeFileSync(join(root, "mine/http/config.json"), config);

  let folder = root;
  let server: Group | undefined;
  const here = (text: string) => withPorts(text, real);
  const there = (text: string) =>
    [...ports]
      .reduce(
        (said, [named, has]) => said.replaceAll(new RegExp(`\\b${has}\\b`, "g"), String(named)),
        text,
      )
      .replaceAll(`${root}/`, "");

  const desk: Desk = {
    root,
    here,
    asks: (command) => portsIn(command).some((each) => ports.has(each)),
    strangePort: (command) => portsIn(command).find((each) => !ports.has(each)),
    log: () => there(server?.output() ?? ""),
    goTo: (path) => {
      folder = join(root, path);
    },
    type: async (command, { limit, plain = false }) => {
      const group = startGroup(here(command), { cwd: folder, env: env(plain) });
      const timer = new AbortController();
      sleep(limit, undefined, timer).then(group.kill, () => {});
      const code = await group.ended;
      timer.abort();
      folder = group.folder() ?? folder;
      const late = code === null ? `\n(ended after ${limit / 1000} s)` : "";
      return { output: there(group.output()) + late, code };
    },
    serve: async (command, { limit, ready, as }) => {
      await desk.stopServer();
      const named = Number(OWN_PORT.exec(command)?.[1] ?? told);
      if (!ports.has(named)) ports.set(named, await freePort());
      const started = startGroup(here(command), { cwd: folder, env: env(true) });
      server = started;
      const limitAt = Date.now() + limit;
      while (!(await accepts(real(named))) || !(ready?.test(started.output()) ?? true)) {
        const late = Date.now() > limitAt;
        if (late || started.child.exitCode !== null) {
          await desk.stopServer();
          throw new Error(
            there(`${late ? "no answer in time" : "it ended"}:\n${started.output()}`),
          );
        }
        await sleep(20);
      }
      const { pid } = started.child;
      if (as !== undefined && pid !== undefined)
        noteServer({ root, stderr: process.stderr }, { ...as, pid, host: HOST, port: real(named) });
    },
    stopServer: async () => {
      await server?.stop();
      server = undefined;
    },
    close: async () => {
      await desk.stopServer();
      forget();
      remove(root);
    },
  };
  return desk;
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, HOST);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
