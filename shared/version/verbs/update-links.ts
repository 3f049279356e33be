import { reportCopies, updateComparisonLinks } from "../../adopt/adopt.ts";
import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `update-links`: the app-NN.ts links alone. */
export const verb: Verb = {
  summary: "link app-NN.ts for all steps, to compare them in an editor",
  isRare: true,
  examples: [["./version.sh update-links", "app-00.ts, app-01.ts … beside app.ts"]],
  define(command, context) {
    command.action(async () => {
      const course = context.course();
      const changes = await updateComparisonLinks(context.world, course);
      reportCopies(context.world, changes);
      const ids = course.steps.map((step) => step.id);
      say(
        context.world,
        `app-${ids[0]}.ts to app-${ids.at(-1)}.ts lead to the steps of ${course.folder}/`,
      );
    });
  },
};
