import { say } from "../../course/world.ts";
import { complete } from "../complete.ts";
import type { Verb } from "../verb.ts";

/** `__complete -- WORD…`: what the completion scripts ask for each press of Tab. */
export const verb: Verb = {
  summary: "the words that may follow, for the completion scripts",
  examples: [],
  define(command, context) {
    command
      .argument("[words...]", "what was typed, the last word unfinished")
      .action(async (words: string[]) => {
        for (const { word, about } of await complete(context, words))
          say(context.world, `${word}\t${about}`);
      });
  },
};
