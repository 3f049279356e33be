import { readCourse } from "../../course/course.ts";
import { UsageError } from "../../course/errors.ts";
import type { Verb } from "../verb.ts";

type Options = { from?: string; dryRun?: boolean; continue?: boolean; abort?: boolean };

/** `carry NN`: a change of one step goes on into all later ones. */
export const verb: Verb = {
  summary: "for authors: take the change of a step into all later ones",
  isRare: true,
  examples: [
    ["./version.sh carry 03", "what is not committed yet in steps/03"],
    ["./version.sh carry 03 --from HEAD~1", "what the last commit changed, too"],
    ["./version.sh carry 03 --dry-run", "what would change in which step"],
    ["./version.sh carry --continue", "after you mended where it stopped"],
    ["./version.sh carry --abort", "all later steps as they were"],
  ],
  define(command, context) {
    const { world } = context;
    command
      .argument("[step]", "the step that was changed")
      .option("--from <rev>", "the commit that the change began from; else the last one")
      .option("--dry-run", "only show what would change")
      .option("--continue", "go on after a stop or an interruption")
      .option("--abort", "take all back")
      .action(async (typed: string | undefined, options: Options) => {
        const given = wanted(typed, options);
        const { alone } = await import("../../authoring/carry/alone.ts");
        if (given === "abort") {
          const { abortCarry } = await import("../../authoring/carry/abort.ts");
          return await alone(world, () => abortCarry(world));
        }
        const { courseChecks } = await import("../../authoring/carry/checks.ts");
        if (given === "continue") {
          const { continueCarry } = await import("../../authoring/carry/resume.ts");
          let folder = "";
          const checks = courseChecks(() => readCourse(world, folder));
          const courseOf = (its: string) => {
            folder = its;
            return readCourse(world, its);
          };
          const work = () => continueCarry(world, courseOf, checks.check);
          return await alone(world, () => work().finally(checks.close));
        }
        const { course, step } = context.step(given.step);
        if (options.dryRun) {
          const { tryCarry } = await import("../../authoring/carry/dry-run.ts");
          return tryCarry(world, course, step, options.from);
        }
        const { startCarry } = await import("../../authoring/carry/carry.ts");
        const checks = courseChecks(() => course);
        const work = () => startCarry(world, course, step, options.from, checks.check);
        await alone(world, () => work().finally(checks.close));
      });
  },
};

/** What the options ask for. */
function wanted(
  typed: string | undefined,
  options: Options,
): "continue" | "abort" | { step: string } {
  const others = typed !== undefined || options.from !== undefined || options.dryRun;
  if (options.continue && options.abort)
    throw new UsageError("--continue and --abort exclude each other: give one of them");
  if (options.continue || options.abort) {
    const name = options.continue ? "continue" : "abort";
    if (others)
      throw new UsageError(
        `--${name} knows which carry is meant: ./version.sh carry --${name} is all`,
      );
    return name;
  }
  if (typed === undefined)
    throw new UsageError("which step was changed? ./version.sh carry 03, for instance");
  return { step: typed };
}
