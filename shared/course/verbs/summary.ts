import { markdownTitle } from "../course.ts";
import type { Verb } from "../verb.ts";
import { say } from "../world.ts";

/** `summary`: the list of steps as README.md has it: the same on every machine, whatever is adopted. */
export const verb: Verb = {
  summary: "print the steps as the Markdown table of the README",
  isRare: true,
  examples: [["./version.sh summary", "| Step | What it adds | …"]],
  define(command, context) {
    command.action(() => {
      const { steps } = context.course();
      say(context.world, "| Step | What it adds |\n| --- | --- |");
      for (const step of steps) {
        const title = markdownTitle(step).replaceAll("|", "\\|");
        say(context.world, `| [${step.id}](${step.dir}/README.md) | ${title} |`);
      }
    });
  },
};
