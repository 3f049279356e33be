import { adoptedStep } from "../../course/state.ts";
import { fill } from "../../running/fill.ts";
import { addressOf } from "../../running/server.ts";
import type { Verb } from "../verb.ts";

/** `fill`: the example data into the running step. */
export const verb: Verb = {
  summary: "send the example data to the running step, as far as it takes it",
  examples: [
    ["./version.sh fill", "three users and seven messages, once"],
    ["./version.sh fill --port 5002", "to a server on another port"],
  ],
  define(command, context) {
    command
      .option("--port <number>", "where the step listens (default: PORT, else 5001)")
      .action(async (options: { port?: string }) => {
        const address = addressOf(context.world, options.port);
        const course = context.course();
        const adopted = adoptedStep(context.world);
        const step = adopted?.course.folder === course.folder ? adopted.step : undefined;
        await fill(context.world, course, step, address);
      });
  },
};
