import { adoptStep, reportCopies } from "../../adopt/adopt.ts";
import { withLock } from "../../course/lock.ts";
import { triedStep } from "../../course/state.ts";
import { say } from "../../course/world.ts";
import { filesFrom, placeFiles } from "../../own/place.ts";
import { changeProgress } from "../../own/progress.ts";
import { saveMine } from "../../own/saves.ts";
import type { Verb } from "../verb.ts";

/** `solve`: our files into the learner's folder. */
export const verb: Verb = {
  summary: "take our files of the step that you write; yours are saved first",
  examples: [["./version.sh solve", "then ./version.sh diff shows what it took"]],
  define(command, { world }) {
    command.action(async () => {
      const { course, step, mine } = triedStep(world);
      const saved = await withLock(world, () => {
        const saved = saveMine(world, step, "solve");
        placeFiles(world, mine.dir, filesFrom(step.path));
        changeProgress(world, step, (before) => ({ ...before, helped: true }));
        return saved;
      });
      reportCopies(world, await adoptStep(world, course, mine));
      say(world, `Your step ${step.id} has our files now (${mine.dir}/).`);
      if (saved === undefined) return;
      say(world, `What you had is saved (${saved.path}); to bring it back:`);
      say(world, `  ./version.sh restore ${saved.name ?? saved.path.split("/").at(-1)}`);
    });
  },
};
