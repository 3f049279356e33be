import type { Readable, Writable } from "node:stream";

/** What standard input is: data can come only from a file or a pipe. */
export type StdinKind = "terminal" | "file" | "pipe" | "none";

/**
 * Everything outside the program that it may touch. The entry file makes one from
 * `process`; tests make their own, so that they run the command without a process.
 */
export type World = {
  stdinKind: StdinKind;
  /** Called once, and only when the body is to be read from standard input. */
  stdin(): Readable;
  stdout: Writable;
  stdoutIsTerminal: boolean;
  stderr: Writable;
  stderrIsTerminal: boolean;
  /** Environment variables. */
  env: Record<string, string | undefined>;
  /** The folder that relative file names start from. */
  cwd: string;
  /** The user's folder, for `~` and the config folder. */
  home: string;
  platform: NodeJS.Platform;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Asks on the terminal without showing the answer; undefined where nobody can answer. */
  askPassword?(question: string): Promise<string>;
  /** How long, in milliseconds, an idle pipe on standard input is waited for. */
  stdinPatience?: number;
};
