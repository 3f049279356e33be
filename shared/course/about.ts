import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { z } from "zod";
import type { Step } from "./course.ts";
import { CourseError } from "./errors.ts";
import { MINE } from "./mine.ts";

/** The file in which a course says what it is. */
export const ABOUT = "course.json";

/** What a course says of itself, in its course.json. What begins at a step names it in `from`. */
export type About = z.infer<ReturnType<typeof makeSchema>>;

/** Where a step keeps its data: a file in its data folder, or a database of PostgreSQL. */
export type Store = About["database"][number];

const require = createRequire(import.meta.url);
// Loaded when it is needed: it takes longer than a whole switch to another step.
const zod = () => require("zod") as typeof import("zod");

const makeSchema = ({ z }: typeof import("zod")) => {
  const text = z.string("must be a text").min(1, "must not be empty");
  const whole = z.int("must be a whole number");
  const step = z.string().regex(/^\d\d[a-z]?$/, 'must be a step, such as "07b"');
  const path = z.string().startsWith("/", 'must be a path, such as "/api/version"');
  const fileName = text.regex(/^[\w.-]+$/, 'must be the name of a file, such as "chat.db"');
  const from = step.default("00");
  return z.strictObject({
    title: text,
    introduction: text,
    after: z.array(text).default([]),
    port: whole.min(1024, "must be 1024 or more").max(65_535).default(5001),
    version: z.strictObject({ from, path }),
    socketPath: path.default("/socket.io"),
    database: z
      .array(
        z.union([
          z.strictObject({ from, sqlite: fileName }),
          z.strictObject({ from, postgres: text }),
        ]),
      )
      .default([]),
    needs: z.array(z.strictObject({ from, what: z.enum(["postgres", "provider"]) })).default([]),
    servers: z.array(z.strictObject({ from, count: whole.min(1) })).default([]),
    pages: z.array(z.strictObject({ from, path, beside: path.optional() })).default([]),
    imports: z.array(text),
    megabytes: whole.min(1).optional(),
    lib: step.optional(),
    image: step.optional(),
    budget: z.strictObject({
      added: whole.min(1),
      total: whole.min(1),
      first: whole.optional(),
      public: whole.optional(),
    }),
    env: z.record(z.string(), text).default({}),
    stateful: z.boolean().default(false),
  });
};

let schema: ReturnType<typeof makeSchema> | undefined;
const read = new Map<string, { changed: number; about: About }>();

/**
 * What a course says of itself.
 * @param root the repository
 * @param folder the course's, from the root: `steps`
 * @throws CourseError naming file, key and cure
 */
export function aboutCourse(root: string, folder: string): About {
  // The learner's own steps of a course are of that course.
  const file = `${folder.startsWith(`${MINE}/`) ? folder.slice(MINE.length + 1) : folder}/${ABOUT}`;
  const path = join(root, file);
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined)
    throw new CourseError(
      `${file} is missing, in which a course says what it is: git checkout -- ${file}, or copy that of another course`,
    );
  const known = read.get(path);
  if (known?.changed === changed) return known.about;
  const about = parseAbout(file, readFileSync(path, "utf8"));
  read.set(path, { changed, about });
  return about;
}

/**
 * Reads the text of a course.json.
 * @param file its name for messages
 * @throws CourseError naming file, key and cure
 */
export function parseAbout(file: string, text: string): About {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CourseError(`${file} is not JSON (${(error as Error).message}): mend it there`);
  }
  schema ??= makeSchema(zod());
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const key = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".");
  const what = unknown === undefined ? issue?.message : "is no key that a course has";
  throw new CourseError(
    `${file}: ${key || "the whole"} ${what} (CONTRIBUTING.md lists the keys of a course)`,
  );
}

/**
 * What holds at a step of a list whose entries begin at a step: the last entry that has begun.
 * @returns undefined before the first
 */
export function since<T extends { from: string }>(
  list: readonly T[],
  step: Pick<Step, "id">,
): T | undefined {
  // Names of steps are in the order of the course, as texts.
  return list.filter(({ from }) => from <= step.id).at(-1);
}

/** What a step keeps its data in; undefined before the first step that has a database. */
export function storeOf(root: string, step: Step): Store | undefined {
  return since(aboutCourse(root, step.course).database, step);
}

/** A course in a line of text: `A chat application in 24 small steps (steps/)`; one that is not there by its folder. */
export function courseName(root: string, folder: string): string {
  if (!existsSync(join(root, folder, ABOUT))) return `${folder}/`;
  return `${aboutCourse(root, folder).title} (${folder}/)`;
}
