import http from "node:http";
import https from "node:https";
import type { Options } from "../cli/options.ts";
import { quote, UsageError } from "../errors.ts";
import type { World } from "../world.ts";

/** The connections of one command: closed together at its end. */
export type Agents = { http: http.Agent; https: https.Agent; close(): void };

function checkedProxy(url: string | undefined): string | undefined {
  if (!url) return undefined;
  const complete = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  if (/^https?:/i.test(complete) && URL.canParse(complete)) return complete;
  throw new UsageError(
    `--proxy: ${quote(url)} is no URL of a proxy that is spoken here, e.g. http://localhost:3128`,
  );
}

/**
 * Opens the connections, through proxies where options or the environment say so.
 *
 * @throws UsageError for a proxy's URL that cannot be used
 */
export function openAgents(options: Options, world: World): Agents {
  const { env } = world;
  const all = options.proxies.all ?? env.all_proxy ?? env.ALL_PROXY;
  const proxyEnv = {
    // As curl and requests do: the capital name would be open to a request header in CGI.
    http_proxy: checkedProxy(options.proxies.http ?? options.proxies.all ?? env.http_proxy ?? all),
    https_proxy: checkedProxy(
      options.proxies.https ?? options.proxies.all ?? env.https_proxy ?? env.HTTPS_PROXY ?? all,
    ),
    no_proxy: Object.keys(options.proxies).length > 0 ? undefined : (env.no_proxy ?? env.NO_PROXY),
  };
  const settings = { keepAlive: true, proxyEnv };
  const agents = { http: new http.Agent(settings), https: new https.Agent(settings) };
  return {
    ...agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
