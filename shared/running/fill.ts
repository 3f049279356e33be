import { join } from "node:path";
import { aboutCourse } from "../course/about.ts";
import type { Course, Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { say, type World } from "../course/world.ts";
import { introducedBy, notOurs, runningVersion } from "./client.ts";
import {
  type Example,
  type ExampleItem,
  isEvent,
  isRequest,
  kindOf,
  readExample,
} from "./example.ts";
import { fillEvents, firstStepOf, type SentEvents } from "./fill-events.ts";
import { type Filled, fillPath } from "./fill-requests.ts";
import type { Address } from "./server.ts";
import { openSockets } from "./sockets.ts";
import type { Target } from "./target.ts";

/**
 * Sends the example data of the course to the running step, as far as that step takes it, and
 * says what was created, what was there already, and what comes with a later step.
 * @param adopted the step that runs most likely: the only hint where there is no version route yet
 * @throws CourseError if no step of the course answers, or one refuses an item
 */
export async function fill(
  world: World,
  course: Course,
  adopted: Step | undefined,
  address: Address,
): Promise<void> {
  const example = readExample(world.root, course);
  const version = await runningVersion(world.root, course, address);
  const { version: route, socketPath } = aboutCourse(world.root, course.folder);
  if (version === undefined && adopted !== undefined && adopted.id >= route.from)
    throw new CourseError(notOurs(address.port, `it has no ${route.path}`));
  const id = version ?? adopted?.id;
  const step = id === undefined ? "the running step" : `step ${id}`;
  const target: Target = {
    address,
    folder: join(world.root, course.folder),
    sockets: openSockets({ address, path: socketPath, step }),
    id: id ?? "",
    step,
    answers: new Map(),
  };
  try {
    await fillAll(world, course, example, target);
  } finally {
    target.sockets.close();
  }
}

async function fillAll(
  world: World,
  course: Course,
  example: Example,
  target: Target,
): Promise<void> {
  const nothing = nothingYet(example, target);
  if (nothing !== undefined) return say(world, nothing);
  let filledBefore = false;
  for (const items of groupsOf(example)) {
    const [first] = items as [ExampleItem];
    const line = (summary: string) => say(world, `${kindOf(first)}: ${summary}`);
    if (isEvent(first)) {
      line(summaryOfEvents(target, await fillEvents(target, example, items.filter(isEvent))));
      continue;
    }
    const done = await fillPath(target, first.path, items.filter(isRequest));
    line(summaryOf(course, target, first.path, done, filledBefore));
    filledBefore ||= (done?.kept ?? 0) > 0;
  }
}

/** The items of each path and of each event, in the order in which their first ones stand there. */
function groupsOf({ items }: Example): ExampleItem[][] {
  return [...Map.groupBy(items, (item) => (isEvent(item) ? item.emit : item.path)).values()];
}

/** One line where the step takes nothing yet, and it is known when it will. */
function nothingYet(example: Example, { id, step }: Target): string | undefined {
  const { events, items } = example;
  const isLater = (item: ExampleItem) => isEvent(item) && firstStepOf(example, item) > id;
  if (items.length === 0 || !items.every(isLater)) return undefined;
  const begins = groupsOf(example).map(([item]) => kindOf(item as ExampleItem));
  const [first, ...more] = begins.map((kind) => [kind, events[kind]?.from ?? ""] as const);
  return [
    `nothing to fill at ${step} yet: ${first?.join(" comes with ")}`,
    ...more.map((each) => each.join(" with ")),
  ].join(", ");
}

function summaryOf(
  course: Course,
  { step }: Target,
  path: string,
  done: Filled | undefined,
  filledBefore: boolean,
): string {
  if (done === undefined) return `${step} has no POST ${path} yet${comesWith(course, path)}`;
  const { created, kept, isListed } = done;
  const again = isListed || !filledBefore ? "" : perhapsAgain(course, path);
  return counted(created, "created", kept) + again;
}

function summaryOfEvents({ step }: Target, { sent, kept, later, next }: SentEvents): string {
  if (later === 0) return counted(sent, "sent", kept);
  if (sent + kept === 0) return `${step} takes none yet; it comes with ${next}`;
  return `${counted(sent, "sent", kept)}, ${later} more from step ${next} on`;
}

/** `2 created`, `1 created, 1 there already`, `2 there already`. */
function counted(made: number, how: string, kept: number): string {
  if (kept === 0) return `${made} ${how}`;
  return made === 0 ? `${kept} there already` : `${made} ${how}, ${kept} there already`;
}

function comesWith(course: Course, path: string): string {
  const since = introducedBy(course, `POST ${path}`);
  return since === undefined ? "" : `; it comes with ${since}`;
}

function perhapsAgain(course: Course, path: string): string {
  const since = introducedBy(course, `GET ${path}`);
  return ` (perhaps again: which are there can be seen only ${since === undefined ? "where they are listed" : `from step ${since} on`})`;
}
