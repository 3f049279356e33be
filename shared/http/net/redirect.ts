import { HeaderList, headerOf } from "../request/headers.ts";
import { mayLackLength, type PreparedRequest } from "../request/prepare.ts";
import { parseTarget, type Target } from "../request/url.ts";
import type { ReceivedResponse } from "./send.ts";

const redirects = [301, 302, 303, 307, 308];

/** Where an answer points to, or undefined where it is no redirect. */
export function redirectTarget(response: ReceivedResponse, from: Target): Target | undefined {
  const location = headerOf(response.headers, "location");
  if (location === undefined || !redirects.includes(response.status)) return undefined;
  // The header's bytes are UTF-8, read as Latin-1 on the way.
  const text = Buffer.from(location, "latin1").toString("utf8");
  const base = `${from.protocol}//${from.host}${from.path}`;
  const url = URL.canParse(text, base) ? new URL(text, base).href : text;
  return parseTarget(url, [], false);
}

/** The method of the next request: what browsers do, and so everybody. */
function nextMethod(method: string, status: number): string {
  if (status === 303 && method !== "HEAD") return "GET";
  if (status === 302 && method !== "HEAD") return "GET";
  if (status === 301 && method === "POST") return "GET";
  return method;
}

/** Whether two requests go to the same server, spoken to in the same way (RFC 6454, "origin"). */
export function isSameOrigin(a: Target, b: Target): boolean {
  return a.protocol === b.protocol && a.host === b.host;
}

/**
 * The request that follows a redirect. Credentials, and what a session brought, do not travel to
 * another scheme, host or port, and a body only with 307 and 308.
 *
 * @param cookie - the Cookie header of the jar for the new target
 */
export function redirectRequest(
  request: PreparedRequest,
  status: number,
  target: Target,
  cookie: string | undefined,
): PreparedRequest {
  const keepsBody = status === 307 || status === 308;
  const headers = new HeaderList(request.headers);
  const dropped = ["Cookie"];
  if (!keepsBody) dropped.push("Content-Length", "Content-Type", "Transfer-Encoding");
  const stays = isSameOrigin(target, request.target);
  const fromSession = stays ? request.fromSession : [];
  if (!stays) dropped.push("Authorization", ...(request.fromSession ?? []));
  if (headers.get("Host") === request.target.host) dropped.push("Host");
  for (const name of dropped) headers.remove(name);
  const method = nextMethod(request.method, status);
  const body = keepsBody ? request.body : ({ kind: "none" } as const);
  const pairs: [string, string][] = headers.pairs();
  if (cookie) pairs.push(["Cookie", cookie]);
  if (body.kind === "none" && !mayLackLength(method)) pairs.push(["Content-Length", "0"]);
  if (!headers.has("Host")) pairs.push(["Host", target.host]);
  return { method, target, headers: pairs, body, ...(fromSession && { fromSession }) };
}
