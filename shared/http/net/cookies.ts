import { Cookie, CookieJar } from "tough-cookie";
import { headerBytes } from "../request/prepare.ts";
import type { Target } from "../request/url.ts";
import type { StoredCookie } from "./session-file.ts";

// Python's cookie jar gives a host without a dot this ending; HTTPie's files carry it.
const pythonSuffix = ".local";

const urlOf = (target: Target) => `${target.protocol}//${target.host}${target.path}`;
const nameOf = (target: Target) => new URL(`http://${target.host}/`).hostname;

/** A jar without the list of public suffixes: cookies for `localhost` are the course's case. */
export function openJar(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
}

/** Fills a jar from a session file. A cookie without a domain goes to the target's host and no other. */
export function loadCookies(jar: CookieJar, stored: StoredCookie[], target: Target): void {
  const host = nameOf(target);
  for (const { name, value, domain, path, expires, secure = false } of stored) {
    const plain = (domain ?? "").replace(/^\./, "");
    const isPython = plain === `${host}${pythonSuffix}`;
    const owner = plain === "" || isPython ? host : plain;
    const cookie = new Cookie({
      key: name,
      value,
      domain: owner,
      path: path || "/",
      secure,
      hostOnly: !domain?.startsWith("."),
      expires: typeof expires === "number" ? new Date(expires * 1000) : "Infinity",
    });
    const url = `${secure ? "https" : target.protocol.slice(0, -1)}://${owner}/`;
    jar.setCookieSync(cookie, url, { ignoreError: true });
  }
}

/** The cookies of a jar for a session file; what has expired stays out. */
export function storedCookies(jar: CookieJar): StoredCookie[] {
  const cookies = jar.serializeSync()?.cookies ?? [];
  return cookies
    .map((each) => Cookie.fromJSON(each))
    .filter((cookie): cookie is Cookie => cookie !== undefined && cookie.TTL() > 0)
    .map((cookie) => {
      const domain = cookie.domain ?? "";
      const own = domain.includes(".") ? domain : `${domain}${pythonSuffix}`;
      const expiry = cookie.expiryTime();
      return {
        domain: cookie.hostOnly ? own : `.${domain}`,
        expires:
          expiry === undefined || !Number.isFinite(expiry) ? null : Math.floor(expiry / 1000),
        name: cookie.key,
        path: cookie.path ?? "/",
        secure: cookie.secure,
        value: cookie.value,
      };
    });
}

/** Takes the cookies of an answer. The jar, as a session file, has a character for each byte. */
export function takeCookies(jar: CookieJar, headers: [string, string][], target: Target): void {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== "set-cookie") continue;
    jar.setCookieSync(value, urlOf(target), { ignoreError: true });
  }
}

/** Takes the cookies of a `Cookie:` request item, which a session keeps like the server's. */
export function takeCookieItem(jar: CookieJar, header: string, target: Target): void {
  for (const pair of headerBytes(header).split(";")) {
    const cookie = Cookie.parse(`${pair.trim()}; Path=/`, { loose: true });
    if (cookie) jar.setCookieSync(cookie, urlOf(target), { ignoreError: true });
  }
}

/** The Cookie header for a request, or undefined where the jar has none for it. */
export function cookieHeader(jar: CookieJar, target: Target): string | undefined {
  const header = jar.getCookieStringSync(urlOf(target));
  // A session file may say more than bytes can.
  const isBytes = Buffer.from(header, "latin1").toString("latin1") === header;
  return (isBytes ? header : headerBytes(header)) || undefined;
}
