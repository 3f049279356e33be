import type { CookieJar } from "tough-cookie";
import { cookieHeader, openJar, takeCookies } from "./cookies.ts";
import type { Jar } from "./exchange.ts";

/** The jar of one command, with the package's own one beneath for the session. */
export function makeJar(): Jar & { cookies: CookieJar } {
  const cookies = openJar();
  return {
    cookies,
    take: (headers, target) => takeCookies(cookies, headers, target),
    headerFor: (target) => cookieHeader(cookies, target),
  };
}
