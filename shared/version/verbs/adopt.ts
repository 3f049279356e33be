import { adoptStep, reportAdopted, reportCopies, reportDamage } from "../../adopt/adopt.ts";
import type { Course, Step } from "../../course/course.ts";
import { bringData } from "../../running/keep-data.ts";
import type { Context, Verb } from "../verb.ts";

/** `adopt NN`: makes a step the one that runs. */
export const verb: Verb = {
  summary: "use a step: link its files here; a running server switches to it",
  examples: [
    ["./version.sh adopt 4", "step 04; 04 and steps/04 mean the same"],
    ["./version.sh adopt 08 --keep-data", "take users and messages along"],
    ["./version.sh adopt sequels/NAME/02", "a step of another course"],
  ],
  define(command, context) {
    command
      .argument("<step>", "the step: 4, 04, steps/04")
      .option("--keep-data", "bring the data of the adopted step, where the new one has none")
      .action(async (typed: string, options: { keepData?: boolean }) => {
        const { course, step } = context.step(typed);
        await switchTo(context, course, step, options.keepData ?? false);
      });
  },
};

/** Adopts a step and reports it: what adopt, next and previous have in common. */
export async function switchTo(
  { world }: Context,
  course: Course,
  step: Step,
  keepData: boolean,
): Promise<void> {
  let note = "";
  const changes = await adoptStep(world, course, step, async () => {
    if (keepData) note = await bringData(world, step);
  });
  // Loaded only now, as it brings all of zod: a running server already starts the step meanwhile.
  const { noteRead } = await import("../../own/progress.ts");
  await noteRead(world, step);
  reportCopies(world, changes);
  await reportAdopted(world, course, step);
  await reportDamage(world, step);
  if (note !== "") world.stdout.write(`\n${note}\n`);
}
