import { HttpError, quote } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Target } from "../request/url.ts";
import type { UsedProxy } from "./agents.ts";

/** The error code of an error, of its cause, or of the first error that it collects. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code, errors } = error as Error & { code?: string; errors?: unknown[] };
  const inner = codeOf(error.cause) || codeOf(errors?.[0]);
  return inner || (code ?? "");
}

function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errors } = error as Error & { errors?: unknown[] };
  const inner = error.cause ?? errors?.[0];
  return inner instanceof Error ? deepestMessage(inner) : error.message;
}

const isLocal = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(host);

function refused(host: string, isProxy: boolean): string {
  const start =
    isLocal(host) && !isProxy ? "; npm start, in another terminal, starts the course's" : "";
  return `no server is listening on ${host}${start}`;
}

// What goes wrong before a connection is there is the proxy's, where one is used.
const isUnreached = (code: string) =>
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code);

function sentence(code: string, host: string, isProxy: boolean, error: unknown): string {
  if (code === "ECONNREFUSED") return refused(host, isProxy);
  if (code === "ERR_PROXY_TUNNEL") return `no way leads to ${host}: ${deepestMessage(error)}`;
  if (code === "ENOTFOUND") {
    return `Couldn’t resolve the given hostname ${quote(host)}, check the URL`;
  }
  if (code === "EAI_AGAIN") {
    return `Couldn’t connect to a DNS server to look ${quote(host)} up, check your connection`;
  }
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return `${host} closed the connection before its answer was complete`;
  }
  if (code === "ERR_HTTP_CONTENT_LENGTH_MISMATCH") {
    return `the answer of ${host} is incomplete: ${deepestMessage(error)}`;
  }
  if (/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD)/.test(code)) {
    return `the answer of ${host} cannot be decompressed: ${deepestMessage(error)} (Accept-Encoding:identity asks for it plain)`;
  }
  if (code.startsWith("HPE_HEADER_OVERFLOW")) return `the answer of ${host} has too many headers`;
  if (code.startsWith("HPE_")) return `${host} does not answer in HTTP: ${deepestMessage(error)}`;
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
    return `${host} does not speak https (TLS): is its URL http://?`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    // Node goes on with advice about its own options.
    const [reason] = deepestMessage(error).split(";");
    return `the certificate of ${host} is not trusted: ${reason} (--verify=FILE trusts another, --verify=no all)`;
  }
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return `no way leads to ${host}`;
  return `the exchange with ${host} failed: ${deepestMessage(error)}`;
}

/**
 * Says in one line what went wrong on the network.
 *
 * @param timeout - the limit in seconds, for the message
 * @param proxy - the one that was used
 */
export function explainError(
  error: unknown,
  target: Target,
  timeout: number,
  proxy: UsedProxy | undefined,
): HttpError {
  if (error instanceof HttpError) return error;
  const code = codeOf(error);
  const isProxy = proxy !== undefined && isUnreached(code);
  const through = isProxy
    ? `, the proxy for ${target.host} (${proxy.name})`
    : proxy
      ? ` (through the proxy ${proxy.host} of ${proxy.name})`
      : "";
  const isTunnelLate = code === "ERR_PROXY_TUNNEL" && /timed out/.test(deepestMessage(error));
  if ((code === "ETIMEDOUT" && timeout > 0) || isTunnelLate) {
    return new HttpError(
      `Request timed out (${timeout}s): no answer of ${target.host} (--timeout=0: no limit)${through}`,
      exitCodes.timeout,
      { cause: error },
    );
  }
  const said = sentence(code, isProxy ? proxy.host : target.host, isProxy, error);
  return new HttpError(said + through, exitCodes.error, { cause: error });
}
