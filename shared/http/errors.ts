import { type ExitCode, exitCodes } from "./exit-codes.ts";

/**
 * Anything that goes wrong and that the user can do something about.
 * Its message is one line that quotes the input and names the cure.
 */
export class HttpError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.error, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\r?\n\s*/g, " "), options);
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong: nothing was sent. */
export class UsageError extends HttpError {}

/**
 * Quotes an argument as it was typed, for an error message.
 *
 * @example quote("a:=[") // "'a:=['"
 */
export function quote(argument: string): string {
  return `'${argument.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}

/**
 * The reason that a failed file operation gives, without Node's error code and call.
 *
 * @example fileReason(error) // "no such file or directory"
 */
export function fileReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+),/.exec(text)?.[1] ?? text;
}
