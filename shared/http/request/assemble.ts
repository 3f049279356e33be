import type { Options } from "../cli/options.ts";
import { authorizationOf, type Credentials } from "../net/auth.ts";
import type { Session } from "../net/session.ts";
import { compressRequest } from "./compress.ts";
import type { HeaderList } from "./headers.ts";
import type { Plan } from "./plan.ts";
import { completeHeaders, defaultHeaders, mergeHeaders, type PreparedRequest } from "./prepare.ts";

/** A multipart body names its boundary, whatever else is said about its type. */
function multipartType(plan: Plan, headers: HeaderList): void {
  const { contentType = "" } = plan.made;
  if (!contentType.startsWith("multipart/")) return;
  const [, boundary = ""] = contentType.split("; boundary=");
  const given = plan.headers.get("Content-Type")?.trim();
  if (!given) headers.set("Content-Type", contentType);
  else if (!given.includes("boundary="))
    headers.set("Content-Type", `${given}; boundary=${boundary}`);
}

/**
 * Puts a request together: defaults, the session's headers, the given ones, and what follows
 * from the body, the cookies and the credentials.
 *
 * @param cookieFor - the Cookie header once the session has learnt the given headers
 */
export async function assembleRequest(
  plan: Plan,
  options: Options,
  session: Session | undefined,
  credentials: Credentials | undefined,
  cookieFor: () => string | undefined,
): Promise<PreparedRequest> {
  const { method, target, made } = plan;
  let given = defaultHeaders(made);
  if (session) given = mergeHeaders(given, session.headers);
  given = mergeHeaders(given, plan.headers);
  multipartType(plan, given);
  session?.learn(given, credentials);
  const request = { method, target, body: made.body, isChunked: options.chunked };
  const headers = completeHeaders(given, request, {
    cookie: cookieFor(),
    authorization: authorizationOf(credentials ?? session?.credentials),
  });
  const fromSession = (session?.headers.pairs() ?? [])
    .map(([name]) => name)
    .filter((name) => !plan.headers.has(name));
  const prepared = { method, target, headers, body: made.body, fromSession };
  return options.compress > 0 ? compressRequest(prepared, options.compress > 1) : prepared;
}
