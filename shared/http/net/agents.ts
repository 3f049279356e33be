import http from "node:http";
import https from "node:https";
import type { Options } from "../cli/options.ts";
import { quote, UsageError } from "../errors.ts";
import type { Target } from "../request/url.ts";
import type { World } from "../world.ts";

/** A proxy, and which option or variable named it. */
export type UsedProxy = { host: string; name: string };

/** The connections of one command: closed together at its end. */
export type Agents = {
  http: http.Agent;
  https: https.Agent;
  /** The proxy that requests to this target go through, for messages. */
  proxyFor(target: Target): UsedProxy | undefined;
  close(): void;
};

type Source = { url: string | undefined; name: string };

function checkedProxy({ url, name }: Source): string | undefined {
  if (!url) return undefined;
  const complete = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  if (/^https?:/i.test(complete) && URL.canParse(complete)) return complete;
  throw new UsageError(
    `${name}: ${quote(url)} is no URL of a proxy that is spoken here, e.g. http://localhost:3128`,
  );
}

/** The first place that names a proxy: options come before the environment. */
function sourceOf(scheme: "http" | "https", { proxies }: Options, env: World["env"]): Source {
  const given = proxies[scheme] ?? proxies.all;
  if (given !== undefined) return { url: given, name: "--proxy" };
  // As curl and requests do: HTTP_PROXY would be open to a request header in CGI.
  const names = [
    `${scheme}_proxy`,
    scheme === "https" ? "HTTPS_PROXY" : "",
    "all_proxy",
    "ALL_PROXY",
  ];
  const name = names.find((each) => env[each] !== undefined) ?? "";
  return { url: env[name], name };
}

/** Whether `no_proxy` lists a host: by its name, with its port, or by the end of its name. */
function isExcepted(host: string, list = ""): boolean {
  const name = host.replace(/:\d+$/, "");
  return list.split(/[\s,]+/).some((entry) => {
    const suffix = entry.replace(/^\*/, "");
    const isEnd = suffix.startsWith(".") && name.endsWith(suffix);
    return entry === "*" || entry === name || entry === host || isEnd;
  });
}

/**
 * Opens the connections, through proxies where options or the environment say so.
 *
 * @throws UsageError for a proxy's URL that cannot be used
 */
export function openAgents(options: Options, world: World): Agents {
  const { env } = world;
  const sources = { http: sourceOf("http", options, env), https: sourceOf("https", options, env) };
  const proxyEnv = {
    http_proxy: checkedProxy(sources.http),
    https_proxy: checkedProxy(sources.https),
    no_proxy: Object.keys(options.proxies).length > 0 ? undefined : (env.no_proxy ?? env.NO_PROXY),
  };
  // A proxy that never opens its tunnel would be waited for without a limit.
  const timeout = options.timeout > 0 ? options.timeout * 1000 : undefined;
  const settings = { keepAlive: true, proxyEnv, timeout };
  const agents = { http: new http.Agent(settings), https: new https.Agent(settings) };
  return {
    ...agents,
    proxyFor({ protocol, host }) {
      const scheme = protocol === "https:" ? "https" : "http";
      const url = proxyEnv[`${scheme}_proxy`];
      if (!url || isExcepted(host, proxyEnv.no_proxy)) return undefined;
      return { host: new URL(url).host, name: sources[scheme].name };
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
