import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `remove NN`: takes a step out of the course. */
export const verb: Verb = {
  summary: "for authors: take a step out of the course; its folder is kept aside",
  isRare: true,
  examples: [["./version.sh remove 03", "what named 03 names the step after it"]],
  define(command, context) {
    command.argument("<step>", "the step").action(async (typed: string) => {
      const { world } = context;
      const { course, step } = context.step(typed);
      const { removeStep } = await import("../../authoring/steps/remove.ts");
      const { reportDone, reportNext } = await import("../../authoring/steps/report.ts");
      const removed = await removeStep(world, course, step);
      const { heir } = removed;
      say(world, `Step ${step.id} is out of the course: its folder is kept as ${removed.to}/`);
      if (heir.id > step.id)
        say(
          world,
          `Step ${heir.id} brings its change now: tell it in ${heir.dir}/README.md, and check it there`,
        );
      reportDone(world, new Map(), removed);
      reportNext(world);
    });
  },
};
