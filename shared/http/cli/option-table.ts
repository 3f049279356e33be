import { sorting } from "./format-options.ts";
import * as values from "./option-values.ts";
import { type Options, withFormatOptions } from "./options.ts";

/** One option: which field it sets, and to what. */
export type OptionSpec = {
  short?: string;
  /** Whether a value follows. */
  takesValue: boolean;
  /** The field that `--no-OPTION` sets back to its default. */
  field: keyof Options;
  apply(options: Options, value: string): void;
};

function flag<Field extends keyof Options>(
  field: Field,
  value: (old: Options[Field]) => Options[Field],
  short?: string,
): OptionSpec {
  return {
    short,
    takesValue: false,
    field,
    apply: (options) => {
      options[field] = value(options[field]);
    },
  };
}

function valued<Field extends keyof Options>(
  field: Field,
  parse: (text: string, old: Options[Field]) => Options[Field],
  short?: string,
): OptionSpec {
  return {
    short,
    takesValue: true,
    field,
    apply: (options, text) => {
      options[field] = parse(text, options[field]);
    },
  };
}

const yes = () => true;
const more = (old: number) => old + 1;
const asTyped = (text: string) => text;
const ignored = () => undefined;

/** All options by their long names. */
export const optionTable: Record<string, OptionSpec> = {
  json: flag("format", () => "json", "j"),
  form: flag("format", () => "form", "f"),
  multipart: flag("format", () => "multipart"),
  boundary: valued("boundary", asTyped),
  raw: valued("raw", asTyped),
  compress: flag("compress", more, "x"),
  pretty: valued("pretty", values.parsePretty),
  style: valued("withoutEffect", values.checkStyle, "s"),
  sorted: flag("formatOptions", (old) => withFormatOptions(old, sorting.sorted)),
  unsorted: flag("formatOptions", (old) => withFormatOptions(old, sorting.unsorted)),
  "no-sorted": flag("formatOptions", (old) => withFormatOptions(old, sorting.unsorted)),
  "no-unsorted": flag("formatOptions", (old) => withFormatOptions(old, sorting.sorted)),
  "format-options": valued("formatOptions", (text, old) => withFormatOptions(old, text)),
  "response-charset": valued("responseCharset", asTyped),
  "response-mime": valued("responseMime", values.parseMime),
  print: valued("print", (text) => values.parsePrint("--print", text), "p"),
  headers: flag("print", () => "h", "h"),
  meta: flag("print", () => "m", "m"),
  body: flag("print", () => "b", "b"),
  verbose: flag("verbose", more, "v"),
  all: flag("all", yes),
  "history-print": valued(
    "historyPrint",
    (text) => values.parsePrint("--history-print", text),
    "P",
  ),
  stream: flag("stream", yes, "S"),
  output: valued("output", asTyped, "o"),
  download: flag("download", yes, "d"),
  continue: flag("resume", yes, "c"),
  quiet: flag("quiet", more, "q"),
  session: valued("session", values.parseSession),
  "session-read-only": valued("sessionReadOnly", values.parseSession),
  auth: valued("auth", asTyped, "a"),
  "auth-type": valued("authType", values.parseAuthType, "A"),
  "ignore-netrc": flag("withoutEffect", ignored),
  offline: flag("offline", yes),
  proxy: valued("proxies", values.parseProxy),
  follow: flag("follow", yes, "F"),
  "max-redirects": valued("maxRedirects", (text) => values.parseCount("--max-redirects", text)),
  "max-headers": valued("maxHeaders", (text) => values.parseCount("--max-headers", text)),
  timeout: valued("timeout", values.parseSeconds),
  "check-status": flag("checkStatus", yes),
  "path-as-is": flag("pathAsIs", yes),
  chunked: flag("chunked", yes),
  verify: valued("verify", asTyped),
  ssl: valued("tlsVersion", values.parseTlsVersion),
  ciphers: valued("ciphers", asTyped),
  cert: valued("certificate", asTyped),
  "cert-key": valued("certificateKey", asTyped),
  "cert-key-pass": valued("certificateKeyPassword", asTyped),
  "ignore-stdin": flag("ignoreStdin", yes, "I"),
  help: flag("help", yes),
  version: flag("version", yes),
  // main.ts looks for it among the arguments: an error may come before they are understood.
  traceback: flag("withoutEffect", ignored),
  "default-scheme": valued("defaultScheme", asTyped),
  debug: flag("debug", yes),
};
