import { courseName } from "../../course/about.ts";
import { titleFor } from "../../course/course.ts";
import { dayOf } from "../../course/dates.ts";
import { withLock } from "../../course/lock.ts";
import { adoptedDir, authorDir } from "../../course/state.ts";
import { painter } from "../../course/text.ts";
import { say } from "../../course/world.ts";
import { changedSince, damagedLine, readProgress, type StepProgress } from "../../own/progress.ts";
import type { Verb } from "../verb.ts";

/** `progress`: where the learner is. */
export const verb: Verb = {
  summary: "where you are: steps read, tried and solved, with dates",
  examples: [["./version.sh progress", "also tells which steps have changed since"]],
  define(command, context) {
    command.action(async () => {
      const { world } = context;
      const course = context.course();
      const { progress, damaged } = await withLock(world, () => readProgress(world));
      if (damaged !== undefined) world.stderr.write(`version.sh: ${damagedLine(damaged)}\n`);
      const at = authorDir(adoptedDir(world) ?? "");
      const paint = painter(world);
      if (context.hasSequels()) say(world, paint("bold", courseName(world.root, course.folder)));
      say(world, "  step  read        tried       solved");
      const changed: string[] = [];
      let solved = 0;
      for (const step of course.steps) {
        const done: StepProgress = progress.steps[step.dir] ?? {};
        const dates = [done.read, done.tried, done.solved].map((date) => day(date).padEnd(10));
        const help = done.helped ? " *" : "  ";
        const mark = step.dir === at ? "●" : " ";
        const line = `${mark} ${step.id.padEnd(4)}  ${dates.join("  ")}${help} ${titleFor(step)}`;
        say(world, step.dir === at ? paint("bold", line) : line);
        if (done.solved !== undefined) solved++;
        const since = changedSince(step, done);
        if (since.length > 0) changed.push(`  step ${step.id}: ${since.join(" and ")}`);
      }
      const some = course.steps.some(({ dir }) => progress.steps[dir]?.helped);
      say(
        world,
        `\n${solved} of ${course.steps.length} solved${some ? " (* our files were taken)" : ""}`,
      );
      if (changed.length === 0) return;
      say(world, "\nChanged by an update of the course since you were there:");
      for (const line of changed) say(world, line);
    });
  },
};

/** The day of a date, in local time. */
function day(date: string | undefined): string {
  return date === undefined ? "-" : dayOf(new Date(date));
}
