import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `stats`: what each step asks of its readers, in figures. */
export const verb: Verb = {
  summary: "for authors: lines, files, new terms and reading time of each step",
  isRare: true,
  examples: [
    ["./version.sh stats", "a table, with the sums of the whole course"],
    ["./version.sh stats --json", "for a program: jq .total.minutes"],
  ],
  define(command, context) {
    command.option("--json", "as JSON").action(async ({ json }: { json?: boolean }) => {
      const { statsOf } = await import("../../authoring/stats/stats.ts");
      const stats = statsOf(context.course());
      if (json) {
        say(context.world, JSON.stringify(stats, null, 2));
        return;
      }
      const { tableOf } = await import("../../authoring/stats/table.ts");
      for (const line of tableOf(stats)) say(context.world, line);
    });
  },
};
