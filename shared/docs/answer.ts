import type { Answer } from "./document.ts";
import { tidy } from "./match.ts";

/**
 * What a command printed, in the form in which its document shows it: an HTTP answer with its
 * status line, the headers that the document names, and its body; anything else as it is.
 */
export function shownAs({ lang, text }: Pick<Answer, "lang" | "text">, output: string): string {
  const seen = tidy(output);
  if (lang !== "http" || !isHttp(seen)) return seen;
  const named = split(text).headers.map(nameOf);
  const { status, headers, body } = split(seen);
  const head = [status, ...headers.filter((header) => named.includes(nameOf(header)))].join("\n");
  return body === "" ? head : `${head}\n\n${body}`;
}

/** Whether a text begins with a status line. */
export function isHttp(text: string): boolean {
  return statusOf(text) !== undefined;
}

/** The status of an HTTP answer; undefined where the text is none. */
export function statusOf(text: string): number | undefined {
  const status = /^HTTP\/[\d.]+ (\d{3})\b/.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}

function split(text: string): { status: string; headers: string[]; body: string } {
  const [head = "", ...rest] = tidy(text).split("\n\n");
  const [status = "", ...headers] = head.split("\n");
  return { status, headers, body: rest.join("\n\n") };
}

function nameOf(header: string): string {
  return header.slice(0, header.indexOf(":")).trim().toLowerCase();
}
