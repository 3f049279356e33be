import type { Verb } from "../verb.ts";
import { move } from "./next.ts";

/** `previous`: adopts the step before the adopted one. */
export const verb: Verb = {
  summary: "adopt the previous step",
  examples: [["./version.sh previous", "from step 02b to step 02"]],
  define(command, context) {
    command
      .option("--keep-data", "bring the data of the adopted step, where the new one has none")
      .action(async (options: { keepData?: boolean }) => {
        await move(context, -1, options.keepData ?? false);
      });
  },
};
