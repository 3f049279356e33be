import { setImmediate } from "node:timers/promises";
import { withoutTrace } from "./broken-server.ts";
import { patience } from "./patience.ts";
import { brief, recorder, sign } from "./traffic.ts";

/** An answer of the app under test. */
export type Answer = {
  status: number;
  headers: Headers;
  /** Media type without parameters, such as "application/json"; "" when there is none. */
  type: string;
  text: string;
  /** The body, parsed if it is JSON; else undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: of any shape; with unknown, each look would need a cast that proves nothing
  json: any;
};

/**
 * Sends one request; redirects are not followed.
 * @param body sent as JSON, or as it is when `headers` name another content type.
 * @throws when no answer comes in time, or the connection breaks.
 */
export const request = async (
  url: string,
  {
    method = "GET",
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: object } = {},
): Promise<Answer> => {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const { pathname, search } = new URL(url);
  const shown =
    body === undefined ? "" : ` ${brief(body instanceof Uint8Array ? "(bytes)" : body)}`;
  const exchange = recorder()({ kind: "http", sent: `${method} ${pathname}${search}${shown}` });
  // A connection that the server has closed while a check was busy is not to be used again: its end
  // is read first.
  await setImmediate();
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  Object.assign(exchange, {
    received: `${[response.status, type].join(" ").trim()} ${brief(withoutTrace(text))}`.trim(),
    status: response.status,
    type,
  });
  sign();
  return {
    status: response.status,
    headers: response.headers,
    type,
    text,
    json: type === "application/json" && text !== "" ? parsed(text, exchange.sent) : undefined,
  };
};

const parsed = (text: string, sent: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `the answer to ${sent} says that it is JSON, but it is not: ${brief(text, 200)}`,
    );
  }
};
