import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { adoptStep } from "../adopt/adopt.ts";
import { linkedFolders } from "../adopt/found.ts";
import type { Changes } from "../adopt/links.ts";
import { type Course, neighbour, type Step } from "../course/course.ts";
import { withLock } from "../course/lock.ts";
import { hasMine, mineOf } from "../course/mine.ts";
import type { World } from "../course/world.ts";
import { filesFrom, type NewFile, placeFiles } from "./place.ts";
import { noteDone } from "./progress.ts";
import { type Save, saveMine } from "./saves.ts";

/** The style sheet is given: nobody learns anything from typing it. */
const STYLE = "public/style.css";

/** The app of somebody who begins at the first step. */
const EMPTY_APP = "// Your app begins here: the lesson says what it has to do.\n";

/** How a step of the learner's began. */
export interface Begun {
  readonly mine: Step;
  /** What its files were copied from, from the root; undefined if they were there already. */
  readonly from: string | undefined;
  /** Whether our style sheet of this step was put in. */
  readonly style: "given" | "kept" | "none";
  /** What was saved first. */
  readonly saved: Save | undefined;
  readonly changes: Changes;
}

/**
 * Makes the learner's own folder of a step, unless it is there already, and links the top folder to it.
 * @param from whose code to begin with: the learner's step before, or ours; nothing at the first one
 * @param again saves the folder that is there, and begins anew
 */
export async function beginStep(
  world: World,
  course: Course,
  step: Step,
  from: Step | undefined,
  again: boolean,
): Promise<Begun> {
  const mine = mineOf(world, step);
  const made = await withLock(world, () => {
    if (hasMine(world, step) && !again)
      return { from: undefined, saved: undefined, style: "none" as const };
    const saved = saveMine(world, step, "try --again");
    const { files, style } = startFiles(course, step, from);
    // Nobody has to guess the names of the folders that a step has.
    placeFiles(world, mine.dir, files, linkedFolders(step));
    return { from: from?.dir ?? "nothing", saved, style };
  });
  const changes = await adoptStep(world, course, mine);
  await withLock(world, () =>
    noteDone(world, step, "tried", made.from === undefined ? {} : { from: made.from }),
  );
  return { mine, ...made, changes };
}

function startFiles(
  course: Course,
  step: Step,
  from: Step | undefined,
): { files: NewFile[]; style: Begun["style"] } {
  const files = from === undefined ? [] : filesFrom(from.path);
  if (!files.some(({ path }) => path === "app.ts"))
    files.unshift({ path: "app.ts", text: EMPTY_APP });
  const ours = join(step.path, STYLE);
  if (!existsSync(ours)) return { files, style: "none" };
  const own = files.find(({ path }) => path === STYLE);
  if (own !== undefined && "from" in own && !isOurs(course, step, own.from))
    return { files, style: "kept" };
  const others = files.filter((file) => file !== own);
  return { files: [...others, { path: STYLE, from: ours }], style: "given" };
}

/** Whether a style sheet is the one of our step before: then ours of this step may take its place. */
function isOurs(course: Course, step: Step, path: string): boolean {
  const before = neighbour(course, step, -1);
  const same = (other: string) =>
    existsSync(other) && readFileSync(other).equals(readFileSync(path));
  return [before, step].some((each) => each !== undefined && same(join(each.path, STYLE)));
}
