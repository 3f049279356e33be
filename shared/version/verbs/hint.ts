import { lessonOf } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { hintsOf } from "../../course/lesson-parts.ts";
import { withLock } from "../../course/lock.ts";
import { say } from "../../course/world.ts";
import { changeProgress, readProgress } from "../../own/progress.ts";
import type { Verb } from "../verb.ts";

/** `hint`: one more hint. */
export const verb: Verb = {
  summary: "the next hint for the step that you write, one at a time",
  examples: [
    ["./version.sh hint", "first in words, later in code"],
    ["./version.sh hint 07", "for another step"],
  ],
  define(command, context) {
    const { world } = context;
    command
      .argument("[step]", "the step; the one that you are at if left out")
      .action(async (typed?: string) => {
        const { step } = context.stepOrAdopted(typed);
        const hints = hintsOf(lessonOf(step) ?? "");
        if (hints.length === 0)
          throw new CourseError(
            `step ${step.id} has no hints (${step.dir}/README.md says under "What changed" what to do): ./version.sh compare shows our files`,
          );
        const shown = await withLock(world, () => {
          const before = readProgress(world).progress.steps[step.dir]?.hints ?? 0;
          const now = before >= hints.length ? 0 : before;
          changeProgress(world, step, (progress) => ({ ...progress, hints: now + 1 }));
          return now;
        });
        say(world, `Hint ${shown + 1} of ${hints.length} for step ${step.id}:\n`);
        say(world, (hints[shown] ?? "").replace(/^/gm, "  "));
        if (shown + 1 === hints.length)
          say(
            world,
            `\nThat was the last one (the next is the first again). ./version.sh compare shows your files beside ours.`,
          );
      });
  },
};
