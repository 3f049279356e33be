import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is refused: the status, and one line that says what to do. */
export type Refusal = { status: 403; error: string };

/**
 * Whether a request comes from the workbench's own page. Any page of any site in the same browser
 * can send requests to 127.0.0.1, so three things are asked:
 * - the Host is ours: a name that another site points at 127.0.0.1 (DNS rebinding) is not;
 * - the Origin, where the browser sends one, is ours;
 * - what does or tells something names the token, which only our own page was given.
 * @param port where the workbench listens
 */
export const refuse = (
  request: Pick<IncomingMessage, "headers" | "method">,
  port: number,
  token: { expected: string; given: string | undefined } | undefined,
): Refusal | undefined => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = "", origin } = request.headers;
  if (!hosts.includes(host))
    return { status: 403, error: `the workbench answers to http://${hosts[0]} alone` };
  if (origin !== undefined && !hosts.some((it) => origin === `http://${it}`))
    return { status: 403, error: "the workbench takes no commands from other pages" };
  if (token !== undefined && !isSame(token.given ?? "", token.expected))
    return { status: 403, error: "this page is from an earlier workbench: load it again" };
  return undefined;
};

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};
