import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnBounded } from "./bounded.ts";

/** In ms: what does not answer by then never will. */
const LIMIT = 30_000;

/** The text that is answered there; undefined while nobody answers. */
const textAt = (url: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const asked = request(url, { agent: false, timeout: 1000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text)).on("error", () => resolve(undefined));
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(undefined)).end();
  });

/**
 * Asks again and again, until the answer is the right one.
 * @throws when it does not come in time
 */
export const untilAnswered = async (
  url: string,
  isRight: (text: string) => boolean,
  limit = LIMIT,
): Promise<void> => {
  for (const end = Date.now() + limit; ; await sleep(2)) {
    const text = await textAt(url);
    if (text !== undefined && isRight(text)) return;
    if (Date.now() > end) throw new Error(`${url} did not answer in ${limit / 1000} s: ${text}`);
  }
};

/**
 * Runs a command to its end.
 * @returns how long it took, in ms
 * @throws when it fails, or takes longer than `limit` ms, with what it printed last
 */
export const timeCommand = async (
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; limit: number },
): Promise<number> => {
  const start = performance.now();
  const child = spawnBounded(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    limit: options.limit,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-5000);
    });
  }
  const [code, signal] = await once(child, "close");
  if (code !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${code ?? signal}: ${said.trim()}`);
  return performance.now() - start;
};
