import type { Course, Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { say, type World } from "../course/world.ts";
import { ask, fieldOf, introducedBy, notOurs, runningVersion } from "./client.ts";
import { type ExampleItem, readExample } from "./example.ts";
import type { Address } from "./server.ts";

/**
 * Sends the example data of the course to the running step, as far as that step takes it, and
 * says what was created, what was there already, and what comes with a later step.
 * @param adopted the step that runs most likely: the only hint where there is no /api/version yet
 * @throws CourseError if no step of the course answers, or one refuses an item
 */
export async function fill(
  world: World,
  course: Course,
  adopted: Step | undefined,
  address: Address,
): Promise<void> {
  const { items } = readExample(world.root, course);
  const version = await runningVersion(course, address);
  const since = introducedBy(course, "/api/version");
  if (version === undefined && since !== undefined && adopted !== undefined && adopted.id >= since)
    throw new CourseError(notOurs(address.port, "it has no /api/version"));
  const id = version ?? adopted?.id;
  const target = {
    address,
    step: id === undefined ? "the running step" : `step ${id}`,
    ids: new Map(),
  };
  let filledBefore = false;
  for (const path of new Set(items.map((item) => item.path))) {
    const done = await fillPath(
      target,
      path,
      items.filter((item) => item.path === path),
    );
    const what = path.split("/").at(-1);
    if (done === undefined)
      say(world, `${what}: ${target.step} has no POST ${path} yet${comesWith(course, path)}`);
    else
      say(
        world,
        `${what}: ${summaryOf(done)}${done.isListed || !filledBefore ? "" : perhapsAgain(course, path)}`,
      );
    filledBefore ||= (done?.kept ?? 0) > 0;
  }
}

/** Where the items go, and the ids that they got there. */
interface Target {
  readonly address: Address;
  /** For messages: `step 07`. */
  readonly step: string;
  readonly ids: Map<string, unknown>;
}

/** What became of the items of one path. */
interface Filled {
  readonly created: number;
  readonly kept: number;
  /** Whether the step lists what exists, so that nothing is created twice. */
  readonly isListed: boolean;
}

/** Creates the items of one path; undefined if the step has no such route. */
async function fillPath(
  { address, step, ids }: Target,
  path: string,
  items: readonly ExampleItem[],
): Promise<Filled | undefined> {
  const list = await ask(address, path);
  const existing = list.status === 200 && Array.isArray(list.body) ? list.body : undefined;
  let [created, kept] = [0, 0];
  for (const item of items) {
    let found = existing?.find((each) => fieldOf(each, item.key) === item.body[item.key]);
    if (found !== undefined) kept++;
    else {
      const { status, body } = await ask(address, path, withIds(item, ids));
      if (status === 404 && created + kept === 0) return undefined;
      if (status === 409) kept++;
      else if (status === 200 || status === 201) created++;
      else throw refused(step, item, status, body);
      found = body;
    }
    const id = fieldOf(found, "id");
    if (item.name !== undefined && id !== undefined) ids.set(item.name, id);
  }
  return { created, kept, isListed: existing !== undefined };
}

function refused(step: string, item: ExampleItem, status: number, body: unknown): CourseError {
  const reason = fieldOf(body, "error") ?? "no reason given";
  return new CourseError(
    `${step} refused ${item.path} ${JSON.stringify(item.body)}: status ${status}, ${reason}`,
  );
}

function summaryOf({ created, kept }: Filled): string {
  if (kept === 0) return `${created} created`;
  return created === 0 ? `${kept} there already` : `${created} created, ${kept} there already`;
}

function comesWith(course: Course, path: string): string {
  const since = introducedBy(course, `POST ${path}`);
  return since === undefined ? "" : `; it comes with ${since}`;
}

function perhapsAgain(course: Course, path: string): string {
  const since = introducedBy(course, `GET ${path}`);
  return ` (perhaps again: which are there can be seen only ${since === undefined ? "where they are listed" : `from step ${since} on`})`;
}

/**
 * The body with the ids that earlier items got in the place of their names. An id that the step
 * told nobody is left out: such a step has nothing that needs it.
 */
function withIds(item: ExampleItem, ids: Map<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item.body).map(([field, value]) => {
      const isName = typeof value === "string" && value.startsWith("@");
      return [field, isName ? ids.get(value.slice(1)) : value];
    }),
  );
}
