import { adoptStep, reportAdopted, reportCopies, reportDamage } from "../../adopt/adopt.ts";
import type { Course, Step } from "../../course/course.ts";
import { CourseError, explain } from "../../course/errors.ts";
import { adoptedDir, courseOf } from "../../course/state.ts";
import type { World } from "../../course/world.ts";
import { bringData } from "../../running/keep-data.ts";
import { notedApps } from "../../running/own-server.ts";
import { ensurePackages } from "../../running/packages.ts";
import { type Context, NO_INSTALL, type Verb } from "../verb.ts";

/** `adopt NN`: makes a step the one that runs. */
export const verb: Verb = {
  summary: "use a step: link its files here; a running server switches to it",
  examples: [
    ["./version.sh adopt 4", "step 04; 04 and steps/04 mean the same"],
    ["./version.sh adopt 08 --keep-data", "take along the data that is there now"],
    ["./version.sh adopt NAME/02", "a step of another course: sequels/NAME/02"],
  ],
  define(command, context) {
    command
      .argument("<step>", "the step: 4, 04, steps/04")
      .option("--keep-data", "bring the data of the adopted step, where the new one has none")
      .option(...NO_INSTALL)
      .action(async (typed: string, options: { keepData?: boolean; install: boolean }) => {
        const { course, step } = context.step(typed);
        await switchTo(context, course, step, options.keepData ?? false, options.install);
      });
  },
};

/** Adopts a step and reports it: what adopt, next and previous have in common. */
export async function switchTo(
  { world }: Context,
  course: Course,
  step: Step,
  keepData: boolean,
  install = true,
): Promise<void> {
  // Before the switch: a running server starts the step at once.
  await ensurePackages(world, course.folder, install);
  const apps = notedApps(world);
  let note = "";
  const before = courseOf(adoptedDir(world));
  const changes = await adoptStep(world, course, step, async () => {
    if (keepData) note = await bringData(world, step);
  });
  // Loaded only now, as it brings all of zod: a running server already starts the step meanwhile.
  const { noteRead } = await import("../../own/progress.ts");
  await noteRead(world, step);
  const { aboutCourse } = await import("../../course/about.ts");
  try {
    aboutCourse(world.root, course.folder);
  } catch (error) {
    throw new CourseError(`step ${step.id} is adopted, but ${explain(error).line}`);
  }
  reportCopies(world, changes);
  await reportAdopted(world, course, step);
  if (before !== course.folder) await reportAfter(world, course);
  await reportDamage(world, step);
  if (note !== "") world.stdout.write(`\n${note}\n`);
  await reportSwitch(world, course, step, apps);
}

/**
 * Waits until the running server has gone to the adopted step, and says why it has not.
 * @param apps those that were noted before
 */
export async function reportSwitch(
  world: World,
  course: Course,
  step: Step,
  apps: ReturnType<typeof notedApps>,
): Promise<void> {
  if (apps.size === 0) return;
  const { switchProblem } = await import("../../running/switched.ts");
  const problem = await switchProblem(world, course, step, apps);
  if (problem !== undefined) world.stderr.write(`version.sh: ${problem}\n`);
}

/** Says which courses a course builds on, where one comes to it. */
async function reportAfter(world: World, course: Course): Promise<void> {
  const { aboutCourse, courseName } = await import("../../course/about.ts");
  const { after } = aboutCourse(world.root, course.folder);
  if (after.length === 0) return;
  const names = after.map((folder) => courseName(world.root, folder));
  world.stdout.write(`\nThis course comes after ${names.join(" and ")}.\n`);
}
