import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `insert NN "title"`: a new step after another one. */
export const verb: Verb = {
  summary: "for authors: a new step after another one",
  isRare: true,
  examples: [
    ['./version.sh insert 03 "a title"', "03b, a copy of 03 to be changed"],
    ['./version.sh insert 03 "a title" --renumber', "04; 04 becomes 05 …"],
  ],
  define(command, context) {
    command
      .argument("<step>", "the step that it comes after")
      .argument("<title>", "its title, in quotes")
      .option("--renumber", "give it the next number, and all later steps one more")
      .action(async (typed: string, title: string, options: { renumber?: boolean }) => {
        const { world } = context;
        const { course, step } = context.step(typed);
        const { addStep } = await import("../../authoring/steps/add.ts");
        const { reportDone, reportNext } = await import("../../authoring/steps/report.ts");
        const naming = options.renumber ? "number" : "letter";
        const added = await addStep(world, course, step, title, naming);
        const dir = `${course.folder}/${added.id}`;
        say(
          world,
          `Step ${added.id} is ${dir}/: the code of step ${step.id}, a lesson and a check to write`,
        );
        reportDone(world, added.moved, added);
        reportNext(world);
      });
  },
};
