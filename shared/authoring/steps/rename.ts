import { type Course, isStepId, type Step } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { type Done, rearrange } from "./rearrange.ts";

/**
 * Gives a step another name, in the same place of the course.
 * @throws UsageError for what is no name of a step, CourseError for one that is taken or would stand elsewhere
 */
export async function renameStep(
  world: World,
  course: Course,
  step: Step,
  to: string,
): Promise<Done> {
  if (!isStepId(to))
    throw new UsageError(
      `'${to}' is no name of a step: two digits, and a letter if need be, such as 04 or 03b`,
    );
  const ids = course.steps.map(({ id }) => id);
  if (to === step.id) throw new UsageError(`step ${to} has that name already: nothing to rename`);
  if (ids.includes(to))
    throw new CourseError(
      `there is a step ${to} already: rename or remove it first, or ./version.sh insert … --renumber makes room`,
    );
  const at = ids.indexOf(step.id);
  const [before, after] = [ids[at - 1], ids[at + 1]];
  if ((before !== undefined && to < before) || (after !== undefined && to > after)) {
    const range =
      before === undefined
        ? `before ${after}`
        : after === undefined
          ? `after ${before}`
          : `between ${before} and ${after}`;
    throw new CourseError(
      `step ${to} would stand elsewhere in the course than step ${step.id}, and its code fits here alone: choose a name ${range}`,
    );
  }
  return await rearrange(world, course, { moved: new Map([[step.id, to]]) });
}
