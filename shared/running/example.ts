import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Course, EXAMPLE_FILE } from "../course/course.ts";
import { CourseError } from "../course/errors.ts";

const item = z.strictObject({
  /** What a later item calls the id of this one: `"author_id": "@alice"`. */
  name: z.string().optional(),
  /** Where it is created: `POST /api/users`; the same path lists what exists. */
  path: z.string().startsWith("/"),
  /** The field that tells whether it exists already. */
  key: z.string(),
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
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
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CourseError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}
