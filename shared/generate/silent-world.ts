import type { Output, World } from "../course/world.ts";

const NOWHERE: Output = { write: () => true };

/** A world for what is called from here: nothing of the reader's settings, and no word on the terminal. */
export function silentWorld(root: string, stdout = NOWHERE, stderr = NOWHERE): World {
  return {
    root,
    cwd: root,
    env: {},
    platform: process.platform,
    execPath: process.execPath,
    stdout,
    stderr,
    isTTY: false,
    now: () => new Date(),
    onSignal: () => () => {},
  };
}
