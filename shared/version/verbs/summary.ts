import { summaryOf } from "../../course/summary.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `summary`: the list of steps as README.md has it: the same on every machine, whatever is adopted. */
export const verb: Verb = {
  summary: "print the steps as the Markdown table of the README",
  isRare: true,
  examples: [["./version.sh summary", "| Step | What it adds | …"]],
  define(command, context) {
    command.action(() => say(context.world, summaryOf(context.course())));
  },
};
