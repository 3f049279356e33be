import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `prep [NN]`: the folder of the next step. */
export const verb: Verb = {
  summary: "for authors: the folder of the next step, from the last one",
  isRare: true,
  examples: [
    ["./version.sh prep", "after the last step, as the next number"],
    ["./version.sh prep 03", "after 03: 04 where it is free, else 03b"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step that it comes after; the last one if left out")
      .action(async (typed: string | undefined) => {
        const { world } = context;
        const { course, step } = context.step(typed ?? context.course().steps.at(-1)?.dir ?? "");
        const { addStep } = await import("../../authoring/steps/add.ts");
        const { reportDone, reportNext } = await import("../../authoring/steps/report.ts");
        const added = await addStep(world, course, step, undefined, "next");
        const { id } = added;
        const dir = `${course.folder}/${id}`;
        say(
          world,
          `Step ${id} is ${dir}/: the code of step ${step.id}, a lesson and a check to write`,
        );
        reportDone(world, added.moved, added);
        reportNext(world);
      });
  },
};
