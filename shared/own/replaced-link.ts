import { existsSync, readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { adoptStep } from "../adopt/adopt.ts";
import { readCopy } from "../adopt/copies.ts";
import { withLock } from "../course/lock.ts";
import { adoptedStep } from "../course/state.ts";
import { say, type World } from "../course/world.ts";
import { filesFrom, placeFiles } from "./place.ts";
import { saveMine } from "./saves.ts";

const APP = "app.ts";

/**
 * Where a program has written a file in place of the link app.ts, as `sed -i` and some editors do,
 * while the learner writes a step: what they wrote goes to their step, where it was meant to go, and
 * the link comes back. What the step had is saved first; interrupted, the next verb goes on.
 */
export async function takeReplacedLink(world: World): Promise<void> {
  const path = join(world.root, APP);
  const adopted = adoptedStep(world);
  if (adopted?.mine === undefined || readCopy(path, false) !== undefined) return;
  const { course, step, mine } = adopted;
  await withLock(world, () => {
    const text = readFileSync(path, "utf8");
    const files = filesFrom(mine.path);
    const own = join(mine.path, APP);
    const isSame = existsSync(own) && readFileSync(own, "utf8") === text;
    const saved = isSame ? undefined : saveMine(world, step, "replaced-link");
    if (!isSame)
      placeFiles(world, mine.dir, [
        ...files.filter((file) => file.path !== APP),
        { path: APP, text },
      ]);
    unlinkSync(path);
    const where = saved === undefined ? "" : ` What was there is saved: ${saved.path}`;
    say(
      world,
      `app.ts here was a file and no link any more (sed -i and some editors do that): its text is in ${mine.dir}/app.ts now, and app.ts leads there again.${where}`,
    );
  });
  await adoptStep(world, course, mine);
}
