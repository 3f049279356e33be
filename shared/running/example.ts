import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Course, EXAMPLE_FILE } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const item = z
  .strictObject({
    /**
     * What later items call this one: `"author_id": "@alice"` is the id that it got, "@alice.token"
     * any other field of its answer.
     */
    name: z
      .string()
      .regex(/^[\w-]+$/)
      .optional(),
    /** Where it is created: `POST /api/users`; the same path lists what exists. */
    path: z.string().startsWith("/"),
    /** The field that tells whether it exists already; without one it is sent each time, as a login is. */
    key: z.string().optional(),
    /** Sent with it, and with the request for the list; "Bearer @alice.token" holds a value, too. */
    headers: z.record(z.string(), z.string()).default({}),
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

const example = z.strictObject({ items: z.array(item) });

/** One thing to create through the API of a step. */
export type ExampleItem = z.infer<typeof item>;

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
    throw new CourseError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { items } = parsed.data;
  items.forEach((item, index) => {
    const earlier = items.slice(0, index).map(({ name }) => name);
    const unknown = referencesOf(item).find((name) => !earlier.includes(name));
    if (unknown !== undefined)
      throw new CourseError(
        `${file}: items.${index}: "@${unknown}" is no item before it: give that one the name "${unknown}", or put it before`,
      );
    for (const path of Object.values(item.file ?? {}))
      if (!existsSync(join(root, course.folder, path)))
        throw new CourseError(
          `${file}: items.${index}.file: ${course.folder}/${path} is not there: put it there`,
        );
  });
  return parsed.data;
}

/** A field that is a value of an earlier item as a whole: `@alice`, `@alice.token`. */
export const REFERENCE = /^@([\w-]+)((?:\.[\w-]+)*)$/;
/** The same inside a header: what follows the name has to be told from a full stop. */
export const IN_HEADER = /@([\w-]+)((?:\.[\w-]+)+)/g;

function referencesOf({ headers, body, form }: ExampleItem): string[] {
  const values = Object.values({ ...body, ...form }).map(
    (value) => REFERENCE.exec(`${value}`)?.[1],
  );
  const inHeaders = Object.values(headers).flatMap((text) =>
    [...text.matchAll(IN_HEADER)].map(([, name]) => name),
  );
  return [...values, ...inHeaders].filter((name) => name !== undefined);
}

/** What an item sends, in the order in which it stands there; files are left out. */
export function sentBy({ body, form }: ExampleItem): Readonly<Record<string, unknown>> {
  return body ?? form ?? {};
}
