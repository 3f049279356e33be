import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Course, Step } from "../../course/course.ts";
import { say, type World } from "../../course/world.ts";
import { type GitWorld, mustGit } from "../git.ts";
import { prepare, refuseDirty, requireGit } from "./begin.ts";
import { mergeNext } from "./carry.ts";
import { changes, placeOf, row, sinceText } from "./say.ts";
import { isChanged } from "./way.ts";

/** Shows what a carry would change in which step, as a table; as far as there is no conflict. */
export function tryCarry(world: World, course: Course, step: Step, from: string | undefined): void {
  withoutTraces(world, (it) => tryOn(it, course, step, from));
}

function tryOn(world: World, course: Course, step: Step, from: string | undefined): void {
  const state = prepare(world, course, step, from);
  if (!isChanged(world, state, from)) return;
  refuseDirty(world, state);
  say(world, "step  what would change; nothing is written, no check is run");
  say(world, row(step.id, `${sinceText(world, state)} (your change)`));
  let at = step.id;
  for (const id of state.later) {
    const { files, conflicts, beside } = mergeNext(world, state, at, id);
    const [first] = conflicts;
    say(
      world,
      row(id, first ? `CONFLICT in ${placeOf(first)}` : changes(world, state, id, files, beside)),
    );
    if (first !== undefined) {
      say(
        world,
        `The carry would stop at step ${id} for your hand: what comes after depends on it.`,
      );
      return;
    }
    state.now[id] = files;
    at = id;
  }
}

/** Lets git write its objects elsewhere: not even those are left behind. */
function withoutTraces(world: World, work: (world: GitWorld) => void): void {
  requireGit(world);
  const objects = resolve(world.root, mustGit(world, ["rev-parse", "--git-path", "objects"]));
  const folder = mkdtempSync(join(tmpdir(), "carry-"));
  try {
    const gitEnv = { GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
    work({ ...world, gitEnv });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
