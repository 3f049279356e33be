import { closestMatch } from "leven";
import { quote, UsageError } from "../errors.ts";
import type { AuthType, Options, Pretty, TlsVersion } from "./options.ts";

function oneOf<Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === text);
  if (found) return found;
  throw new UsageError(
    `argument ${option}: invalid choice: ${quote(text)} (choose from ${choices.join(", ")})`,
  );
}

/** @throws UsageError for anything but the four ways */
export function parsePretty(text: string): Pretty {
  return oneOf("--pretty", text, ["all", "colors", "format", "none"]);
}

/** The names of `--style`: HTTPie's own and Pygments' (2.14 and 2.20). */
export const styleNames =
  "abap algol algol_nu arduino auto autumn borland bw coffee colorful default dracula emacs friendly friendly_grayscale fruity github-dark gruvbox-dark gruvbox-light igor inkpot lightbulb lilypond lovelace manni material monokai murphy native nord nord-darker one-dark paraiso-dark paraiso-light pastie perldoc pie pie-dark pie-light rainbow_dash rrt sas solarized solarized-dark solarized-light staroffice stata stata-dark stata-light tango trac vim vs xcode zenburn".split(
    " ",
  );

/** @throws UsageError for a name that is no style; all of them look the same here */
export function checkStyle(text: string): undefined {
  if (styleNames.includes(text)) return;
  const similar = closestMatch(text, styleNames, { maxDistance: 2 });
  throw new UsageError(
    `argument --style/-s: invalid choice: ${quote(text)}${similar ? `, did you mean ${similar}?` : " (e.g. auto, pie, solarized, monokai)"}`,
  );
}

/** @throws UsageError for an unknown way to sign in */
export function parseAuthType(text: string): AuthType {
  return oneOf("--auth-type/-A", text, ["basic", "bearer", "digest"]);
}

/** @throws UsageError for a version that Node does not speak */
export function parseTlsVersion(text: string): TlsVersion | undefined {
  // HTTPie's name for "the highest that both know".
  if (text === "ssl2.3") return undefined;
  return oneOf<TlsVersion>("--ssl", text, ["tls1", "tls1.1", "tls1.2", "tls1.3"]);
}

/** @throws UsageError for a letter that stands for nothing */
export function parsePrint(option: string, text: string): string {
  const unknown = [...text].filter((letter) => !"HBhbm".includes(letter));
  if (unknown.length === 0) return text;
  throw new UsageError(
    `Unknown output options: ${option}=${unknown.join("")} (H and B: headers and body of the request, h, b and m: headers, body and meta data of the answer)`,
  );
}

/** @throws UsageError for what is not `type/subtype` */
export function parseMime(text: string): string {
  if (text.split("/").length === 2) return text;
  throw new UsageError(
    `--response-mime: ${quote(text)} doesn’t look like a mime type; use type/subtype, e.g. application/json`,
  );
}

/** @throws UsageError for a name that is neither a word nor a path */
export function parseSession(text: string): string {
  if (/[/\\]/.test(text) || /^[a-zA-Z0-9_.-]+$/.test(text)) return text;
  throw new UsageError(
    `--session: ${quote(text)} is neither a name (letters, digits, _ . -) nor a path (with a /)`,
  );
}

/** @throws UsageError for what is not a whole number from 0 */
export function parseCount(option: string, text: string): number {
  if (/^[+-]?\d+$/.test(text) && Number(text) >= 0) return Number(text);
  throw new UsageError(`${option}: ${quote(text)} is no whole number from 0`);
}

/** @throws UsageError for what is not a number from 0 */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  // Node's timers overflow beyond 2^31 ms and would then fire at once.
  if (text.trim() !== "" && seconds >= 0 && seconds <= 2_000_000) return seconds;
  throw new UsageError(`--timeout: ${quote(text)} is no number of seconds (0: no limit)`);
}

/** @throws UsageError for what is not `protocol:URL` */
export function parseProxy(text: string, old: Options["proxies"]): Options["proxies"] {
  const [, protocol, url] = /^(https?|all):(.+)$/s.exec(text) ?? [];
  if (!protocol || !url) {
    throw new UsageError(
      `--proxy: ${quote(text)} is no protocol and URL, e.g. http:http://localhost:3128`,
    );
  }
  return { ...old, [protocol]: url };
}
