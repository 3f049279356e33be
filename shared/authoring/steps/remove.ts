import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Course, neighbour, type Step } from "../../course/course.ts";
import { CourseError } from "../../course/errors.ts";
import { savedPath } from "../../course/saved.ts";
import type { World } from "../../course/world.ts";
import { withNewIds } from "./mentions.ts";
import { type Done, rearrange } from "./rearrange.ts";

/** A step that left the course. */
export interface Removed extends Done {
  /** Where its folder is now, from the root. */
  readonly to: string;
  readonly heir: Step;
}

/**
 * Takes a step out of its course. Its folder, with its data, is kept; what names it names the step
 * after it from then on, because that one now brings what it brought.
 * @throws CourseError if it is the only step, or the last one and a lesson or check names it
 */
export async function removeStep(world: World, course: Course, step: Step): Promise<Removed> {
  const next = neighbour(course, step, 1);
  const heir = next ?? neighbour(course, step, -1);
  if (heir === undefined)
    throw new CourseError(
      `step ${step.id} is the only one of ${course.folder}/: a course needs a step, so insert another one first`,
    );
  const places = next === undefined ? placesThatName(course, step) : [];
  if (places.length > 0)
    throw new CourseError(
      `step ${step.id} is the last one, and no later step could take its place in ${places.join(", ")}: change ${places.length === 1 ? "that line" : "those lines"} first`,
    );
  const to = savedPath(world, step.dir.replaceAll("/", "-"));
  const done = await rearrange(world, course, { moved: new Map(), removed: { step, to, heir } });
  return { ...done, to, heir };
}

/** The lines of the other steps' lessons and checks that name a step. */
function placesThatName({ folder, steps }: Course, step: Step): string[] {
  const ids = new Map([[step.id, "--"]]);
  return steps
    .filter(({ id }) => id !== step.id)
    .flatMap(({ dir, path }) =>
      ["README.md", "check.test.ts"].flatMap((name) => {
        const lines = readFileSync(join(path, name), "utf8").split("\n");
        return lines.flatMap((line, index) =>
          withNewIds(line, ids, folder) === line ? [] : [`${dir}/${name}:${index + 1}`],
        );
      }),
    );
}
