import type { CookieJar } from "tough-cookie";
import type { Options } from "../cli/options.ts";
import { quote } from "../errors.ts";
import { HeaderList } from "../request/headers.ts";
import { userAgent } from "../request/prepare.ts";
import type { Target } from "../request/url.ts";
import type { World } from "../world.ts";
import { type Credentials, parseCredentials } from "./auth.ts";
import { loadCookies, storedCookies, takeCookieItem } from "./cookies.ts";
import { readSession, type SessionFile, sessionPath, writeSession } from "./session-file.ts";

/** A session under way: what it brings to the request, and how it is saved. */
export type Session = {
  /** The headers that earlier requests left. */
  headers: HeaderList;
  credentials: Credentials | undefined;
  /** Keeps this request's headers and credentials, and takes its `Cookie:` items. */
  learn(headers: HeaderList, credentials: Credentials | undefined): void;
  save(): void;
};

// What describes one request only is nothing to remember.
const momentary = /^(content-|if-)/i;

function storedCredentials(auth: SessionFile["auth"]): Credentials | undefined {
  const { type } = auth;
  if (type !== "basic" && type !== "bearer" && type !== "digest") return undefined;
  return parseCredentials(type, auth.raw_auth ?? `${auth.username ?? ""}:${auth.password ?? ""}`);
}

/**
 * Opens the session that the options name.
 *
 * @param host - the host that a named session belongs to
 * @param jar - gets the session's cookies
 */
export function openSession(
  options: Options,
  context: { host: string; target: Target; configFolder: string; jar: CookieJar },
  world: World,
): Session | undefined {
  const name = options.session ?? options.sessionReadOnly;
  if (name === undefined) return undefined;
  const { target, jar } = context;
  const path = sessionPath(name, context.host, context.configFolder, world);
  const found = readSession(path);
  loadCookies(jar, found?.cookies ?? [], target);
  if (found?.cookies.some(({ domain }) => !domain) && options.quiet < 2) {
    world.stderr.write(
      `http: warning: Outdated layout of session ${quote(name)}: its cookies that name no host go to ${target.host} only\n`,
    );
  }
  let stored = (found?.headers ?? []).map(({ name, value }): [string, string] => [name, value]);
  let auth: SessionFile["auth"] = found?.auth ?? { type: null };
  return {
    headers: new HeaderList(stored),
    credentials: storedCredentials(auth),
    learn(headers, credentials) {
      const own: [string, string][] = [];
      for (const [name, value] of headers.pairs()) {
        const isOurs = /^user-agent$/i.test(name) && value === userAgent;
        if (/^cookie$/i.test(name)) takeCookieItem(jar, value, target);
        else if (!isOurs && !momentary.test(name)) own.push([name, value]);
      }
      headers.remove("Cookie");
      const given = new HeaderList(own);
      stored = [...own, ...stored.filter(([each]) => !given.has(each))];
      if (credentials) auth = { type: credentials.type, raw_auth: credentials.raw };
    },
    save() {
      // A session that is read only is still made where there was none: HTTPie's rule.
      if (found && options.session === undefined) return;
      writeSession(path, {
        found: found?.found,
        headers: stored.map(([name, value]) => ({ name, value })),
        cookies: storedCookies(jar),
        auth,
      });
    },
  };
}
