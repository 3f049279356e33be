import { parseArguments } from "./cli/parse-arguments.ts";
import { configFolder, readDefaultOptions } from "./config.ts";
import { HttpError } from "./errors.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { ReaderGone } from "./output/writer.ts";
import type { World } from "./world.ts";

async function dispatch(args: readonly string[], world: World): Promise<ExitCode> {
  const defaults = readDefaultOptions(configFolder(world), (text) => {
    world.stderr.write(`http: warning: ${text}\n`);
  });
  const { options, positionals } = parseArguments([...defaults, ...args]);
  if (options.help || options.version) {
    const { helpText, versionText } = await import("./help.ts");
    world.stdout.write(options.help ? helpText : versionText);
    return exitCodes.success;
  }
  if (options.debug) {
    const { describeWorld } = await import("./debug.ts");
    world.stderr.write(describeWorld(world));
    if (positionals.length === 0) return exitCodes.success;
  }
  const { run } = await import("./run.ts");
  return run(positionals, options, world);
}

/**
 * The `http` command.
 *
 * @param args - the arguments after the program's name
 * @param world - everything outside that it may touch
 * @returns the exit code; nothing is thrown
 */
export async function main(args: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(args, world);
  } catch (error) {
    if (error instanceof ReaderGone) return exitCodes.success;
    const known = error instanceof HttpError ? error : undefined;
    const unexpected = error instanceof Error ? error.message : String(error);
    const message =
      known?.message ?? `unexpected: ${unexpected.split("\n", 1)[0]} (--debug tells more)`;
    world.stderr.write(`http: error: ${message}\n`);
    if (args.includes("--debug") || args.includes("--traceback")) {
      world.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    }
    return known?.exitCode ?? exitCodes.error;
  }
}
