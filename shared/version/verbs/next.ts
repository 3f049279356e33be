import { neighbour } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { hasMine } from "../../course/mine.ts";
import { adoptedStep, nothingAdopted } from "../../course/state.ts";
import { notedApps } from "../../running/own-server.ts";
import type { Context, Verb } from "../verb.ts";
import { reportSwitch, switchTo } from "./adopt.ts";

/** `next`: adopts the step after the adopted one. */
export const verb: Verb = {
  summary: "adopt the next step; while you write: on with your own code",
  examples: [
    ["./version.sh next", "from step 02 to step 02b"],
    ["./version.sh next --keep-data", "take along the data that is there now"],
  ],
  define(command, context) {
    command
      .option("--keep-data", "bring the data of the adopted step, where the new one has none")
      .action(async (options: { keepData?: boolean }) => {
        await move(context, 1, options.keepData ?? false);
      });
  },
};

/**
 * Adopts the neighbour of the adopted step; while the learner writes, the neighbour is their own.
 * At either end it fails, so that a loop over the course ends.
 */
export async function move(context: Context, offset: -1 | 1, keepData: boolean): Promise<void> {
  const adopted = adoptedStep(context.world);
  if (adopted === undefined) throw nothingAdopted(context.world);
  const { mine } = adopted;
  const apps = notedApps(context.world);
  if (mine !== undefined && offset === 1) {
    const { nextOwn } = await import("../../own/next-own.ts");
    await nextOwn(context.world, { ...adopted, mine }, keepData);
    const now = adoptedStep(context.world) ?? adopted;
    if (now.step.id !== adopted.step.id)
      await reportSwitch(context.world, now.course, now.step, apps);
    return;
  }
  const step = neighbour(adopted.course, adopted.step, offset);
  if (step === undefined)
    throw new CourseError(
      `step ${adopted.step.id} is the ${offset === 1 ? "last" : "first"} one, and it stays adopted (./version.sh list shows all)`,
    );
  if (mine !== undefined && hasMine(context.world, step)) {
    const { beginStep } = await import("../../own/begin.ts");
    const { reportBegun } = await import("../../own/report-begun.ts");
    const begun = await beginStep(context.world, adopted.course, step, undefined, false);
    await reportBegun(context.world, adopted.course, step, begun);
    await reportSwitch(context.world, adopted.course, step, apps);
    return;
  }
  await switchTo(context, adopted.course, step, keepData);
}
