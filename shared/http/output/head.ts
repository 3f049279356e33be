import type { ReceivedResponse } from "../net/send.ts";
import type { PreparedRequest } from "../request/prepare.ts";

const lines = (first: string, headers: [string, string][]) =>
  [first, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\r\n");

/** The request line and the headers of a request, without the empty line. */
export function requestHead(request: PreparedRequest): string {
  const headers = request.headers.map(([name, value]): [string, string] => [
    name,
    Buffer.from(value, "latin1").toString(),
  ]);
  return lines(`${request.method} ${request.target.path} HTTP/1.1`, headers);
}

/** Repeated headers stand together, and cookies last: HTTPie's order. */
function arranged(headers: [string, string][]): [string, string][] {
  const groups = new Map<string, [string, string][]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const group = groups.get(key) ?? [];
    group.push([group[0]?.[0] ?? name, value]);
    groups.set(key, group);
  }
  const pairs = [...groups.values()].flat();
  const isCookie = ([name]: [string, string]) => name === "Set-Cookie";
  return [...pairs.filter((pair) => !isCookie(pair)), ...pairs.filter(isCookie)];
}

/** The status line and the headers of a response, without the empty line. */
export function responseHead(response: ReceivedResponse): string {
  const { version, status, reason, headers } = response;
  return lines(`HTTP/${version} ${status} ${reason}`, arranged(headers));
}
