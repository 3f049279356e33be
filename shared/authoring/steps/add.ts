import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Course, Step } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import type { World } from "../../course/world.ts";
import { type Place, placeAfter, placeByNumber, placeNext } from "./ids.ts";
import { type Done, rearrange } from "./rearrange.ts";
import { CHECK_SKELETON, lessonSkeleton } from "./skeleton.ts";

/** How a new step gets its name: with a letter, by making room, or as the next number that is free. */
export type Naming = "letter" | "number" | "next";

const PLACES = { letter: placeAfter, number: placeByNumber, next: placeNext };

/** A step that was added. */
export interface Added extends Done {
  readonly id: string;
  readonly moved: Place["moved"];
}

/**
 * Adds a step after another one: a copy of it, with a lesson and a check to be written.
 * @throws UsageError for a title that is no line, CourseError if no name is free
 */
export async function addStep(
  world: World,
  course: Course,
  after: Step,
  title: string | undefined,
  naming: Naming,
): Promise<Added> {
  if (title !== undefined && (title.trim() === "" || /[\r\n]/.test(title)))
    throw new UsageError(
      `'${title.split("\n", 1)[0]}' is no title: give one line of text in quotes, as in insert 03 "GET /api/users to list users"`,
    );
  if (!existsSync(join(after.path, "app.ts")))
    throw new CourseError(
      `step ${after.id} has no app.ts to copy: bring it back with git checkout -- ${after.dir}`,
    );
  const ids = course.steps.map(({ id }) => id);
  const { id, moved } = PLACES[naming](ids, after.id);
  const texts = {
    "README.md": lessonSkeleton(title?.trim()),
    "check.test.ts": CHECK_SKELETON,
  };
  const done = await rearrange(world, course, { moved, added: { id, copyOf: after, texts } });
  return { ...done, id, moved };
}
