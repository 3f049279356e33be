import { UsageError } from "../../course/errors.ts";
import { isAboutCode } from "../../course/files.ts";
import { triedStep } from "../../course/state.ts";
import { type DiffOptions, openInCode, showDiff } from "../show-diff.ts";
import type { Verb } from "../verb.ts";

/** `compare`: the learner's step beside ours. */
export const verb: Verb = {
  summary: "while you write a step: how your files differ from ours",
  examples: [
    ["./version.sh compare", "- is yours, + is ours"],
    ["./version.sh compare --stat", "how many lines in which file"],
    ["./version.sh compare --code", "both programs side by side in VS Code"],
  ],
  define(command, { world }) {
    command
      .option("--stat", "only the number of added and removed lines of each file")
      .option("--code", "open both programs in VS Code's comparison")
      .action(async (options: DiffOptions) => {
        if (options.stat && options.code)
          throw new UsageError("--stat and --code exclude each other: give one of them");
        const { mine, step } = triedStep(world);
        if (options.code) {
          openInCode(world, mine.path, step.path);
          return;
        }
        const same = `your step ${step.id} is the same as ours`;
        const [from, to] = [mine, step].map(({ dir, path }) => ({ name: dir, path }));
        if (from !== undefined && to !== undefined)
          await showDiff(world, from, to, options, same, (it) => !isAboutCode(it.path));
      });
  },
};
