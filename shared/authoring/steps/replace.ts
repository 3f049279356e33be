import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workFolder } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";

/** Gives a file another text: the old or the new one is there at any moment. Needs the lock. */
export function replaceFile(world: World, path: string, text: string): void {
  const ready = join(workFolder(world), "text");
  writeFileSync(ready, text);
  renameSync(ready, path);
}
