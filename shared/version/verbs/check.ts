import { neighbour } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { triedStep } from "../../course/state.ts";
import { say } from "../../course/world.ts";
import { checkOwn, withoutOrphans } from "../../own/check-own.ts";
import { printGroup, printResult } from "../../own/print-report.ts";
import { ensurePackages } from "../../running/packages.ts";
import { NO_INSTALL, type Verb } from "../verb.ts";

interface Options {
  readonly watch?: boolean;
  readonly verbose?: boolean;
  readonly again?: boolean;
  readonly install: boolean;
}

/** `check`: the promises of the learner's step. */
export const verb: Verb = {
  summary: "while you write a step: what it keeps of its promises",
  examples: [
    ["./version.sh check", "each promise up to your step, kept or missed"],
    ["./version.sh check --watch", "again at each save, until Ctrl-C"],
    ["./version.sh check --verbose", "with all that was sent and came back"],
    ["./version.sh check --again", "also if nothing has changed since all was kept"],
  ],
  define(command, { world }) {
    command
      .option("--watch", "check again at each save")
      .option("--verbose", "show what is sent and what comes back")
      .option("--again", "check even if nothing has changed since all was kept")
      .option(...NO_INSTALL)
      .action(async (options: Options) => {
        const { course, step, mine } = triedStep(world);
        await ensurePackages(world, course.folder, options.install);
        const checkOnce = async () => {
          const report = await checkOwn(world, course, step, mine, {
            // What is remembered of a check is not what was sent.
            again: options.again || options.verbose || false,
            onGroup: (group) => printGroup(world, group, options.verbose ?? false),
          });
          printResult(world, step, report);
          return report;
        };
        const report = await withoutOrphans(world, async () => {
          if (!options.watch) return await checkOnce();
          const { eachSave } = await import("../../own/each-save.ts");
          return await eachSave(world, mine, checkOnce);
        });
        if (report === undefined) return;
        const isLast = neighbour(course, step, 1) === undefined;
        const onward = isLast ? "It is the last one" : "On to the next one with your own code";
        if (report.ok) say(world, `${onward}: ./version.sh next`);
        else throw new CourseError(`step ${step.id} is not done yet: ./version.sh hint helps`);
      });
  },
};
