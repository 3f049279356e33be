import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { BrokenServer, whyEnded } from "./broken-server.ts";
import { listeningPorts } from "./listening-ports.ts";
import type { Output } from "./output.ts";
import { patience, waitedInVain } from "./patience.ts";
import { hasEnded } from "./process-group.ts";

/** Where an app is to listen. */
export type Address = { host: string; port: number };

/** How often the system is asked for an app's ports while it does not listen on its own, in ms. */
const ASK_PORTS = 1000;

/**
 * Waits until an app listens.
 * @throws BrokenServer when it ends, listens elsewhere, prints without end, or takes too long.
 */
export const waitUntilItListens = async (
  child: ChildProcess,
  address: Address,
  output: Output,
): Promise<void> => {
  const { port } = address;
  const start = Date.now();
  const limit = start + patience;
  let askPorts = Date.now() + ASK_PORTS;
  let elsewhere: number | undefined;
  while (!(await accepts(address)) || isSomebodyElses(child, port, start)) {
    if (hasEnded(child)) {
      await printedAll(child);
      const exit = child.signalCode ?? `exit code ${child.exitCode}`;
      throw whyEnded(exit, output.text, port);
    }
    if (output.isEndless) throw endlessOutput(output);
    if (Date.now() > limit) {
      const error = output.isLarge ? endlessOutput(output) : doesNotListen(port, output);
      throw waitedInVain(error, patience);
    }
    if (Date.now() > askPorts && child.pid !== undefined) {
      askPorts = Date.now() + ASK_PORTS;
      const [other] = listeningPorts(child.pid);
      // Twice the same: it may just have opened another one first.
      if (other !== undefined && other === elsewhere) throw otherPort(port, other, output);
      elsewhere = other;
    }
    await sleep(5);
  }
};

/** An app may leave the listening to a process of its own: from then on whoever accepts will do, in ms. */
const OWN_AT_FIRST = 3000;

/**
 * Whether it is another program that listens on the port, taken since it was found free. Then the
 * app is about to end, and say so. Only Linux tells it quickly enough to be asked each time.
 */
const isSomebodyElses = ({ pid }: ChildProcess, port: number, start: number): boolean =>
  process.platform === "linux" &&
  pid !== undefined &&
  Date.now() - start < OWN_AT_FIRST &&
  !listeningPorts(pid).includes(port);

/** An exit is told before the last words have arrived; a child of its own may keep the channel open. */
const printedAll = async (child: ChildProcess): Promise<void> => {
  if (child.stdout?.closed && child.stderr?.closed) return;
  await Promise.race([once(child, "close"), sleep(500)]);
};

const otherPort = (port: number, other: number, output: Output) =>
  new BrokenServer(
    "other port",
    `the app listens on port ${other} instead of the one that PORT names, here ${port}`,
    output.text,
  );

const doesNotListen = (port: number, output: Output) =>
  new BrokenServer(
    "does not listen",
    `the app does not listen on port ${port} after ${patience / 1000} s: is there a loop without end before app.listen, or no app.listen at all?`,
    output.text,
  );

/** The error for an app that prints without end. */
export const endlessOutput = (output: Output): BrokenServer =>
  new BrokenServer("endless output", "the app prints without end", output.text);

/** Whether something accepts connections there. */
export const accepts = ({ host, port }: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, host);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
