/** What a text stream of the command line must be able to do: `process.stdout` fits, and so does an array in a test. */
export interface Output {
  write(text: string): unknown;
}

/**
 * Everything that a verb may know of the process that it runs in. process.ts makes the real one;
 * a test makes its own and calls `run(args, world)` in-process.
 */
export interface World {
  /** Absolute path of the repository: the folder of version.sh. */
  readonly root: string;
  /** Absolute path of the folder that the command was typed in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The Node that runs this, for children that must run on the same one. */
  readonly execPath: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether stdout is a terminal: decides on colours (with NO_COLOR, FORCE_COLOR) and on the pager. */
  readonly isTTY: boolean;
  now(): Date;
  /** Calls the handler at each of these signals instead of ending; returns what takes it back. */
  onSignal(
    signals: readonly NodeJS.Signals[],
    handler: (signal: NodeJS.Signals) => void,
  ): () => void;
}

/** Writes one line to stdout. */
export function say(world: World, line = ""): void {
  world.stdout.write(`${line}\n`);
}
