import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Report } from "../check/index.ts";
import { reportOf } from "../check/report.ts";
import { ABOUT } from "../course/about.ts";
import { type Course, HELPERS_FILE, type Step } from "../course/course.ts";
import { filesOf } from "../course/files.ts";
import { MINE } from "../course/mine.ts";
import type { World } from "../course/world.ts";
import { findBrowser } from "../testkit/browser-program.ts";
import { placeText } from "./place.ts";

/** The last check in which all promises were kept, from the root. */
export const LAST_CHECK_FILE = `${MINE}/.last-check.json`;

const outcome = z.object({
  title: z.string(),
  state: z.enum(["kept", "skipped"]),
  reason: z.string().optional(),
});
const lastCheck = z.object({
  key: z.string(),
  at: z.iso.datetime(),
  groups: z.array(z.object({ step: z.string(), outcomes: z.array(outcome) })),
});

/** What of the environment changes how an app works; all of it would change with each terminal. */
const ENVIRONMENT = /^(TZ|LANG|LC_\w+|NODE_\w+|CI|CHROME|CHECK_\w+)$/;

/**
 * A digest of what the answer of a check depends on: the learner's files, the checks up to this
 * step, what runs them, the packages (Node is one of them), the browser and the environment.
 * @returns undefined where not all of it can be read: then nothing is remembered
 */
export function keyOf(world: World, course: Course, step: Step, mine: Step): string | undefined {
  try {
    return digestOf(world, course, step, mine);
  } catch {
    return undefined;
  }
}

function digestOf(world: World, course: Course, step: Step, mine: Step): string {
  const hash = createHash("sha256");
  const add = (folder: string, paths: readonly string[]) => {
    for (const path of paths) {
      const file = join(folder, path);
      // Two files must not be taken for one with the bytes of both.
      const bytes = existsSync(file) ? readFileSync(file) : "none";
      hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    }
  };
  const browser = findBrowser({ ...world.env });
  // An update of a browser leaves its path as it is.
  const updated = browser === undefined ? 0 : statSync(browser).mtimeMs;
  const environment = Object.entries(world.env).filter(([name]) => ENVIRONMENT.test(name));
  hash.update(JSON.stringify([step.dir, world.execPath, browser, updated, environment.sort()]));
  add(mine.path, filesOf(mine.path));
  const position = course.steps.findIndex(({ id }) => id === step.id);
  for (const { path } of course.steps.slice(0, position + 1)) add(path, ["check.test.ts"]);
  const ofCourse = [ABOUT, HELPERS_FILE, "package-lock.json", "node_modules/.package-lock.json"];
  add(join(world.root, course.folder), ofCourse);
  for (const name of ["check", "testkit"]) {
    const folder = join(world.root, "shared", name);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    add(folder, files.map((file) => file.name).sort());
  }
  // What npm has really installed, which package-lock.json only asks for.
  add(world.root, ["package-lock.json", "node_modules/.package-lock.json"]);
  return hash.digest("hex");
}

/** The report of the last check, and when it was made; undefined unless it is of the same key. */
export function readLastCheck(world: World, key: string): { report: Report; at: Date } | undefined {
  const file = join(world.root, LAST_CHECK_FILE);
  if (!existsSync(file)) return undefined;
  try {
    const { data } = lastCheck.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (data?.key !== key) return undefined;
    const groups = data.groups.map(({ step, outcomes }) => ({
      step,
      outcomes: outcomes.map(({ title, state, reason }) => {
        return { title, state, ...(reason ? { reason } : {}), traffic: [], duration: 0 };
      }),
    }));
    return { report: reportOf(groups, undefined, 0), at: new Date(data.at) };
  } catch {
    // It only saves time.
    return undefined;
  }
}

/** Remembers a check in which all promises were kept, where that can be written. Needs the lock. */
export function writeLastCheck(world: World, key: string, { groups }: Report): void {
  const at = world.now().toISOString();
  const kept = groups.map(({ step, outcomes }) => ({
    step,
    outcomes: outcomes.map(({ title, state, reason }) => ({ title, state, reason })),
  }));
  try {
    placeText(world, LAST_CHECK_FILE, `${JSON.stringify({ key, at, groups: kept })}\n`);
  } catch {
    // It only saves time.
  }
}
