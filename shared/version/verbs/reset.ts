import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { touchState } from "../../adopt/adopt.ts";
import type { Step } from "../../course/course.ts";
import { withLock } from "../../course/lock.ts";
import { adoptedDir } from "../../course/state.ts";
import { say, type World } from "../../course/world.ts";
import { resetDatabase, restoreCommand, restoreDatabase } from "../../running/reset.ts";
import type { Verb } from "../verb.ts";

/** `reset [NN]`: a fresh database for a step; the old one is kept. */
export const verb: Verb = {
  summary: "give a step a fresh database; the old one is kept aside",
  examples: [
    ["./version.sh reset", "the adopted step"],
    ["./version.sh reset 07", "another step"],
    ["./version.sh reset 07 --from mine/.saved/FILE", "bring kept data back"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step; the adopted one if left out")
      .option("--from <file>", "put this kept database there instead of a fresh one")
      .action(async (typed: string | undefined, options: { from?: string }) => {
        const { world } = context;
        const step = context.running(typed);
        await withLock(world, async () => {
          const { from } = options;
          const saved =
            from === undefined
              ? resetDatabase(world, step)
              : await restoreDatabase(world, step, locate(world, from));
          report(world, step, saved, from);
          // The running server makes its tables anew when it restarts.
          if (adoptedDir(world) === step.dir) touchState(world, step);
        });
      });
  },
};

/** A file typed from the folder that the learner is in, or as a verb printed it: from the root. */
function locate(world: World, typed: string): string {
  const here = resolve(world.cwd, typed);
  return existsSync(here) ? here : resolve(world.root, typed);
}

function report(
  world: World,
  step: Step,
  saved: string | undefined,
  from: string | undefined,
): void {
  if (from !== undefined) say(world, `Step ${step.id} has the data of ${from} again.`);
  else if (saved === undefined)
    say(world, `Step ${step.id} has no database yet: nothing to reset.`);
  else say(world, `Step ${step.id} has a fresh database.`);
  if (saved === undefined && from === undefined) return;
  say(world, "Reload the pages that are open: they still show what was there before.");
  if (saved === undefined) return;
  say(world, `What it had before is kept in ${saved}; to bring it back:`);
  say(world, `  ${restoreCommand(step, saved)}`);
}
