import type { Options } from "../cli/options.ts";
import type { World } from "../world.ts";

/** How what is shown is treated on its way. */
export type Look = {
  isTerminal: boolean;
  isFormatted: boolean;
  isColored: boolean;
};

/** Whether a terminal wants colours: https://no-color.org, and terminals that have none. */
function wantsColors(world: World): boolean {
  return !world.env.NO_COLOR && world.env.TERM !== "dumb";
}

/**
 * Decides about layout and colours: both on a terminal and none elsewhere, unless `--pretty`
 * says otherwise; what is asked for by name is done.
 */
export function chooseLook(options: Options, isTerminal: boolean, world: World): Look {
  const pretty = options.pretty ?? (isTerminal ? "all" : "none");
  const isAsked = options.pretty !== undefined;
  return {
    isTerminal,
    isFormatted: pretty === "all" || pretty === "format",
    isColored: (pretty === "all" || pretty === "colors") && (isAsked || wantsColors(world)),
  };
}

/**
 * The letters of what is shown: request H, B, response h, b and its meta data m.
 *
 * @param isTerminal - whether somebody looks at it
 */
export function chooseParts(options: Options, isTerminal: boolean): string {
  if (options.print !== undefined) return options.print;
  if (options.verbose >= 2) return "HBhbm";
  if (options.verbose === 1) return "HBhb";
  if (options.offline) return "HB";
  return isTerminal ? "hb" : "b";
}
