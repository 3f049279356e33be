import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { World } from "../world.ts";

/** The data on standard input: what has come so far, and the rest of it. */
export type StdinData = { first: Buffer; rest: AsyncIterator<Buffer> };

// A producer is usually a shell's neighbour, started at the same moment.
const patience = 2000;
// Where request items are the data, standard input is looked at only to report a mistake.
const briefPatience = 150;
// Git Bash hands its terminal over as a pipe: nobody may wait long for what is never piped.
const gitBashPatience = 300;

function waitingTime(world: World, isDataExpected: boolean): number {
  if (!isDataExpected) return briefPatience;
  if (world.stdinPatience !== undefined) return world.stdinPatience;
  return world.platform === "win32" && world.env.MSYSTEM ? gitBashPatience : patience;
}

/**
 * Looks whether there is data on standard input. A terminal, a closed or empty input and a
 * pipe on which nothing comes are no data: a test runner's input must not stop the command.
 *
 * @param isDataExpected - whether nothing else is the body; an idle pipe is then waited for
 *   longer, and given up with a warning
 */
export async function readStdin(
  world: World,
  isDataExpected: boolean,
): Promise<StdinData | undefined> {
  if (world.stdinKind !== "file" && world.stdinKind !== "pipe") return undefined;
  const stream: Readable = world.stdin();
  const rest: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  const milliseconds = waitingTime(world, isDataExpected);
  const stopWaiting = new AbortController();
  const idle = delay(milliseconds, "idle" as const, { signal: stopWaiting.signal });
  idle.catch(() => undefined);
  const next = rest.next().catch(() => ({ done: true, value: undefined }) as const);
  const first = await Promise.race([next, idle]);
  stopWaiting.abort();
  if (first === "idle") {
    stream.destroy();
    if (isDataExpected && milliseconds >= patience) {
      world.stderr.write(
        `http: warning: nothing came on standard input within ${milliseconds / 1000} s, so the request has no body (--ignore-stdin, -I, skips the wait)\n`,
      );
    }
    return undefined;
  }
  return first.done ? undefined : { first: Buffer.from(first.value), rest };
}

/** All the data, in the order in which it comes. */
export async function* chunksOf(data: StdinData): AsyncGenerator<Buffer> {
  yield data.first;
  for (;;) {
    const next = await data.rest.next();
    if (next.done) return;
    yield Buffer.from(next.value);
  }
}
