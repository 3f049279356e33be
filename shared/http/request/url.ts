import { quote, UsageError } from "../errors.ts";

/** Where a request goes: what to connect to, and what its first line says. */
export type Target = {
  /** `http:` or `https:`, lower case. */
  protocol: "http:" | "https:";
  /** Host and port as the Host header names them, e.g. `localhost:5001`. */
  host: string;
  /** Path and query as sent, e.g. `/api/users?limit=2`. */
  path: string;
  /** The credentials of `http://user:password@host/`, decoded. */
  user?: { name: string; password: string };
};

const schemePattern = /^[a-z][a-z0-9.+-]*:\/\//i;

/**
 * Completes the URL as typed: `:5001/x` and `:/x` mean localhost, `://host` is a pasted URL,
 * and the scheme may be left out.
 */
export function completeUrl(typed: string, defaultScheme: string): string {
  const url = typed.startsWith("://") ? typed.slice(3) : typed;
  if (schemePattern.test(url)) return url;
  const [, port, rest] = /^:(?!:)(\d*)(\/?.*)$/s.exec(url) ?? [];
  if (rest === undefined) return `${defaultScheme}://${url}`;
  return `${defaultScheme}://localhost${port ? `:${port}` : ""}${rest}`;
}

const unreserved = /[A-Za-z0-9\-._~]/;

/**
 * Percent-encodes what may not stand in a URL, keeps what is encoded already, and decodes
 * what need not be encoded.
 *
 * @param allowed - the characters that stay as they are, besides letters, digits and `-._~`
 */
function encodePart(text: string, allowed: string): string {
  const percents = text.match(/%/g)?.length ?? 0;
  const encoded = text.match(/%[\da-f]{2}/gi)?.length ?? 0;
  const keepsPercents = percents === encoded;
  let result = "";
  for (const character of text) {
    const stays =
      unreserved.test(character) ||
      allowed.includes(character) ||
      (character === "%" && keepsPercents);
    result += stays ? character : percentEncode(character);
  }
  return result.replaceAll(/%[\da-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return unreserved.test(character) ? character : triplet.toUpperCase();
  });
}

function percentEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

const inPath = "!$&'()*+,;=:@/";
const inQuery = `${inPath}?`;

/** Resolves `.` and `..` (RFC 3986, section 5.2.4). */
function removeDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0) kept.pop();
  }
  if (path.startsWith("/") && kept[0] !== "") kept.unshift("");
  if (/\/\.\.?$/.test(path)) kept.push("");
  return kept.join("/");
}

/**
 * Encodes pairs as `application/x-www-form-urlencoded`, as HTTPie does: a space is `+`.
 */
export function encodePairs(pairs: [string, string][]): string {
  const encode = (text: string) =>
    [...text.toWellFormed()]
      .map((each) => (unreserved.test(each) ? each : each === " " ? "+" : percentEncode(each)))
      .join("");
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseAuthority(authority: string, typed: string): Pick<Target, "host" | "user"> {
  const at = authority.lastIndexOf("@");
  const address = authority.slice(at + 1);
  const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(address) ?? [];
  const invalid = (reason: string) => new UsageError(`${quote(typed)}: invalid URL, ${reason}`);
  if (name === "") throw invalid("no host is given (this machine: :5001/path)");
  if (port !== undefined && !(/^\d*$/.test(port) && Number(port) <= 65535)) {
    throw invalid(`${quote(port)} is no port (0 to 65535)`);
  }
  let host: string;
  try {
    host = new URL(`http://${name}/`).hostname;
  } catch {
    throw invalid(`${quote(name)} is no host name`);
  }
  // The platform's parser turns 1 into 0.0.0.1; what was typed is what HTTPie sends.
  if (/^[\d.]+$/.test(name)) host = name;
  const [user, ...password] = authority.slice(0, Math.max(at, 0)).split(":");
  return {
    host: port ? `${host}:${port}` : host,
    user:
      user || password.length > 0
        ? { name: decode(user ?? ""), password: decode(password.join(":")) }
        : undefined,
  };
}

/**
 * Parses a completed URL and adds the query items to its query.
 *
 * @param pathAsIs - keeps `/../` and `/./`, and whatever else the path is made of
 * @throws UsageError for a URL without a host, with an impossible port or another scheme
 */
export function parseTarget(url: string, query: [string, string][], pathAsIs: boolean): Target {
  const [, scheme = "", authority = "", path = "", search] =
    /^([^:]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/s.exec(url.trim()) ?? [];
  const protocol = `${scheme.toLowerCase()}:`;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new UsageError(
      `${quote(url)}: the scheme ${quote(scheme)} is unknown, http:// and https:// are spoken here`,
    );
  }
  const { host, user } = parseAuthority(authority, url);
  const wholePath = pathAsIs
    ? encodePart(path, `${inPath}%`)
    : encodePart(removeDots(path), inPath);
  const queries = [encodePart(search ?? "", inQuery), encodePairs(query)].filter((part) => part);
  return {
    protocol,
    host,
    path: (wholePath || "/") + (queries.length > 0 ? `?${queries.join("&")}` : ""),
    user,
  };
}
