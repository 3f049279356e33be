import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../shared/testkit/free-port.ts";
import { accepts } from "../../shared/testkit/listening.ts";
import { endGroup, hasEnded, spawnGroup } from "../../shared/testkit/process-group.ts";
import { askChild } from "./helper.ts";

/** What a server has used so far. */
export type Usage = {
  /** Time of the processor, in µs. */
  processor: number;
  /** Memory that its objects need, in bytes, after a collection where `--expose-gc` was given. */
  memory: number;
};

/** A server in a process of its own, on a free port of the loopback address. */
export type Server = {
  url: string;
  port: number;
  pid: number;
  usage: () => Promise<Usage>;
  stop: () => Promise<void>;
};

/** In ms: no measured server takes longer to start, however busy the machine is. */
const START_LIMIT = 30_000;
const TELLER = join(import.meta.dirname, "usage-teller.ts");

/**
 * Starts a server, and waits until it listens on the PORT that it was given.
 * @param args Node's arguments, the file among them
 * @throws when it ends, or does not listen in time, with what it printed
 */
export const startServer = async (
  args: readonly string[],
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Server> => {
  const port = await freePort();
  const child = spawnGroup(["--import", TELLER, ...args], {
    cwd,
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-2000);
  });
  const limit = Date.now() + START_LIMIT;
  while (!(await accepts({ host: "127.0.0.1", port }))) {
    if (hasEnded(child) || Date.now() > limit) {
      await endGroup(child);
      throw new Error(`${args.at(-1)} does not listen on port ${port}: ${said.trim()}`);
    }
    await sleep(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    usage: () => askChild(child, {}) as Promise<Usage>,
    stop: async () => {
      await endGroup(child);
    },
  };
};
