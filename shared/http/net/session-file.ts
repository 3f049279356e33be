import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileReason, HttpError, quote } from "../errors.ts";
import { expandPath } from "../items/item.ts";
import type { World } from "../world.ts";

/** A cookie as HTTPie stores it; `expires` is in seconds since 1970. */
export type StoredCookie = {
  name: string;
  value: string;
  domain: string | null;
  path: string;
  expires: number | null;
  secure: boolean;
};

/** A session file, in HTTPie's own form, so that both programs share their sessions. */
export type SessionFile = {
  headers: { name: string; value: string }[];
  cookies: StoredCookie[];
  auth: {
    type: string | null;
    raw_auth?: string;
    username?: string | null;
    password?: string | null;
  };
};

/** Where a session's file is: a name belongs to a host, a path is a path. */
export function sessionPath(
  session: string,
  host: string,
  configFolder: string,
  world: World,
): string {
  if (/[/\\]/.test(session)) return expandPath(session, world);
  return join(configFolder, "sessions", host.replaceAll(":", "_"), `${session}.json`);
}

/** The older form of HTTPie's files has objects where lists are now. */
function listOf<Item>(value: unknown, fromMember: (name: string, value: unknown) => Item): Item[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([name, each]) => fromMember(name, each));
}

/**
 * Reads a session.
 *
 * @returns undefined where there is no such file yet
 * @throws HttpError where it cannot be read or is no session
 */
export function readSession(path: string): SessionFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new HttpError(`--session: cannot read ${quote(path)}: ${fileReason(error)}`);
  }
  try {
    const data = JSON.parse(text) as Record<string, unknown>;
    return {
      headers: listOf(data.headers, (name, value) => ({ name, value: String(value) })),
      cookies: listOf(data.cookies, (name, value) => ({ ...(value as StoredCookie), name })),
      auth: (data.auth as SessionFile["auth"] | null) ?? { type: null },
    };
  } catch {
    throw new HttpError(`--session: ${quote(path)} is no session file (JSON); move it away`);
  }
}

/**
 * Writes a session, with its folder.
 *
 * @throws HttpError where that is not possible
 */
export function writeSession(path: string, session: SessionFile): void {
  const about = {
    about: "HTTPie session file",
    help: "https://httpie.io/docs#sessions",
    httpie: "3.2.1",
  };
  const data = { __meta__: about, ...session };
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Credentials are in it: nobody else may read it.
    writeFileSync(path, `${JSON.stringify(data, null, 4)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new HttpError(`--session: cannot write ${quote(path)}: ${fileReason(error)}`);
  }
}
