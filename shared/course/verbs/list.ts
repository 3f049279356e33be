import { titleFor } from "../course.ts";
import { databaseOf, dataOf } from "../data.ts";
import { adoptedDir } from "../state.ts";
import { painter } from "../text.ts";
import type { Verb } from "../verb.ts";
import { say } from "../world.ts";

/** `list`: the steps, the adopted one and those with data marked. */
export const verb: Verb = {
  summary: "list the steps; the adopted one and those with data are marked",
  examples: [
    ["./version.sh list", "● is adopted, [data] has rows"],
    ["./version.sh list --course sequels/NAME", "another course"],
  ],
  define(command, context) {
    command.action(() => {
      const { world } = context;
      const paint = painter(world);
      const adopted = adoptedDir(world);
      for (const step of context.course().steps) {
        const mark = step.dir === adopted ? "●" : " ";
        const data = { none: "", some: "  [data]", unreadable: "  [data unreadable]" }[
          dataOf(databaseOf(step))
        ];
        const line = `${mark} ${step.id.padEnd(3)}  ${titleFor(step)}`;
        say(world, (step.dir === adopted ? paint("bold", line) : line) + paint("yellow", data));
      }
    });
  },
};
