import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileReason, HttpError, quote } from "../errors.ts";
import { expandPath } from "../items/item.ts";
import type { World } from "../world.ts";

/** A cookie as HTTPie stores it; `expires` is in seconds since 1970. */
export type StoredCookie = {
  name: string;
  value: string;
  domain?: string | null;
  path?: string;
  expires?: number | null;
  secure?: boolean;
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
  /** What was read, where something was: its layout is kept. */
  found?: Record<string, unknown>;
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

/** HTTPie's files had an object of headers until 3.2, and one of cookies until 3.1. */
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
      found: data,
    };
  } catch {
    throw new HttpError(`--session: ${quote(path)} is no session file (JSON); move it away`);
  }
}

const isObject = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The data of a session in the layout of the file that it comes from, so that an older HTTPie reads it. */
function inFoundLayout({ found = {}, headers, cookies, auth }: SessionFile) {
  const about = {
    about: "HTTPie session file",
    help: "https://httpie.io/docs#sessions",
    httpie: "3.2.1",
  };
  const byName = cookies.map(({ name, ...rest }) => [name, rest] as const);
  return {
    __meta__: about,
    ...found,
    headers: isObject(found.headers)
      ? Object.fromEntries(headers.map(({ name, value }) => [name, value]))
      : headers,
    cookies: isObject(found.cookies) ? Object.fromEntries(byName) : cookies,
    auth,
  };
}

/**
 * Writes a session, with its folder.
 *
 * @throws HttpError where that is not possible
 */
export function writeSession(path: string, session: SessionFile): void {
  const data = inFoundLayout(session);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Credentials are in it: nobody else may read it.
    writeFileSync(path, `${JSON.stringify(data, null, 4)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new HttpError(`--session: cannot write ${quote(path)}: ${fileReason(error)}`);
  }
}
