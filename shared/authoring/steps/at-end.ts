import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { adoptionLinks, applyPlan, planLinks } from "../../adopt/links.ts";
import { DEFAULT_COURSE, findStep, readCourse } from "../../course/course.ts";
import { explain } from "../../course/errors.ts";
import { mineOf } from "../../course/mine.ts";
import { authorDir } from "../../course/state.ts";
import { summaryOf } from "../../course/summary.ts";
import type { World } from "../../course/world.ts";
import { withTable } from "../../generate/table.ts";
import { replaceFile } from "./replace.ts";

/**
 * What follows from the folders after they were rearranged: the table of README.md and the links in
 * the top folder. It may be repeated. Needs the lock.
 */
export function follow(world: World, folder: string, adopt: string | undefined): void {
  const warn = (what: string, error: unknown) =>
    world.stderr.write(`version.sh: ${what}: ${explain(error).line}\n`);
  const readme = join(world.root, "README.md");
  if (folder === DEFAULT_COURSE && existsSync(readme)) {
    try {
      const text = readFileSync(readme, "utf8");
      const wanted = withTable(text, summaryOf(readCourse(world, folder)));
      if (wanted !== text) replaceFile(world, readme, wanted);
    } catch (error) {
      warn("the table of README.md was not made anew", error);
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
