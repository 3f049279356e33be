import { reportCopies, reportDamage } from "../adopt/adopt.ts";
import { type Course, lessonOf, type Step, titleFor } from "../course/course.ts";
import { plain } from "../course/lesson.ts";
import { ideaOf } from "../course/lesson-parts.ts";
import { painter } from "../course/text.ts";
import { say, type World } from "../course/world.ts";
import type { Begun } from "./begin.ts";

/** Says where the learner's files are, what to build, and what will be checked. */
export async function reportBegun(
  world: World,
  course: Course,
  step: Step,
  begun: Begun,
): Promise<void> {
  const paint = painter(world);
  reportCopies(world, begun.changes);
  say(world, paint("bold", `Step ${step.id}, your own: ${titleFor(step)}`));
  say(world, `\nYour files: ${begun.mine.dir}/ ${fromWhat(begun, step)}`);
  if (begun.saved !== undefined) say(world, `What you had is saved: ${begun.saved.path}`);
  if (begun.style === "given") say(world, "public/style.css is ours already: no need to write it.");
  if (begun.style === "kept")
    say(world, `public/style.css stays as you have it (ours: ${step.dir}/public/style.css).`);
  const lesson = lessonOf(step);
  if (lesson !== undefined) say(world, `\n${ideaOf(lesson)}`);
  const { promisesOf } = await import("./promises.ts");
  const promises = await promisesOf(course, step);
  if (promises.length > 0) say(world, "\nWhat will be checked:");
  for (const promise of promises) say(world, `  - ${plain(promise)}`);
  say(world, `\nThe lesson: ${step.dir}/README.md (it shows a solution, too)`);
  const verbs: [string, string][] = [
    ["./version.sh check", "is it right? --watch looks at each save"],
    ["./version.sh hint", "a little help"],
    ["./version.sh compare", "your files beside ours"],
    ["./version.sh next", "when all is kept: on with your own code"],
  ];
  for (const [command, does] of verbs)
    say(world, `  ${paint("cyan", command.padEnd(20))}   ${does}`);
  await reportDamage(world, begun.mine);
}

function fromWhat({ from }: Begun, step: Step): string {
  if (from === undefined)
    return `(as you left them; ./version.sh try ${step.id} --again begins anew)`;
  return from === "nothing" ? "(nothing is there yet)" : `(a copy of ${from}/)`;
}
