import { openAsBlob } from "node:fs";
import { basename, join } from "node:path";
import { aboutCourse } from "../course/about.ts";
import type { Course, Step } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";
import { say, type World } from "../course/world.ts";
import { ask, fieldOf, introducedBy, notOurs, runningVersion, type Sent } from "./client.ts";
import { type ExampleItem, IN_HEADER, REFERENCE, readExample, sentBy } from "./example.ts";
import type { Address } from "./server.ts";

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
  const { items } = readExample(world.root, course);
  const version = await runningVersion(world.root, course, address);
  const route = aboutCourse(world.root, course.folder).version;
  if (version === undefined && adopted !== undefined && adopted.id >= route.from)
    throw new CourseError(notOurs(address.port, `it has no ${route.path}`));
  const id = version ?? adopted?.id;
  const target: Target = {
    address,
    folder: join(world.root, course.folder),
    step: id === undefined ? "the running step" : `step ${id}`,
    answers: new Map(),
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

/** Where the items go, and what was answered there. */
interface Target {
  readonly address: Address;
  /** Absolute path of the course's folder, for its files. */
  readonly folder: string;
  /** For messages: `step 07`. */
  readonly step: string;
  /** By the name of each item: its answer, or where it was there already, how it is listed. */
  readonly answers: Map<string, unknown>;
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
  target: Target,
  path: string,
  items: readonly ExampleItem[],
): Promise<Filled | undefined> {
  const { address, answers } = target;
  const lists = new Map<string, unknown[] | undefined>();
  /** What exists, as whoever sends the item sees it. */
  const existing = async (headers: Record<string, string>) => {
    const who = JSON.stringify(headers);
    if (!lists.has(who)) {
      const { status, body } = await ask(address, path, { headers });
      lists.set(who, status === 200 && Array.isArray(body) ? body : undefined);
    }
    return lists.get(who);
  };
  let [created, kept] = [0, 0];
  for (const item of items) {
    const headers = headersOf(item, answers);
    const { key } = item;
    const list = key === undefined ? undefined : await existing(headers);
    let found = list?.find((each) => fieldOf(each, key ?? "") === sentBy(item)[key ?? ""]);
    if (found !== undefined) kept++;
    else {
      const sent = { headers, ...(await contentOf(item, target)) };
      const { status, body, cookie } = await ask(address, path, sent);
      if (status === 404 && created + kept === 0) return undefined;
      if (status === 409) kept++;
      // A form of a page is answered by the way to the next page.
      else if (status === 200 || status === 201 || (item.form && status >= 300 && status < 400))
        created++;
      else throw refused(target.step, item, status, body);
      found = cookie === "" ? body : { cookie, ...(typeof body === "object" ? body : {}) };
    }
    if (item.name !== undefined && found !== undefined) answers.set(item.name, found);
  }
  const isListed = items.some(({ key }) => key !== undefined)
    ? [...lists.values()].every((list) => list !== undefined)
    : true;
  return { created, kept, isListed };
}

function refused(step: string, item: ExampleItem, status: number, body: unknown): CourseError {
  const reason = fieldOf(body, "error") ?? "no reason given";
  return new CourseError(
    `${step} refused ${item.path} ${JSON.stringify(sentBy(item))}: status ${status}, ${reason}`,
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

/** What an item sends, with the values that earlier items got in the place of their names. */
async function contentOf(item: ExampleItem, { answers, folder }: Target): Promise<Sent> {
  const fields = withAnswers(sentBy(item), answers);
  if (item.body !== undefined) return { json: fields };
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  if (item.file === undefined) return { form: new URLSearchParams(texts.map((pair) => [...pair])) };
  const form = new FormData();
  for (const [name, text] of texts) form.append(name, text);
  for (const [name, path] of Object.entries(item.file))
    form.append(name, await openAsBlob(join(folder, path)), basename(path));
  return { form };
}

/** A value of an earlier answer: `.token`, `.author.id`; its id where nothing is asked for. */
function pick(answer: unknown, path: string): unknown {
  const names = path === "" ? ["id"] : path.slice(1).split(".");
  return names.reduce(fieldOf, answer);
}

/** A value that the step told nobody is left out: such a step has nothing that needs it. */
function withAnswers(
  fields: Readonly<Record<string, unknown>>,
  answers: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const filled = Object.entries(fields).map(([field, value]) => {
    const [, name, path = ""] = (typeof value === "string" && REFERENCE.exec(value)) || [];
    return [field, name === undefined ? value : pick(answers.get(name), path)] as const;
  });
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

function headersOf(
  { headers }: ExampleItem,
  answers: ReadonlyMap<string, unknown>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      text.replaceAll(IN_HEADER, (_, item: string, path: string) =>
        String(pick(answers.get(item), path) ?? ""),
      ),
    ]),
  );
}
