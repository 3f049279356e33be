import { adoptStep, reportCopies } from "../../adopt/adopt.ts";
import { DEFAULT_COURSE, shortName, typedAs } from "../../course/course.ts";
import { dayOf, timeOf } from "../../course/dates.ts";
import { withLock } from "../../course/lock.ts";
import { mineOf } from "../../course/mine.ts";
import { adoptedDir, courseOf } from "../../course/state.ts";
import { say, type World } from "../../course/world.ts";
import {
  findSave,
  listSaves,
  otherKept,
  restoreSave,
  type Save,
  stepDirOf,
} from "../../own/saves.ts";
import type { Context, Verb } from "../verb.ts";

/** `restore [which]`: what was there before. */
export const verb: Verb = {
  summary: "bring saved files back, or list them by date",
  examples: [
    ["./version.sh restore", "the list, newest first"],
    ["./version.sh restore 1", "the newest; yours is saved first"],
    ["./version.sh restore before-the-table", "by its name"],
  ],
  define(command, context) {
    command
      .argument("[which]", "its number in the list, its name or its folder")
      .action(async (which?: string) => {
        if (which === undefined) list(context.world, context.hasSequels());
        else await restore(context, findSave(context.world, which));
      });
  },
};

async function restore(context: Context, save: Save): Promise<void> {
  const { world } = context;
  const { course, step } = context.step(stepDirOf(save));
  const mine = mineOf(world, step);
  const before = await withLock(world, () => restoreSave(world, save, step));
  const isHere = adoptedDir(world) === mine.dir;
  if (isHere) reportCopies(world, await adoptStep(world, course, mine));
  say(
    world,
    `Your step ${step.id} is as it was on ${inWords(new Date(save.date))} (${mine.dir}/).`,
  );
  if (before !== undefined) say(world, `What you had just now is saved: ${before.path}`);
  if (!isHere)
    say(world, `To work on it: ./version.sh try ${typedAs(step, context.course().folder)}`);
}

/** @param named whether to name the course of each, and not only of another one than `steps` */
function list(world: World, named: boolean): void {
  const saves = listSaves(world).reverse();
  if (saves.length === 0) say(world, "Nothing of your steps was saved yet.");
  saves.forEach((save, index) => {
    const dir = stepDirOf(save);
    const isNamed = named || courseOf(dir) !== DEFAULT_COURSE;
    const id = isNamed ? shortName(dir) : dir.split("/").at(-1);
    const name = save.name === undefined ? `before ${save.by}` : `"${save.name}"`;
    const what = save.by === "save" && save.name === undefined ? "" : `  ${name}`;
    const date = inWords(new Date(save.date));
    say(world, `${String(index + 1).padStart(3)}  ${date}  step ${id?.padEnd(3)}${what}`);
  });
  if (saves.length > 0) say(world, "\n./version.sh restore 1 brings the first of them back.");
  const others = otherKept(world);
  if (others.length === 0) return;
  say(world, "\nKept besides (a database: ./version.sh reset NN --from FILE):");
  for (const { path, date } of others) say(world, `     ${inWords(date)}  ${path}`);
}

function inWords(date: Date): string {
  return `${dayOf(date)} ${timeOf(date)}`;
}
