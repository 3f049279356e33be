import { setTimeout as sleep } from "node:timers/promises";
import { aboutCourse } from "../course/about.ts";
import type { Course, Step } from "../course/course.ts";
import type { World } from "../course/world.ts";
import { runningVersion } from "./client.ts";
import { needsOf } from "./needs.ts";
import { notedApps, type OwnServer, ownServer } from "./own-server.ts";
import { NO_NOTICES } from "./restarts.ts";

/** How long the server of this clone may take to come up with another step, in ms. */
const SWITCH_MS = 8000;

/**
 * After a switch: looks at the running server of this clone until it is the new step. Its app has to
 * be another process than before, and where there is the version route, it is asked which step it is.
 * A server that this clone has not started is asked nothing.
 * @param before the apps that were noted before the switch
 * @returns what to say where it is not, or cannot be; undefined where all is well or nothing runs
 */
export async function switchProblem(
  world: World,
  course: Course,
  step: Step,
  before: ReadonlySet<number | undefined>,
): Promise<string | undefined> {
  const server = ownServer(world);
  if (server === undefined) return undefined;
  const restart = restartNeeded(world, step, server);
  if (restart !== undefined) return restart;
  const answers = step.id >= aboutCourse(world.root, course.folder).version.from;
  // Where nobody notes which process is the app, nothing tells one step from the other.
  const isKnown = !before.has(undefined);
  if (!answers && !isKnown) return undefined;
  let version: string | undefined;
  let isNew = false;
  for (const end = Date.now() + SWITCH_MS; ; await sleep(50)) {
    const now = ownServer(world, server.port);
    // It was stopped meanwhile.
    if (now === undefined) return undefined;
    isNew = !isKnown || ![...notedApps(world)].some((app) => before.has(app));
    version =
      answers && now.listens
        ? await runningVersion(world.root, course, server).catch(() => undefined)
        : undefined;
    if (isNew && (answers ? version === step.id : now.listens))
      return now.isDeaf ? NO_NOTICES : undefined;
    if (Date.now() > end) break;
  }
  const where = `the running server (port ${server.port})`;
  if (isNew && version === undefined)
    return `${where} does not answer as step ${step.id} yet: its terminal says why`;
  const what = (version ?? step.id) === step.id ? "runs what it ran" : `answers as step ${version}`;
  return `${where} still ${what}: stop it and run npm start again`;
}

/** A server keeps the environment that it was started with, and what runs beside it. */
function restartNeeded(world: World, step: Step, server: OwnServer): string | undefined {
  const { startedWith } = server;
  const before = { course: startedWith.course, id: startedWith.step, dir: "", path: "" };
  // The course that it was started with may be gone.
  const had = startedWith.course === step.course ? needsOf(world.root, before) : [];
  const missing = needsOf(world.root, step).filter((need) => !had.includes(need));
  const { env } = aboutCourse(world.root, step.course);
  const names =
    startedWith.course === step.course ? [] : Object.keys(env).filter((name) => !world.env[name]);
  if (missing.length + names.length === 0) return undefined;
  return `step ${step.id} of ${step.course}/ needs ${[...missing, ...names].join(", ")}, which the running server (port ${server.port}) was started without: stop it (Ctrl-C) and run npm start again`;
}
