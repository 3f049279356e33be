import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Course, EXAMPLE_FILE } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const path = z.string().startsWith("/");
const step = z.string().regex(/^\d\d[a-z]?$/, 'must be a step, such as "07b"');

/** What each item may have, whichever way it is sent. */
const common = {
  /**
   * What later items call this one: `"author_id": "@alice"` is the id that it got, "@alice.token"
   * any other field of its answer.
   */
  name: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  /** Sent with it, and with the request for the list; "Bearer @alice.token" holds a value, too. */
  headers: z.record(z.string(), z.string()).default({}),
};

const requestItem = z
  .strictObject({
    ...common,
    /** Where it is created: `POST /api/users`; the same path lists what exists. */
    path,
    /** The field that tells whether it exists already; without one it is sent each time, as a login is. */
    key: z.string().optional(),
    /** Sent as JSON. */
    body: fields.optional(),
    /** Sent as a form of a page is. */
    form: fields.optional(),
    /** Files of the course's folder to send with the form, by the name of their field. */
    file: z.record(z.string(), z.string().regex(/^(?!.*\.\.)[^/\\]/)).optional(),
  })
  .refine(({ body, form, file }) => (body === undefined) === (form !== undefined || !!file), {
    error: "needs either a body, or a form or a file",
  });

const eventItem = z.strictObject({
  ...common,
  /** The event of a socket that it is: one of `events`. */
  emit: z.string(),
  /** The step from which on it is sent, where that is later than for other items of this event. */
  from: step.optional(),
  /** What the event carries; nothing where it is left out. */
  data: fields.optional(),
  /** How often it has to be there. */
  times: z.int().min(1).default(1),
});

/** Which of both forms an item has is told by what it says of itself, so that a fault is told of that one. */
const item = z.unknown().transform((value, { issues }) => {
  const isEvent = typeof value === "object" && value !== null && "emit" in value;
  const { data, error } = (isEvent ? eventItem : requestItem).safeParse(value);
  if (data !== undefined) return data;
  for (const { message, path } of error.issues)
    issues.push({ code: "custom", message, path, input: value });
  return z.NEVER;
});

const exampleEvent = z
  .strictObject({
    /** The step from which on the app acknowledges it. */
    from: step,
    /** The path that lists what came by it; without one it is sent each time. */
    list: path.optional(),
    /** The fields that tell whether an item is in that list. */
    key: z.array(z.string()).min(1).optional(),
    /** The field that says who sends it: each of them gets a connection. */
    sender: z.string().optional(),
  })
  .refine(({ list, key }) => (list === undefined) === (key === undefined), {
    error: "needs both a list and a key, or neither",
  });

const example = z.strictObject({
  /** What the items say of sockets, by the name of the event. */
  events: z.record(z.string(), exampleEvent).default({}),
  items: z.array(item),
});

/** One thing to create through the API of a step, by POST. */
export type RequestItem = z.infer<typeof requestItem>;

/** One thing to create by an event of a socket. */
export type EventItem = z.infer<typeof eventItem>;

/** One thing to create. */
export type ExampleItem = RequestItem | EventItem;

/** What holds for all items of an event. */
export type ExampleEvent = z.infer<typeof exampleEvent>;

/** The example data of a course, in the order in which it is created. */
export type Example = z.infer<typeof example>;

/**
 * Reads the example data of a course.
 * @throws CourseError if the course has none, or naming what is wrong in it
 */
export function readExample(root: string, course: Course): Example {
  const file = `${course.folder}/${EXAMPLE_FILE}`;
  if (!existsSync(join(root, file)))
    throw new CourseError(`the course ${course.folder}/ has no example data (${file})`);
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(join(root, file), "utf8"));
  } catch (error) {
    throw new CourseError(
      `${file} is not valid JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  const parsed = example.safeParse(text);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".");
    throw new CourseError(`${file}: ${where ? `${where}: ` : ""}${issue?.message}`);
  }
  for (const fault of faultsOf(root, course, parsed.data))
    throw new CourseError(`${file}: ${fault}`);
  return parsed.data;
}

/** What the schema does not see: what names something that is not there, with the cure. */
function* faultsOf(root: string, course: Course, { events, items }: Example): Generator<string> {
  const isStep = (id: string) => course.steps.some((step) => step.id === id);
  const noStep = (id: string) => `the course has no step ${id}: name one that it has`;
  for (const [name, { from }] of Object.entries(events))
    if (!isStep(from)) yield `events.${name}.from: ${noStep(from)}`;
  for (const [index, item] of items.entries()) {
    const at = `items.${index}`;
    const earlier = items.slice(0, index).map(({ name }) => name);
    const unknown = referencesOf(item).find((name) => !earlier.includes(name));
    if (unknown !== undefined)
      yield `${at}: "@${unknown}" is no item before it: give that one the name "${unknown}", or put it before`;
    if (isEvent(item)) {
      if (events[item.emit] === undefined)
        yield `${at}.emit: "${item.emit}" is none of the events that it lists: add it to events, or correct the name`;
      if (item.from !== undefined && !isStep(item.from)) yield `${at}.from: ${noStep(item.from)}`;
      continue;
    }
    for (const path of Object.values(item.file ?? {}))
      if (!existsSync(join(root, course.folder, path)))
        yield `${at}.file: ${course.folder}/${path} is not there: put it there`;
  }
}

/** Whether an item is sent over a socket. */
export function isEvent(item: ExampleItem): item is EventItem {
  return "emit" in item;
}

/** Whether an item is sent by POST. */
export function isRequest(item: ExampleItem): item is RequestItem {
  return !isEvent(item);
}

/** What the items of an event, or of a path, are called when it is told what became of them. */
export function kindOf(item: ExampleItem): string {
  return isEvent(item) ? item.emit : (item.path.split("/").at(-1) ?? item.path);
}

/** A field that is a value of an earlier item as a whole: `@alice`, `@alice.token`. */
export const REFERENCE = /^@([\w-]+)((?:\.[\w-]+)*)$/;
/** The same inside a header: what follows the name has to be told from a full stop. */
export const IN_HEADER = /@([\w-]+)((?:\.[\w-]+)+)/g;

function referencesOf(item: ExampleItem): string[] {
  const values = Object.values(sentBy(item)).map((value) => REFERENCE.exec(`${value}`)?.[1]);
  const inHeaders = Object.values(item.headers).flatMap((text) =>
    [...text.matchAll(IN_HEADER)].map(([, name]) => name),
  );
  return [...values, ...inHeaders].filter((name) => name !== undefined);
}

/** What an item sends, in the order in which it stands there; files are left out. */
export function sentBy(item: ExampleItem): Readonly<Record<string, unknown>> {
  return (isEvent(item) ? item.data : (item.body ?? item.form)) ?? {};
}
