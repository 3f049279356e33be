/** Loads a server, in a process of its own: it does not share the event loop of anything measured. */
import autocannon from "autocannon";
import type { Job, Load } from "./load.ts";
import { percentile } from "./stats.ts";

/** In s: the largest answers are over 100 MB. */
const TIMEOUT = 60;

const run = async ({ url, body, connections, seconds, amount }: Job): Promise<Load> => {
  const times: number[] = [];
  const method = body === undefined ? "GET" : "POST";
  const options: autocannon.Options = {
    url,
    method,
    connections,
    timeout: TIMEOUT,
    ...(amount === undefined ? { duration: seconds } : { amount }),
  };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "content-type": "application/json" };
  }
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const load = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  // Its own histogram counts in whole milliseconds: most answers would take 0 of them.
  load.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const result = await promise;
  const sorted = Float64Array.from(times).sort();
  return {
    requests: times.length,
    perSecond: times.length / result.duration,
    failed: result.non2xx + result.errors + result.timeouts,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    p999: percentile(sorted, 0.999),
  };
};

process.on("message", (job: Job) => {
  run(job).then(
    (load) => process.send?.(load),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
// Whoever asked is gone: nobody else would end this process.
process.once("disconnect", () => process.exit());
