import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ABOUT } from "../../course/about.ts";
import { withCount, withLast } from "../../course/counts.ts";
import {
  type Course,
  courseFolders,
  DEFAULT_COURSE,
  END_FILE,
  EXAMPLE_FILE,
  HELPERS_FILE,
  type Step,
} from "../../course/course.ts";
import { withLock } from "../../course/lock.ts";
import { MINE } from "../../course/mine.ts";
import { SAVED_FOLDER, savedPath } from "../../course/saved.ts";
import { adoptedDir, authorDir } from "../../course/state.ts";
import type { World } from "../../course/world.ts";
import { PROGRESS_FILE } from "../../own/progress.ts";
import { requireNoCarry } from "../carry/state.ts";
import { follow } from "./at-end.ts";
import type { NewIds } from "./ids.ts";
import { commit, finish, type Rearrangement } from "./journal.ts";
import { withNewIds } from "./mentions.ts";

/** Files outside the courses that name steps of `steps/`. */
const NAMING = [
  "README.md",
  "CONTRIBUTING.md",
  "package.json",
  "shared/docs/not-run.ts",
  "shared/generate/picture.ts",
];

/** The second copy of the progress, which `git clean` leaves; that of a worktree follows when a step is done next. */
const PROGRESS_COPY = ".git/course/progress.json";

/** What becomes of a course's steps. */
export interface Wanted {
  /** New names of steps that stay. */
  readonly moved: NewIds;
  /** Where the folder of a step goes that leaves the course, and which step takes its mentions over. */
  readonly removed?: { readonly step: Step; readonly to: string; readonly heir: Step | undefined };
  /** A new step: a copy of another one with these texts. */
  readonly added?: {
    readonly id: string;
    readonly copyOf: Step;
    readonly texts: Record<string, string>;
  };
}

/** What was done besides: files that name steps by their new names, folders of the learner's that moved. */
export interface Done {
  readonly texts: readonly string[];
  readonly mine: readonly Move[];
  /** What stood where a folder goes, and is kept. */
  readonly aside: readonly Move[];
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** Rearranges a course, with everything that names its steps. */
export async function rearrange(world: World, course: Course, wanted: Wanted): Promise<Done> {
  // Its notes name the steps as they are.
  requireNoCarry(world, course.folder);
  return await withLock(world, () => {
    const { change, mine, aside } = planFor(world, course, wanted);
    commit(world, change);
    finish(world, follow);
    return { texts: [...change.texts.keys()], mine, aside };
  });
}

/** What a change means for folders and texts; nothing is written. */
export function planFor(
  world: World,
  course: Course,
  { moved, removed, added }: Wanted,
): { change: Rearrangement } & Pick<Done, "mine" | "aside"> {
  const { folder } = course;
  const nowOf = (id: string) => `${folder}/${moved.get(id) ?? id}`;
  const there = (path: string) => existsSync(join(world.root, path));
  const own = course.steps.map(({ id, dir }) => ({ from: dir, to: nowOf(id) }));
  const ofLearner = own.map(({ from, to }) => ({ from: `${MINE}/${from}`, to: `${MINE}/${to}` }));
  const isGone = ({ from }: { from: string }) => from.endsWith(`${folder}/${removed?.step.id}`);
  const keeps = (move: Move) => move.from !== move.to && !isGone(move);
  const mine = [
    ...ofLearner.filter(keeps),
    ...(removed === undefined
      ? []
      : [{ from: `${MINE}/${removed.step.dir}`, to: `${removed.to}-yours` }]),
  ].filter(({ from }) => there(from));
  const leave = [
    ...own.filter(keeps),
    ...(removed === undefined ? [] : [{ from: removed.step.dir, to: removed.to }]),
    ...mine,
  ];
  const names = new Map(moved);
  if (removed?.heir !== undefined)
    names.set(removed.step.id, moved.get(removed.heir.id) ?? removed.heir.id);
  const texts = new Map<string, string>();
  const told = toldAfter(course, { moved, ...(removed && { removed }), ...(added && { added }) });
  for (const { path, text, isOwn } of textsThatName(world, course)) {
    const follows = withNewIds(text, names, folder, isOwn);
    const renamed = isOwn ? told(follows) : follows;
    const step = own.find(({ from }) => path.startsWith(`${from}/`));
    if (renamed === text || (step !== undefined && isGone(step))) continue;
    texts.set(step === undefined ? path : step.to + path.slice(step.from.length), renamed);
  }
  for (const [path, text] of learnersNotes(world, folder, moved)) texts.set(path, text);
  const copies = added
    ? [{ from: added.copyOf.dir, to: `${folder}/${added.id}`, texts: added.texts }]
    : [];
  const aside = inTheWay(world, leave, copies);
  const adopt = adoptedAfter(world, folder, names, removed?.step);
  const moves = [...leave, ...aside];
  return { change: { course: folder, moves, copies, texts, removed: [], adopt }, mine, aside };
}

/** Where a folder goes to, and another one stands that stays: what a step of another branch has left. */
function inTheWay(
  world: World,
  leave: readonly Move[],
  copies: readonly { readonly to: string }[],
): Move[] {
  const free = new Set(leave.map(({ from }) => from));
  return [...leave, ...copies]
    .filter(({ to }) => !free.has(to) && existsSync(join(world.root, to)))
    .map(({ to }) => ({ from: to, to: savedPath(world, to.replaceAll("/", "-")) }));
}

/** Keeps true what a text says of the course as a whole: how many steps it has, and which is the last. */
function toldAfter({ steps }: Course, { moved, removed, added }: Wanted): (text: string) => string {
  const count = steps.length + (added === undefined ? 0 : 1) - (removed === undefined ? 0 : 1);
  const last = steps.at(-1)?.id ?? "";
  const lastNow = moved.get(last) ?? last;
  return (text) => {
    const counted = withCount(text, steps.length, count);
    // A last step with a new name, or one that leaves, is renamed wherever it is named.
    if (added === undefined || added.id < lastNow) return counted;
    return withLast(counted, lastNow, added.id);
  };
}

/** The texts that may name steps of a course, as they are now. */
function textsThatName(
  world: World,
  { folder, steps }: Course,
): { path: string; text: string; isOwn: boolean }[] {
  const lessons = (dirs: string[]) =>
    dirs.flatMap((dir) => [`${dir}/README.md`, `${dir}/check.test.ts`]);
  const own = [
    ...lessons(steps.map(({ dir }) => dir)),
    ...[ABOUT, EXAMPLE_FILE, END_FILE, HELPERS_FILE, "README.md"].map(
      (name) => `${folder}/${name}`,
    ),
  ];
  const others = courseFolders(world.root)
    .filter((other) => other !== folder && existsSync(join(world.root, other)))
    .flatMap((other) => [
      ...lessons(readdirSync(join(world.root, other)).map((name) => `${other}/${name}`)),
      `${other}/README.md`,
      `${other}/${END_FILE}`,
    ]);
  const about = folder === DEFAULT_COURSE;
  return [...own, ...others, ...NAMING]
    .filter((path) => existsSync(join(world.root, path)))
    .map((path) => ({
      path,
      text: readFileSync(join(world.root, path), "utf8"),
      isOwn: own.includes(path) || (about && NAMING.includes(path)),
    }));
}

/** The learner's progress and the notes in what was saved, which name steps by their folders. */
function* learnersNotes(world: World, folder: string, moved: NewIds): Generator<[string, string]> {
  const saved = join(world.root, SAVED_FOLDER);
  const saves = existsSync(saved)
    ? readdirSync(saved).map((name) => `${SAVED_FOLDER}/${name}/saved.json`)
    : [];
  for (const path of [PROGRESS_FILE, PROGRESS_COPY, ...saves]) {
    if (!existsSync(join(world.root, path))) continue;
    const text = readFileSync(join(world.root, path), "utf8");
    const renamed = withNewIds(text, moved, folder, false);
    if (renamed !== text) yield [path, renamed];
  }
}

/** What is adopted afterwards, where it is a step of this course: that which takes its place. */
function adoptedAfter(
  world: World,
  folder: string,
  names: NewIds,
  removed: Step | undefined,
): string | undefined {
  const dir = adoptedDir(world);
  const author = authorDir(dir ?? "");
  if (dir === undefined || author.slice(0, author.lastIndexOf("/")) !== folder) return undefined;
  const id = author.slice(folder.length + 1);
  const now = `${folder}/${names.get(id) ?? id}`;
  return dir === author || removed?.id === id ? now : `${MINE}/${now}`;
}
