import type { BodyFormat } from "../items/request-items.ts";
import { applyFormatOptions, defaultFormatOptions, type FormatOptions } from "./format-options.ts";

/** What gets laid out, coloured, both or none: see `--pretty`. */
export type Pretty = "all" | "colors" | "format" | "none";

/** Everything that options say; positional arguments are elsewhere. */
export type Options = {
  format: BodyFormat | undefined;
  boundary: string | undefined;
  raw: string | undefined;
  compress: number;
  pretty: Pretty | undefined;
  formatOptions: FormatOptions;
  responseCharset: string | undefined;
  responseMime: string | undefined;
  print: string | undefined;
  historyPrint: string | undefined;
  verbose: number;
  all: boolean;
  stream: boolean;
  output: string | undefined;
  download: boolean;
  resume: boolean;
  quiet: number;
  session: string | undefined;
  sessionReadOnly: string | undefined;
  auth: string | undefined;
  authType: AuthType | undefined;
  offline: boolean;
  proxies: Partial<Record<"http" | "https" | "all", string>>;
  follow: boolean;
  maxRedirects: number;
  maxHeaders: number;
  /** Seconds; 0 is no limit. */
  timeout: number;
  checkStatus: boolean;
  pathAsIs: boolean;
  chunked: boolean;
  verify: string;
  tlsVersion: TlsVersion | undefined;
  ciphers: string | undefined;
  certificate: string | undefined;
  certificateKey: string | undefined;
  certificateKeyPassword: string | undefined;
  ignoreStdin: boolean;
  defaultScheme: string;
  debug: boolean;
  help: boolean;
  version: boolean;
  /** Accepted for the sake of HTTPie's users and without effect here (README.md says why). */
  withoutEffect: undefined;
};

/** The ways to sign in that `--auth-type` knows. */
export type AuthType = "basic" | "bearer" | "digest";

/** The protocol versions of `--ssl`. */
export type TlsVersion = "tls1" | "tls1.1" | "tls1.2" | "tls1.3";

/** What holds without any option. */
export function defaultOptions(): Options {
  return {
    format: undefined,
    boundary: undefined,
    raw: undefined,
    compress: 0,
    pretty: undefined,
    formatOptions: defaultFormatOptions(),
    responseCharset: undefined,
    responseMime: undefined,
    print: undefined,
    historyPrint: undefined,
    verbose: 0,
    all: false,
    stream: false,
    output: undefined,
    download: false,
    resume: false,
    quiet: 0,
    session: undefined,
    sessionReadOnly: undefined,
    auth: undefined,
    authType: undefined,
    offline: false,
    proxies: {},
    follow: false,
    maxRedirects: 30,
    maxHeaders: 0,
    timeout: 0,
    checkStatus: false,
    pathAsIs: false,
    chunked: false,
    verify: "yes",
    tlsVersion: undefined,
    ciphers: undefined,
    certificate: undefined,
    certificateKey: undefined,
    certificateKeyPassword: undefined,
    ignoreStdin: false,
    defaultScheme: "http",
    debug: false,
    help: false,
    version: false,
    withoutEffect: undefined,
  };
}

/** A copy of the format options with some of them changed. */
export function withFormatOptions(old: FormatOptions, text: string): FormatOptions {
  const copy = structuredClone(old);
  applyFormatOptions(copy, text);
  return copy;
}
