import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `history --branch NAME`: the course as a git branch. */
export const verb: Verb = {
  summary: "for authors: write the course as a git branch, one commit a step",
  isRare: true,
  examples: [
    ["./version.sh history --branch course", "then git log -p course tells the course"],
    ["./version.sh import --branch course", "brings edited commits back"],
  ],
  define(command, context) {
    command
      .requiredOption("--branch <name>", "the branch; what is checked out stays as it is")
      .option("--force", "overwrite a branch that history has not written")
      .action(async ({ branch, force = false }: { branch: string; force?: boolean }) => {
        const { world } = context;
        const { writeHistory } = await import("../../authoring/history/write.ts");
        const { commits, tip, before } = await writeHistory(world, context.course(), branch, force);
        const id = tip.slice(0, 10);
        if (before === tip) say(world, `Branch ${branch} is up to date: ${commits} steps, ${id}`);
        else say(world, `Branch ${branch} has ${commits} steps, one commit each: ${id}`);
        if (before !== undefined && before !== tip)
          say(
            world,
            `It was at ${before.slice(0, 10)}: git branch NAME ${before.slice(0, 10)} keeps that`,
          );
        say(world, `Read it: git log -p --reverse ${branch}`);
      });
  },
};
