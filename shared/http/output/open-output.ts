import type { Options } from "../cli/options.ts";
import { expandPath } from "../items/item.ts";
import type { World } from "../world.ts";
import { chooseLook, chooseParts, type Look } from "./look.ts";
import { fileWriter, nowhere, streamWriter, type Writer } from "./writer.ts";

/** Where messages are shown, how, and which parts of them. */
export type OpenOutput = { out: Writer; look: Look; parts: string };

/**
 * Decides where messages go: to standard output or to a file; beside a download, which takes
 * the body, to standard error; and nowhere with `--quiet`.
 */
export function openOutput(options: Options, world: World): OpenOutput {
  const isDownload = options.download && !options.offline;
  if (isDownload) {
    const isTerminal = world.stderrIsTerminal;
    return {
      out: options.quiet > 0 ? nowhere : streamWriter(world.stderr),
      look: chooseLook(options, isTerminal, world),
      parts: chooseParts(options, isTerminal).replace("b", ""),
    };
  }
  if (options.output !== undefined) {
    return {
      out: fileWriter(expandPath(options.output, world)),
      look: chooseLook(options, false, world),
      parts: chooseParts(options, false),
    };
  }
  const isTerminal = world.stdoutIsTerminal;
  return {
    out: options.quiet > 0 ? nowhere : streamWriter(world.stdout),
    look: chooseLook(options, isTerminal, world),
    parts: chooseParts(options, isTerminal),
  };
}
