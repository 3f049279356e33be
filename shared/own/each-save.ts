import { watch } from "node:fs";
import type { Step } from "../course/course.ts";
import { DATA_FOLDER } from "../course/files.ts";
import { say, type World } from "../course/world.ts";

/** An editor writes a file in several goes, and several files at once: wait that long for the rest, in ms. */
const QUIET = 60;

/** Does the work now and after each save in a folder of the learner's; never returns. */
export async function eachSave(
  world: World,
  mine: Step,
  work: () => Promise<unknown>,
): Promise<undefined> {
  let saved: () => void = () => {};
  let isNew = true;
  let timer: NodeJS.Timeout | undefined;
  watch(mine.path, { recursive: true }, (_, name) => {
    // What the running server writes is no save; and editors write their notes beside the file.
    const path = (name ?? "").replaceAll("\\", "/");
    if (path.split("/").includes(DATA_FOLDER) || /(^|\/)\.|~$|\.sw\w$/.test(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isNew = true;
      saved();
    }, QUIET);
  });
  for (;;) {
    isNew = false;
    await work();
    say(world, `Waiting for a change in ${mine.dir}/ … (Ctrl-C ends it)\n`);
    if (!isNew) await new Promise<void>((resolve) => (saved = resolve));
  }
}
