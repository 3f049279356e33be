/** A command line for both programs, and what is known to differ. */
export type Line = {
  args: string[];
  /** Data on standard input; without it both get none. */
  input?: string | Buffer;
  /** What differs on purpose; README.md says why. */
  differs?: ("output" | "exit code" | "headers")[];
  /** Variables of the environment. */
  env?: Record<string, string>;
};
