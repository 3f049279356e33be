import { say, type World } from "../../course/world.ts";
import { git, mustGit } from "../git.ts";
import { sameFiles } from "./files.ts";
import type { State } from "./state.ts";

/** How many of a step's commits are shown, and how much of each. */
const [SHOWN, LONG] = [5, 60];

/** The command that carries a step's change, whichever course is adopted. */
export function carrying(dir: string, from?: string): string {
  return `./version.sh carry ${dir}${from === undefined ? "" : ` --from ${from}`}`;
}

/** The commands that carry a step's change where the work tree holds other changes, too. */
export function committingFirst(state: State, id: string, message: string): string {
  const { course, base } = state;
  return `git add ${course} && git commit -m "${message}", then ${carrying(`${course}/${id}`, base)}`;
}

/**
 * Whether the step was changed at all; if not, it is said, and what else may be meant: another step,
 * or a commit that it was changed in.
 */
export function isChanged(world: World, state: State, from: string | undefined): boolean {
  if (!sameFiles(state.old[state.step] ?? new Map(), state.now[state.step] ?? new Map()))
    return true;
  const dir = `${state.course}/${state.step}`;
  say(world, `Nothing to carry: ${dir} is as in ${from ?? "the last commit"}.`);
  const [other] = state.edited;
  if (other !== undefined) {
    const its = `${state.course}/${other}`;
    const way = carrying(its, from === undefined ? undefined : state.base);
    say(world, `${its} differs from it: ${way}`);
  }
  const commits = commitsOf(world, dir);
  if (commits.length > 0)
    say(world, "If its change is committed already, this carries it, and what came after:");
  for (const { id, subject } of commits) say(world, `  ${carrying(dir, `${id}~1`)}  ${subject}`);
  return false;
}

/** The last commits that changed a step, but for the one that brought it. */
function commitsOf(world: World, dir: string): { id: string; subject: string }[] {
  const settings = ["-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=utf-8"];
  const args = [
    "log",
    `-${SHOWN}`,
    "--no-merges",
    `--format=%h %<(${LONG},trunc)%s`,
    "HEAD",
    "--",
    `:(literal)${dir}`,
  ];
  return mustGit(world, [...settings, ...args])
    .split("\n")
    .map((line) => {
      const [id = "", ...words] = line.split(" ");
      return { id, subject: words.join(" ").trimEnd() };
    })
    .filter(({ id }) => git(world, ["cat-file", "-e", `${id}~1:${dir}`]).code === 0);
}
