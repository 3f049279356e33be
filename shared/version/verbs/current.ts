import { titleFor } from "../../course/course.ts";
import { adoptedStep, nothingAdopted } from "../../course/state.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `current`: which step is adopted. */
export const verb: Verb = {
  summary: "say which step is adopted",
  examples: [["./version.sh current", "its number, its title and its folder"]],
  define(command, { world }) {
    command.action(() => {
      const adopted = adoptedStep(world);
      if (adopted === undefined) throw nothingAdopted(world);
      const whose = adopted.mine === undefined ? "" : ", your own";
      say(
        world,
        `step ${adopted.step.id}: ${titleFor(adopted.step)} (${adopted.running.dir}/${whose})`,
      );
    });
  },
};
