import type { Route } from "./code.ts";

/** A request that a text sends to the course's server. */
export interface Request {
  readonly method: string;
  /** Without host and query: `/api/users/1`. */
  readonly path: string;
  /** Where it stands in the text. */
  readonly index: number;
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/;

/**
 * The requests of the commands in a text to the course's server: those of `http`, `curl` and of a
 * browser.
 * @param port where the course's server answers
 */
export function requestsIn(text: string, port: number): Request[] {
  const pathOf = (word: string) => pathOn(port, word);
  const commands = [...text.matchAll(/(?:^|[|;`$(]\s*|npx )(http|curl) ([^\n`|]*)/gm)].flatMap(
    (found) => {
      const [, program = "", rest = ""] = found;
      const words = rest.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
      const path = pathOf(words.find((word) => pathOf(word) !== undefined) ?? "");
      if (path === undefined) return [];
      const method = program === "http" ? httpMethod(words, pathOf) : curlMethod(rest);
      return [{ method, path, index: found.index }];
    },
  );
  const pages = [...text.matchAll(/<(http:\/\/[^>\s]*)>/g)].flatMap((found) => {
    const path = pathOf(found[1] ?? "");
    return path === undefined ? [] : [{ method: "GET", path, index: found.index }];
  });
  return [...commands, ...pages];
}

/** The requests that a page's script sends by `fetch`. */
export function fetchesIn(script: string): Request[] {
  return [...script.matchAll(/\bfetch\(\s*["'`](\/[^"'`?]*)["'`?]([^;]*)/g)].map((found) => {
    const [, path = "", rest = ""] = found;
    const method = /method: "(\w+)"/.exec(rest)?.[1] ?? "GET";
    return { method, path: path.replace(/\$\{[^}]*\}/g, "1"), index: found.index };
  });
}

/** Whether a route answers a request: that of /api/messages/with/1 is not the one of /api/messages/1. */
export function isAnsweredBy(request: Pick<Request, "method" | "path">, route: Route): boolean {
  // Express answers HEAD by the route of GET.
  const method = request.method === "HEAD" ? "GET" : request.method;
  const pattern = route.path
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\w*/g, ".+")
    .replace(/:\w+/g, "[^/]+");
  return method === route.method && new RegExp(`^${pattern}/?$`).test(request.path);
}

function pathOn(port: number, word: string): string | undefined {
  const found = /^(?:http:\/\/)?(?:localhost|127\.0\.0\.1)?:(\d+)(\/[^?#]*)?/.exec(word);
  return found === null || Number(found[1]) !== port ? undefined : (found[2] ?? "/");
}

/** As HTTPie decides it: the word before the address, else POST where there is something to send. */
function httpMethod(
  words: readonly string[],
  pathOf: (word: string) => string | undefined,
): string {
  const typed = words.find((word) => METHOD.test(word));
  if (typed !== undefined) return typed;
  const after = words.slice(words.findIndex((word) => pathOf(word) !== undefined) + 1);
  return after.some((word) => /^[\w-]+(?::=|=(?!=))/.test(word)) ? "POST" : "GET";
}

function curlMethod(rest: string): string {
  const typed = /(?:-X|--request)\s+(\w+)/.exec(rest)?.[1];
  return typed ?? (/(?:^|\s)(?:-d|--data\S*|--json)\s/.test(rest) ? "POST" : "GET");
}
