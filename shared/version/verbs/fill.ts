import { CourseError } from "../../course/errors.ts";
import { adoptedStep } from "../../course/state.ts";
import { fill } from "../../running/fill.ts";
import { serverFor } from "../../running/own-server.ts";
import type { Verb } from "../verb.ts";

/** `fill`: the example data into the running step. */
export const verb: Verb = {
  summary: "send the example data to the running step, as far as it takes it",
  examples: [
    ["./version.sh fill", "what is not there yet; it may be typed again"],
    ["./version.sh fill --port 5002", "to a server on another port, whoever started it"],
  ],
  define(command, context) {
    command
      .option("--port <number>", "where the step listens (default: the server of npm start)")
      .action(async (options: { port?: string }) => {
        const { world } = context;
        const course = context.course();
        const adopted = adoptedStep(world);
        const step = adopted?.course.folder === course.folder ? adopted.step : undefined;
        const address = await serverFor(world, course.folder, options.port);
        if (options.port === undefined && adopted !== undefined && step === undefined)
          throw new CourseError(
            `what runs is ${adopted.step.dir}, no step of ${course.folder}/: ./version.sh adopt ${course.steps[0]?.dir} switches the server to it`,
          );
        await fill(world, course, step, address);
      });
  },
};
