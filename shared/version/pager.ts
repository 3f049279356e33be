import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { isWholeTerminal } from "../course/text.ts";
import type { World } from "../course/world.ts";

/** Absolute path of a command on the PATH; undefined if it is not there. On Windows `.exe` and `.cmd` count. */
export function findCommand(world: World, name: string): string | undefined {
  const endings = world.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const folder of (world.env.PATH ?? world.env.Path ?? "").split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not in this folder
      }
    }
  }
  return undefined;
}

/** Shows a text through the pager on a terminal (PAGER, else less where it is found), else writes it. */
export async function page(world: World, text: string): Promise<void> {
  const pager = world.env.PAGER ?? (findCommand(world, "less") === undefined ? "" : "less");
  // On another terminal less waits for a key before it shows anything.
  if (!isWholeTerminal(world) || pager === "") {
    world.stdout.write(text);
    return;
  }
  // Ctrl-C in the pager is the pager's own business.
  const off = world.onSignal(["SIGINT"], () => {});
  try {
    await new Promise<void>((resolve, reject) => {
      // As git does it: quit at once where one screen is enough, keep colours, leave the text there.
      const env = { ...world.env, LESS: world.env.LESS ?? "FRX" };
      const child = spawn(pager, { shell: true, env, stdio: ["pipe", "inherit", "inherit"] });
      child.on("error", reject);
      child.on("close", () => resolve());
      // The reader may quit before the end.
      child.stdin.on("error", () => {});
      child.stdin.end(text);
    });
  } finally {
    off();
  }
}
