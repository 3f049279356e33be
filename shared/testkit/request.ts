import { patience } from "./patience.ts";
/** An answer of the app under test. */
export type Answer = {
  status: number;
  headers: Headers;
  /** Media type without parameters, such as "application/json"; "" when there is none. */
  type: string;
  text: string;
  /** The body, parsed if it is JSON; else undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: a check looks into answers of any shape
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
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  return {
    status: response.status,
    headers: response.headers,
    type,
    text,
    json: type === "application/json" && text !== "" ? JSON.parse(text) : undefined,
  };
};
