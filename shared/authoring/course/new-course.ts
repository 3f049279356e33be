import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DEFAULT_COURSE, readCourse, SEQUELS } from "../../course/course.ts";
import { CourseError, UsageError } from "../../course/errors.ts";
import { withLock, workFolder } from "../../course/lock.ts";
import { MINE } from "../../course/mine.ts";
import { readmeOf, summaryOf } from "../../course/summary.ts";
import type { World } from "../../course/world.ts";
import { withTables } from "../../generate/courses.ts";
import { withTable } from "../../generate/table.ts";
import { replaceFile } from "../steps/replace.ts";
import { KNOWN, textsOf } from "./texts.ts";

/** Folders that version.sh makes in the top folder. */
const LINKED = [MINE, "lib", "views", "public"];

/**
 * Makes a further course with a first step that starts, is checked and keeps the rules; the table of
 * the courses in README.md names it.
 * @returns the course's folder, from the root
 * @throws UsageError for what is no name or no title, CourseError if there is such a folder
 */
export async function newCourse(world: World, name: string, title: string): Promise<string> {
  if (!/^[a-z][a-z\d-]*$/.test(name))
    throw new UsageError(
      `'${name}' is no name of a course: small letters, digits and hyphens, such as guest-book`,
    );
  if (title.trim() === "" || /[\r\n]/.test(title))
    throw new UsageError(
      `'${title.split("\n", 1)[0]}' is no title: give one line of text in quotes, as in course guest-book "Who was here, told live"`,
    );
  // `shared/07` would be a step of a folder that is there.
  if (existsSync(join(world.root, name)) || LINKED.includes(name))
    throw new UsageError(
      `'${name}' is the name of a folder here, so ${name}/07 would mean another one: choose another name`,
    );
  const folder = `${SEQUELS}/${name}`;
  await withLock(world, () => {
    const path = join(world.root, folder);
    if (existsSync(path))
      throw new CourseError(`${folder}/ is there already: choose another name, or add steps to it`);
    // All of it is there at once, or nothing: an interruption leaves no half of a course.
    const ready = join(workFolder(world), "course");
    rmSync(ready, { recursive: true, force: true });
    for (const [inside, text] of Object.entries(textsOf(folder, title.trim()))) {
      mkdirSync(dirname(join(ready, inside)), { recursive: true });
      writeFileSync(join(ready, inside), text);
    }
    const page = join(ready, "README.md");
    const steps = readCourse({ root: dirname(ready) }, "course");
    const table = summaryOf({ ...steps, folder });
    writeFileSync(page, withTable(readFileSync(page, "utf8"), table));
    mkdirSync(dirname(path), { recursive: true });
    renameSync(ready, path);
    listIt(world);
    proveIt(world, name);
  });
  return folder;
}

/** Brings the table of the courses up to date. */
function listIt(world: World): void {
  const path = join(world.root, readmeOf(DEFAULT_COURSE));
  if (!existsSync(path)) return;
  const text = readFileSync(path, "utf8");
  const wanted = withTables(world.root, DEFAULT_COURSE, text);
  if (wanted !== text) replaceFile(world, path, wanted);
}

/** Writes known apps for its check, and takes them into the list of all. */
function proveIt(world: World, name: string): void {
  const folder = join(world.root, "shared/check/known");
  const list = join(folder, "index.ts");
  if (!existsSync(list)) return;
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "index.ts"), KNOWN);
  const variable = name.replace(/-+(.)?/g, (_, letter = "") => letter.toUpperCase());
  const added = readFileSync(list, "utf8")
    .replace(/^import type/m, `import * as ${variable} from "./${name}/index.ts";\n$&`)
    .replace(/^};$/m, `  "${SEQUELS}/${name}": ${variable},\n$&`);
  const sourceOf = (line: string) => line.split('"')[1] ?? "";
  const text = added.replace(/(?:^import .*\n)+/m, (imports) =>
    imports
      .trimEnd()
      .split("\n")
      .sort((a, b) => (sourceOf(a) < sourceOf(b) ? -1 : 1))
      .map((line) => `${line}\n`)
      .join(""),
  );
  replaceFile(world, list, text);
}
