import { HeaderList } from "./headers.ts";
import type { Body, MadeBody } from "./made-body.ts";
import type { Target } from "./url.ts";

/** A request as it will be sent. */
export type PreparedRequest = {
  method: string;
  target: Target;
  /** All of them in their order, Host included. Each character of a value stands for a byte. */
  headers: [name: string, value: string][];
  body: Body;
  /** Names of headers that only a session brought: meant for the server that they are sent to first. */
  fromSession?: readonly string[];
};

/** A text as a header carries it: UTF-8, each byte as a character, as Node writes it. */
export function headerBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** What `User-Agent` says, unless a header item says something else. */
export const userAgent = "chat-course-http/1.0.0";

const jsonType = "application/json";

/** The headers that a request has by what it sends, before the user's own ones. */
export function defaultHeaders(made: MadeBody): HeaderList {
  const headers = new HeaderList([["User-Agent", userAgent]]);
  if (made.isJson) {
    headers.add("Accept", `${jsonType}, */*;q=0.5`);
    headers.add("Content-Type", made.contentType ?? jsonType);
  } else if (made.contentType) {
    headers.add("Content-Type", made.contentType);
  }
  return headers;
}

/** Puts headers over others: a name given above replaces all values below. */
export function mergeHeaders(below: HeaderList, above: HeaderList): HeaderList {
  const merged = new HeaderList(below.entries());
  const seen = new Set<string>();
  for (const [name, value] of above.entries()) {
    const key = name.toLowerCase();
    if (!seen.has(key) && value !== undefined && !merged.isRemoved(name)) {
      merged.set(name, value);
    } else {
      merged.add(name, value);
    }
    seen.add(key);
  }
  return merged;
}

const connectionHeaders = [
  ["Accept-Encoding", "gzip, deflate"],
  ["Accept", "*/*"],
  ["Connection", "keep-alive"],
] as const;

/** Whether a request without a body says nothing about its length. */
export function mayLackLength(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method);
}

/** `Content-Length` or `Transfer-Encoding`, as the body and the method want it. */
function framing(method: string, body: Body, isChunked: boolean): [string, string][] {
  if (isChunked && body.kind !== "none") return [["Transfer-Encoding", "chunked"]];
  if (body.kind === "bytes" && body.bytes.length > 0) {
    return [["Content-Length", String(body.bytes.length)]];
  }
  if (body.kind === "stream") {
    return body.size === undefined
      ? [["Transfer-Encoding", "chunked"]]
      : [["Content-Length", String(body.size)]];
  }
  return mayLackLength(method) ? [] : [["Content-Length", "0"]];
}

const connectionOrder = ["user-agent", "accept-encoding", "accept", "connection"];

/** What the connection has defaults for comes first, and repeated names stand together. */
function arrange(headers: [string, string][]): [string, string][] {
  const groups = Map.groupBy(headers, ([name]) => name.toLowerCase());
  const rank = (name: string) => {
    const at = connectionOrder.indexOf(name);
    return at < 0 ? connectionOrder.length : at;
  };
  return [...groups].sort(([a], [b]) => rank(a) - rank(b)).flatMap(([, group]) => group);
}

/**
 * Completes the headers of a request, in HTTPie's order: what the connection needs, what was
 * computed from the body, what was given, the host.
 *
 * @param given - the defaults and the user's own headers, merged
 * @param own.cookie - the Cookie header of the jar, in bytes
 * @param own.authorization - the Authorization header of the credentials
 */
export function completeHeaders(
  given: HeaderList,
  request: { method: string; target: Target; body: Body; isChunked: boolean },
  own: { cookie?: string; authorization?: string },
): [string, string][] {
  const computed = framing(request.method, request.body, request.isChunked);
  if (own.cookie) computed.unshift(["Cookie", own.cookie]);
  if (own.authorization) computed.push(["Authorization", own.authorization]);
  const overruled = new Set(computed.map(([name]) => name.toLowerCase()));
  const first = connectionHeaders.filter(([name]) => !given.has(name));
  const users = given.pairs().filter(([name]) => !overruled.has(name.toLowerCase()));
  const headers: [string, string][] = [];
  for (const [name, value] of first) headers.push([name, value]);
  headers.push(...computed);
  for (const [name, value] of arrange(users)) headers.push([name, headerBytes(value)]);
  if (!headers.some(([name]) => name.toLowerCase() === "host")) {
    headers.push(["Host", request.target.host]);
  }
  return headers;
}
