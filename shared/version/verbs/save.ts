import { UsageError } from "../../course/errors.ts";
import { withLock } from "../../course/lock.ts";
import { triedStep } from "../../course/state.ts";
import { say } from "../../course/world.ts";
import { listSaves, saveMine } from "../../own/saves.ts";
import type { Verb } from "../verb.ts";

/** `save [name]`: keeps a copy of what the learner has. */
export const verb: Verb = {
  summary: "save your files of the step that you write, for restore",
  examples: [
    ["./version.sh save", "by date"],
    ["./version.sh save before-the-table", "by a name of yours"],
  ],
  define(command, { world }) {
    command.argument("[name]", "a name for it").action(async (name?: string) => {
      if (name !== undefined && (name.trim() === "" || name.length > 60 || /^\d+$/.test(name)))
        throw new UsageError(
          `'${name}' is no name for a save: take a few words that are not a number, for example before-the-table`,
        );
      const { step, mine } = triedStep(world);
      const saved = await withLock(world, () => {
        if (name !== undefined && listSaves(world).some((save) => save.name === name))
          throw new UsageError(
            `there is a save '${name}' already: take another name (./version.sh restore lists all)`,
          );
        return saveMine(world, step, "save", name);
      });
      if (saved === undefined) say(world, `${mine.dir}/ is empty: nothing to save.`);
      else if (saved.isOld) say(world, `Nothing has changed since it was saved as ${saved.path}`);
      else say(world, `Saved: ${saved.path}`);
    });
  },
};
