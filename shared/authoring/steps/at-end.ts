import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { adoptionLinks, applyPlan, planLinks } from "../../adopt/links.ts";
import { DEFAULT_COURSE, findStep, readCourse } from "../../course/course.ts";
import { explain } from "../../course/errors.ts";
import { mineOf } from "../../course/mine.ts";
import { authorDir } from "../../course/state.ts";
import { readmeOf } from "../../course/summary.ts";
import type { World } from "../../course/world.ts";
import { withTables } from "../../generate/courses.ts";
import { replaceFile } from "./replace.ts";

/**
 * What follows from the folders after they were rearranged: the tables of the pages and the links in
 * the top folder. It may be repeated. Needs the lock.
 */
export function follow(world: World, folder: string, adopt: string | undefined): void {
  const warn = (what: string, error: unknown) =>
    world.stderr.write(`version.sh: ${what}: ${explain(error).line}\n`);
  // A course that has one step more or fewer changes the table of the courses, too.
  for (const course of new Set([folder, DEFAULT_COURSE])) {
    const file = readmeOf(course);
    const path = join(world.root, file);
    if (!existsSync(path) || !existsSync(join(world.root, course))) continue;
    try {
      const text = readFileSync(path, "utf8");
      const wanted = withTables(world.root, course, text);
      if (wanted !== text) replaceFile(world, path, wanted);
    } catch (error) {
      warn(`the table of ${file} was not made anew`, error);
    }
  }
  if (adopt === undefined) return;
  try {
    const course = readCourse(world, folder);
    const own = findStep(course, authorDir(adopt).slice(folder.length + 1));
    const step = adopt === own.dir ? own : mineOf(world, own);
    applyPlan(world, planLinks(world, course, adoptionLinks(course, step), step.dir));
  } catch (error) {
    warn(`${adopt} is not linked into the top folder`, error);
  }
}
