import { mkdirSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
   * @throws when it ends, or does not answer in time, with what it printed.
   */
  serve(command: string, options: { limit: number; ready?: RegExp }): Promise<void>;
  stopServer(): Promise<void>;
  /** What the server printed. */
  log(): string;
  /** An address or command of a document, on the port that the server really has. */
  here(text: string): string;
  /** Ends everything, and removes the copy. */
  close(): Promise<void>;
}

/** The port that documents name. */
const PORT = "5001";

/** Makes a desk, on a copy of this repository and on a free port. */
export async function openDesk(repository: string): Promise<Desk> {
  const root = copyRepository(repository);
  const forget = atEnd(() => remove(root));
  const port = String(await freePort());
  const env = (plain: boolean): NodeJS.ProcessEnv => ({
    PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
    HOME: process.env.HOME,
    PORT: port,
    HOST: "127.0.0.1",
    NO_COLOR: "1",
    HTTPIE_CONFIG_DIR: join(root, "mine", plain ? "http-plain" : "http"),
  });
  // At a terminal, http prints the head of the answer, too.
  const config = JSON.stringify({ default_options: ["--print=hb", "--pretty=format"] });
  mkdirSync(join(root, "mine/http"), { recursive: true });
  writeFileSync(join(root, "mine/http/config.json"), config);

  let folder = root;
  let server: Group | undefined;
  const here = (text: string) => text.replaceAll(`:${PORT}`, `:${port}`);
  const there = (text: string) =>
    text.replaceAll(new RegExp(`\\b${port}\\b`, "g"), PORT).replaceAll(`${root}/`, "");

  const desk: Desk = {
    root,
    here,
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
    serve: async (command, { limit, ready }) => {
      await desk.stopServer();
      const started = startGroup(here(command), { cwd: folder, env: env(true) });
      server = started;
      const limitAt = Date.now() + limit;
      while (!(await accepts(Number(port))) || !(ready?.test(started.output()) ?? true)) {
        const late = Date.now() > limitAt;
        if (late || started.child.exitCode !== null) {
          await desk.stopServer();
          throw new Error(
            there(`${late ? "no answer in time" : "it ended"}:\n${started.output()}`),
          );
        }
        await sleep(20);
      }
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
    const socket = createConnection(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
