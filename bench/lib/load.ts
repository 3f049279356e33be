import { join } from "node:path";
import { type Helper, startHelper } from "./helper.ts";
import type { Server } from "./server.ts";

/** What to send. */
export type Job = {
  url: string;
  /** Sent as JSON by POST; without it, GET. */
  body?: unknown;
  connections: number;
  seconds: number;
  /** So many requests, however long they take, instead of `seconds`. */
  amount?: number;
};

/** What came of it: times in ms, from a request to the end of its answer. */
export type Load = {
  requests: number;
  perSecond: number;
  /** Answers that were no success, errors, time-outs. */
  failed: number;
  p50: number;
  p99: number;
  p999: number;
};

/** A load, and the time of the processor that the server took for each request, in µs. */
export type Measured = Load & { processor: number };

/** Starts the process that sends. */
export const startLoader = (): Helper<Job, Load> =>
  startHelper(join(import.meta.dirname, "load-process.ts"));

/**
 * Loads a server.
 * @throws when anything but success was answered: the figures would be those of errors
 */
export const measureLoad = async (
  loader: Helper<Job, Load>,
  server: Server,
  { path, ...job }: Omit<Job, "url"> & { path: string },
): Promise<Measured> => {
  const before = await server.usage();
  const load = await loader.ask({ ...job, url: server.url + path });
  const after = await server.usage();
  if (load.failed > 0 || load.requests === 0) {
    throw new Error(`${path}: ${load.failed} of ${load.requests} requests failed`);
  }
  return { ...load, processor: (after.processor - before.processor) / load.requests };
};
