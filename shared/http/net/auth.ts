import type { AuthType, Options } from "../cli/options.ts";
import { quote, UsageError } from "../errors.ts";
import type { Target } from "../request/url.ts";
import type { World } from "../world.ts";

/** Who asks, and how the server is told. `raw` is what was given, for the session file. */
export type Credentials =
  | { type: "basic" | "digest"; user: string; password: string; raw: string }
  | { type: "bearer"; raw: string };

/** Credentials from their text: `user:password`, or a token for `bearer`. */
export function parseCredentials(type: AuthType, raw: string): Credentials {
  if (type === "bearer") return { type, raw };
  const colon = raw.indexOf(":");
  if (colon < 0) return { type, user: raw, password: "", raw };
  return { type, user: raw.slice(0, colon), password: raw.slice(colon + 1), raw };
}

/** The Authorization header that can be sent at once; digest first needs a challenge. */
export function authorizationOf(credentials: Credentials | undefined): string | undefined {
  if (credentials?.type === "bearer") return `Bearer ${credentials.raw}`;
  if (credentials?.type !== "basic") return undefined;
  const pair = `${credentials.user}:${credentials.password}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

async function withPassword(auth: string, options: Options, target: Target, world: World) {
  if (auth.includes(":")) return auth;
  if (options.ignoreStdin || !world.askPassword) {
    const reason = options.ignoreStdin ? "--ignore-stdin is set" : "standard input is no terminal";
    throw new UsageError(
      `--auth (-a) ${quote(auth)}: cannot prompt for the password because ${reason}, give ${quote(`${auth}:password`)}`,
    );
  }
  return `${auth}:${await world.askPassword(`http: password for ${auth}@${target.host}: `)}`;
}

/**
 * The credentials that the options or the URL give.
 *
 * @throws UsageError for a way to sign in without credentials
 */
export async function chooseCredentials(
  options: Options,
  target: Target,
  world: World,
): Promise<Credentials | undefined> {
  const { auth, authType } = options;
  if (auth === undefined && authType === undefined) {
    if (!target.user) return undefined;
    const { name, password } = target.user;
    return { type: "basic", user: name, password, raw: `${name}:${password}` };
  }
  if (auth === undefined) {
    throw new UsageError(
      `--auth required: --auth-type=${authType} says how to sign in, --auth (-a) as whom`,
    );
  }
  const type = authType ?? "basic";
  if (type === "bearer") return parseCredentials(type, auth);
  return parseCredentials(type, await withPassword(auth, options, target, world));
}
