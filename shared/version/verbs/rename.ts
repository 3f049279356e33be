import { parseStep } from "../../course/course.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `rename NN MM`: another name for a step. */
export const verb: Verb = {
  summary: "for authors: give a step another name; all that names it follows",
  isRare: true,
  examples: [["./version.sh rename 03b 04", "if no 04 is there, and 03b is the step before"]],
  define(command, context) {
    command
      .argument("<step>", "the step")
      .argument("<name>", "its new name: two digits, and a letter if need be")
      .action(async (typed: string, name: string) => {
        const { world } = context;
        const { course, step } = context.step(typed);
        const { renameStep } = await import("../../authoring/steps/rename.ts");
        const { reportDone, reportNext } = await import("../../authoring/steps/report.ts");
        const { id } = parseStep(world, name);
        const done = await renameStep(world, course, step, id);
        say(world, `Step ${step.id} is step ${id} now (${course.folder}/${id}/)`);
        reportDone(world, new Map(), done);
        reportNext(world);
      });
  },
};
