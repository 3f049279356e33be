/** A request that a text sends to the course's server. */
export interface Request {
  readonly method: string;
  /** Without host and query: `/api/users/1`. */
  readonly path: string;
  /** Where it stands in the text. */
  readonly index: number;
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/;

/** The requests of the commands in a text: those of `http`, `curl` and of a browser. */
export function requestsIn(text: string): Request[] {
  const commands = [...text.matchAll(/(?:^|[|;`$(]\s*|npx )(http|curl) ([^\n`|]*)/gm)].flatMap(
    (found) => {
      const [, program = "", rest = ""] = found;
      const words = rest.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
      const path = pathOf(words.find((word) => pathOf(word) !== undefined) ?? "");
      if (path === undefined) return [];
      const method = program === "http" ? httpMethod(words) : curlMethod(rest);
      return [{ method, path, index: found.index }];
    },
  );
  const pages = [...text.matchAll(/<(http:\/\/(?:localhost|127\.0\.0\.1):5001[^>\s]*)>/g)].map(
    (found) => ({ method: "GET", path: pathOf(found[1] ?? "") ?? "/", index: found.index }),
  );
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

function pathOf(word: string): string | undefined {
  const found = /^(?:http:\/\/)?(?:localhost|127\.0\.0\.1)?:5001(\/[^?#]*)?/.exec(word);
  return found === null ? undefined : (found[1] ?? "/");
}

/** As HTTPie decides it: the word before the address, else POST where there is something to send. */
function httpMethod(words: readonly string[]): string {
  const typed = words.find((word) => METHOD.test(word));
  if (typed !== undefined) return typed;
  const after = words.slice(words.findIndex((word) => pathOf(word) !== undefined) + 1);
  return after.some((word) => /^[\w-]+(?::=|=(?!=))/.test(word)) ? "POST" : "GET";
}

function curlMethod(rest: string): string {
  const typed = /(?:-X|--request)\s+(\w+)/.exec(rest)?.[1];
  return typed ?? (/(?:^|\s)(?:-d|--data\S*|--json)\s/.test(rest) ? "POST" : "GET");
}
