import { styleText } from "node:util";
import type { FileChange } from "./changes.ts";
import { isGenerated } from "./files.ts";
import type { World } from "./world.ts";

type Style = Parameters<typeof styleText>[0];

/** Whether to colour: on a terminal that can, unless NO_COLOR is set; FORCE_COLOR colours everywhere. */
export function hasColour(world: World): boolean {
  if (world.env.NO_COLOR) return false;
  const forced = world.env.FORCE_COLOR;
  return forced === undefined ? isWholeTerminal(world) : forced !== "0" && forced !== "false";
}

/** Whether stdout is a terminal that knows more than lines: a shell inside an editor often does not. */
export function isWholeTerminal({ isTTY, env }: World): boolean {
  return isTTY && env.TERM !== "dumb";
}

/** A function that colours a text, or leaves it as it is where there is no colour. */
export function painter(world: World): (style: Style, text: string) => string {
  const colour = hasColour(world);
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}

/** A unified diff with git's colours. */
export function colourDiff(patch: string, paint: (style: Style, text: string) => string): string {
  return patch
    .split("\n")
    .map((line) => {
      if (/^(---|\+\+\+|Binary|Files) /.test(line)) return paint("bold", line);
      if (line.startsWith("@@")) return paint("cyan", line);
      if (line.startsWith("+")) return paint("green", line);
      if (line.startsWith("-")) return paint("red", line);
      return line;
    })
    .join("\n");
}

/** A table of changed files: name, what happened to it, lines added and removed. */
export function sizeLines(
  changes: readonly FileChange[],
  paint: (style: Style, text: string) => string,
): string[] {
  const width = Math.max(...changes.map((change) => change.path.length));
  return changes.map((change) => {
    const sizes =
      change.added + change.removed === 0
        ? [isGenerated(change.path) ? "written by npm" : "binary"]
        : [
            change.added > 0 && paint("green", `+${change.added}`),
            change.removed > 0 && paint("red", `-${change.removed}`),
          ].filter((size) => size !== false);
    const kind = { added: " (new file)", removed: " (file removed)", changed: "" }[change.kind];
    return `${change.path.padEnd(width)}  ${sizes.join(" ")}${kind}`;
  });
}
