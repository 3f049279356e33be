import { DEFAULT_COURSE, neighbour, type Step } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import { isAboutCode } from "../../course/files.ts";
import { hasMine, mineOf } from "../../course/mine.ts";
import { adoptedStep } from "../../course/state.ts";
import { type DiffOptions, openInCode, showDiff } from "../show-diff.ts";
import type { Context, Verb } from "../verb.ts";

/** `diff A [B]`: what changes between two steps. */
export const verb: Verb = {
  summary: "show what a step changes, or what lies between two steps",
  examples: [
    ["./version.sh diff", "what the adopted step changes, or what you wrote"],
    ["./version.sh diff 03", "from the step before to step 03"],
    ["./version.sh diff 04 07", "from step 04 to step 07"],
    ["./version.sh diff 03 --stat", "how many lines in which file"],
    ["./version.sh diff 03 --code", "both programs side by side in VS Code"],
  ],
  define(command, context) {
    command
      .argument("[step]", "the step; the adopted one if left out")
      .argument("[other]", "the step to compare with; the one before if left out")
      .option("--stat", "only the number of added and removed lines of each file")
      .option("--code", "open both programs in VS Code's comparison")
      .action(async (a?: string, b?: string, options: DiffOptions = {}) => {
        if (options.stat && options.code)
          throw new UsageError("--stat and --code exclude each other: give one of them");
        const [before, after] = pair(context, a, b);
        const { world } = context;
        if (!options.code) {
          const from =
            before === undefined
              ? { name: "/dev/null", path: undefined }
              : { name: before.dir, path: before.path };
          const isOwn = a === undefined && after.dir === adoptedStep(world)?.mine?.dir;
          const same = isOwn
            ? `you have changed nothing yet: ${after.dir} is as ${before?.dir}`
            : `steps ${before?.id} and ${after.id} are the same`;
          await showDiff(world, from, { name: after.dir, path: after.path }, options, same, (it) =>
            isOwn ? !isAboutCode(it.path) : true,
          );
          return;
        }
        if (before === undefined)
          throw new CourseError(
            `step ${after.id} is the first one: there is nothing before it to compare with`,
          );
        openInCode(world, before.path, after.path);
      });
  },
};

/** The two steps to compare, the earlier first; none before the first step. */
function pair(context: Context, a?: string, b?: string): [Step | undefined, Step] {
  const adopted = a === undefined ? adoptedStep(context.world) : undefined;
  // While writing: what the learner has written, since they came from their own step or ours.
  if (adopted?.mine !== undefined) {
    const before = neighbour(adopted.course, adopted.step, -1);
    const isOwn = before !== undefined && hasMine(context.world, before);
    return [isOwn ? mineOf(context.world, before) : before, adopted.mine];
  }
  const one = context.stepOrAdopted(a);
  if (b === undefined) return [neighbour(one.course, one.step, -1), one.step];
  const other = context.step(b);
  const place = (step: Step) =>
    `${step.course === DEFAULT_COURSE ? 0 : 1}/${step.course}/${step.id}`;
  return place(one.step) <= place(other.step) ? [one.step, other.step] : [other.step, one.step];
}
