import { say } from "../../course/world.ts";
import type { Verb } from "../verb.ts";

/** `import --branch NAME`: edits of the commits back into the folders. */
export const verb: Verb = {
  summary: "for authors: bring commits of a history branch back into the steps",
  isRare: true,
  examples: [["./version.sh import --branch course", "after git rebase -i on that branch"]],
  define(command, context) {
    command
      .requiredOption("--branch <name>", "a branch that history has written")
      .action(async ({ branch }: { branch: string }) => {
        const { world } = context;
        const { readHistory } = await import("../../authoring/history/read.ts");
        const files = await readHistory(world, context.course(), branch);
        for (const file of files) say(world, file);
        const count = `${files.length} ${files.length === 1 ? "file" : "files"}`;
        if (files.length === 0) say(world, `The steps have what branch ${branch} has.`);
        else
          say(
            world,
            `${count} from branch ${branch}: read git diff, then npm run generate and ./version.sh lint`,
          );
      });
  },
};
