import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { type Course, lessonOf, neighbour, type Step, titleFor } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { isAboutCode } from "../course/files.ts";
import { commandsToTry } from "../course/lesson.ts";
import { withLock } from "../course/lock.ts";
import { authorDir } from "../course/state.ts";
import { painter, sizeLines } from "../course/text.ts";
import { say, type World } from "../course/world.ts";
import { noteSwitch, ownServer } from "../running/own-server.ts";
import { adoptionLinks, applyPlan, type Changes, comparisonLinks, planLinks } from "./links.ts";

/**
 * Makes a step the adopted one: links first, then step.txt, which restarts a running server.
 * @param beforeSwitch runs once nothing stands in the way any more and before anything is changed
 * @throws CourseError if a file of the learner's is in the way; then nothing was changed
 */
export async function adoptStep(
  world: World,
  course: Course,
  step: Step,
  beforeSwitch: () => void | Promise<void> = () => {},
): Promise<Changes> {
  if (!existsSync(join(step.path, "app.ts")))
    throw new CourseError(
      `step ${step.id} has no app.ts (${step.dir}/app.ts): bring it back with git checkout -- ${step.dir}, or choose another one (./version.sh list)`,
    );
  return await withLock(world, async () => {
    const plan = planLinks(world, course, adoptionLinks(course, step), step.dir);
    await beforeSwitch();
    // Before the app starts again, which is noted in the same place.
    noteSwitch(world, authorDir(step.dir));
    return applyPlan(world, plan);
  });
}

/** Makes the links for comparing, app-NN.ts, alone. */
export async function updateComparisonLinks(world: World, course: Course): Promise<Changes> {
  return await withLock(world, () =>
    applyPlan(world, planLinks(world, course, comparisonLinks(course))),
  );
}

/** Says what became of copies: that there are some, and where edited ones were kept. */
export function reportCopies(world: World, changes: Changes): void {
  if (changes.firstCopies)
    say(
      world,
      "This system refuses symbolic links: the files in the top folder are marked copies. Edit those in the step's folder instead.",
    );
  for (const { name, path } of changes.saved)
    say(world, `You had edited the copy ${name}: your version is kept as ${path}`);
}

/** Says which step is adopted now, what it changes, and what to try. */
export async function reportAdopted(world: World, course: Course, step: Step): Promise<void> {
  const paint = painter(world);
  say(world, paint("bold", `Step ${step.id}: ${titleFor(step)}`));
  const before = neighbour(course, step, -1);
  if (before !== undefined) {
    const { changesBetween } = await import("../course/changes.ts");
    const changes = changesBetween(
      { name: before.dir, path: before.path },
      { name: step.dir, path: step.path },
    ).filter((change) => !isAboutCode(change.path));
    say(world, `\nChanged from step ${before.id} (all of it: ./version.sh diff ${step.id}):`);
    for (const line of changes.length > 0 ? sizeLines(changes, paint) : ["no code"])
      say(world, `  ${line}`);
  }
  const lesson = lessonOf(step);
  if (lesson === undefined) {
    say(
      world,
      `\nIts lesson ${step.dir}/README.md is missing: bring it back with git checkout -- ${step.dir}`,
    );
    return;
  }
  say(world, `\nThe lesson: ${step.dir}/README.md`);
  const commands = await here(world, course, commandsToTry(lesson));
  if (commands.length > 0) say(world, "Try:");
  for (const command of commands) say(world, `  ${paint("cyan", command)}`);
}

/** Commands of a lesson on the port of the server that runs in this clone, which may have been told another. */
async function here(world: World, course: Course, commands: string[]): Promise<string[]> {
  const [{ aboutCourse }, { withPorts }] = await Promise.all([
    import("../course/about.ts"),
    import("../course/ports.ts"),
  ]);
  const port = ownServer(world)?.port;
  if (port === undefined) return commands;
  const usual = aboutCourse(world.root, course.folder).port;
  return commands.map((command) => withPorts(command, (it) => (it === usual ? port : it)));
}

/** Says how to get out of it when the step's database file is damaged: its app cannot start then. */
export async function reportDamage(world: World, step: Step): Promise<void> {
  const { databaseOf, dataOf } = await import("../running/data.ts");
  const file = databaseOf(world.root, step);
  if (file === undefined || dataOf(file) !== "unreadable") return;
  say(
    world,
    `\n${relative(world.root, file)} is no readable database: ./version.sh reset ${step.id} puts it aside and makes a fresh one`,
  );
}

/** Rewrites step.txt with the step that it names, so that a running server restarts. Needs the lock. */
export function touchState(world: World, step: Step): void {
  applyPlan(world, { links: [], stale: [], edited: [], hadCopies: true, dir: step.dir });
}
