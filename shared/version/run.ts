import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "commander";
import { ExitCode, explain } from "../course/errors.ts";
import { withLock } from "../course/lock.ts";
import { MINE } from "../course/mine.ts";
import { adoptedDir } from "../course/state.ts";
import type { World } from "../course/world.ts";
import { buildProgram, fromCommander, verbIn } from "./program.ts";
import { verbs } from "./verbs/index.ts";

/**
 * Runs one command line of version.sh.
 * @param args what was typed after `./version.sh`
 * @returns the exit code; what went wrong was said in one line on stderr
 */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  const verb = verbIn(args);
  try {
    // What a killed verb had decided, and not finished.
    if (existsSync(join(world.root, "mine/.work/commit"))) {
      const { finish } = await import("../own/place.ts");
      await withLock(world, () => finish(world));
    }
    if (existsSync(join(world.root, ".course/steps/commit"))) {
      const { finish } = await import("../authoring/steps/journal.ts");
      const { follow } = await import("../authoring/steps/at-end.ts");
      await withLock(world, () => finish(world, follow));
    }
    if (isReplacedLink(world)) {
      const { takeReplacedLink } = await import("../own/replaced-link.ts");
      await takeReplacedLink(world);
    }
    const program = await buildProgram(world, verbs, [verb ?? "help"]);
    const asked = args.includes("-h") || args.includes("--help");
    await program.parseAsync(verb === undefined ? ["help", ...(asked ? [] : args)] : [...args], {
      from: "user",
    });
    return ExitCode.Success;
  } catch (error) {
    const failure = error instanceof CommanderError ? fromCommander(error, verb) : error;
    if (failure === undefined) return ExitCode.Success;
    const { line, exitCode } = explain(failure);
    world.stderr.write(`version.sh: ${line}\n`);
    if (world.env.DEBUG && error instanceof Error) world.stderr.write(`${error.stack}\n`);
    return exitCode;
  }
}

/** Whether app.ts is a file, and no link, while the learner writes a step. */
function isReplacedLink(world: World): boolean {
  const isFile = lstatSync(join(world.root, "app.ts"), { throwIfNoEntry: false })?.isFile();
  return isFile === true && (adoptedDir(world)?.startsWith(`${MINE}/`) ?? false);
}
