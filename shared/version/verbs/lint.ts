import { CourseError } from "../../course/errors.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `lint`: whether the course keeps its own rules. */
export const verb: Verb = {
  summary: "for authors: whether the course keeps its own rules",
  isRare: true,
  examples: [
    ["./version.sh lint", "one line for each fault, with its cure"],
    ["./version.sh lint --quick", "without running checks: a second"],
  ],
  define(command, context) {
    command
      .option("--quick", "do not run each check on the step before, which takes longest")
      .action(async ({ quick }: { quick?: boolean }) => {
        const { world } = context;
        const course = context.course();
        const { lint } = await import("../../authoring/lint/lint.ts");
        const { lineOf } = await import("../../authoring/lint/finding.ts");
        const { findings, notes } = await lint(world.root, course, quick);
        for (const finding of findings) say(world, lineOf(finding));
        for (const note of notes) say(world, `(${note})`);
        const isOne = course.steps.length === 1;
        const count = isOne ? "1 step" : `${course.steps.length} steps`;
        if (findings.length === 0)
          say(world, `${count} ${isOne ? "keeps" : "keep"} the course's rules.`);
        else
          throw new CourseError(
            `${findings.length === 1 ? "a rule is" : `${findings.length} rules are`} broken in ${course.folder}/ (${count}): each line above names the cure`,
          );
      });
  },
};
