import { neighbour } from "../../course/course.ts";
import { beginStep } from "../../own/begin.ts";
import { reportBegun } from "../../own/report-begun.ts";
import { notedApps } from "../../running/own-server.ts";
import { ensurePackages } from "../../running/packages.ts";
import { NO_INSTALL, type Verb } from "../verb.ts";
import { reportSwitch } from "./adopt.ts";

/** `try NN`: the learner writes the step. */
export const verb: Verb = {
  summary: "write a step yourself: your own files, from the step before",
  examples: [
    ["./version.sh try 07", "your step 07 begins as our step 06, in mine/"],
    ["./version.sh try", "the adopted step"],
    ["./version.sh try 07 --again", "begin anew; what you had is saved"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step to write; the adopted one if left out")
      .option("--again", "begin anew where you have begun before; your files are saved first")
      .option(...NO_INSTALL)
      .action(async (typed: string | undefined, options: { again?: boolean; install: boolean }) => {
        const { world } = context;
        const { course, step } = context.stepOrAdopted(typed);
        const before = neighbour(course, step, -1);
        await ensurePackages(world, course.folder, options.install);
        const apps = notedApps(world);
        const begun = await beginStep(world, course, step, before, options.again ?? false);
        await reportBegun(world, course, step, begun);
        await reportSwitch(world, course, step, apps);
      });
  },
};
