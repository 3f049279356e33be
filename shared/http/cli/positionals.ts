import { quote, UsageError } from "../errors.ts";

/** The positional arguments by their meaning. */
export type Positionals = {
  /** Upper case, or undefined where it is to be guessed from the data. */
  method: string | undefined;
  url: string;
  items: string[];
};

/**
 * Tells method, URL and request items apart: a first argument of letters only is a method,
 * where another argument follows.
 *
 * @throws UsageError where there is no URL
 */
export function sortPositionals(positionals: readonly string[]): Positionals {
  const [first, second] = positionals;
  if (first === undefined) {
    throw new UsageError(
      "the following arguments are required: URL, e.g. http :5001 (http --help shows more)",
    );
  }
  // HTTPie takes this one word for a method too, and then its next argument for a host.
  const isMethod = /^[a-zA-Z]+$/.test(first) && first !== "localhost";
  if (second === undefined || !isMethod) {
    return { method: undefined, url: nonEmpty(first), items: positionals.slice(1) };
  }
  return { method: first.toUpperCase(), url: nonEmpty(second), items: positionals.slice(2) };
}

function nonEmpty(url: string): string {
  if (url.trim() !== "") return url;
  throw new UsageError(`${quote(url)}: the URL is empty (this machine: :5001/path)`);
}
