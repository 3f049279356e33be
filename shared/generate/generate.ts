import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseFolders, DEFAULT_COURSE } from "../course/course.ts";
import { CourseError, explain } from "../course/errors.ts";
import { readmeOf } from "../course/summary.ts";
import type { Output } from "../course/world.ts";
import { madeFrom, takeChatPicture } from "./chat.ts";
import { withTables } from "./courses.ts";
import { pageFor } from "./picture.ts";
import { textIn, withText } from "./png.ts";
import { takePicture } from "./screenshot.ts";

/** Under which name the picture of a difference carries the page that it was taken of. */
export const KEYWORD = "HTML page";

/** Under which name the picture of the chat carries the list of what it was made from. */
export const MADE_FROM = "Made from";

/** A file that is made from others. */
interface Made {
  readonly file: string;
  /** The folder of the course that it is about. */
  readonly course: string;
  /** Makes the file if it is out of date; undefined if it is as it should be. */
  plan(root: string): Promise<(() => Promise<string | Buffer>) | undefined>;
}

/** The tables of a course's page: that of its steps, and in README.md that of the courses. */
function tables(course: string): Made {
  return {
    file: readmeOf(course),
    course,
    async plan(root) {
      const path = join(root, this.file);
      if (!existsSync(path))
        throw new CourseError(
          "is missing: write the course's title, how to start, and the lines <!-- steps --> and <!-- /steps -->",
        );
      const now = readFileSync(path, "utf8");
      const wanted = withTables(root, course, now);
      return now === wanted ? undefined : async () => wanted;
    },
  };
}

const DIFF = picture("README-diff.png", KEYWORD, pageFor, (_, page) => takePicture(page));
const CHAT = picture("README-chat.png", MADE_FROM, madeFrom, takeChatPicture);

/** A picture that carries the text that it was made from: the pixels differ between machines and their fonts. */
function picture(
  file: string,
  keyword: string,
  textFor: (root: string) => string,
  take: (root: string, text: string) => Promise<Buffer>,
): Made {
  return {
    file,
    course: DEFAULT_COURSE,
    async plan(root) {
      const text = textFor(root);
      const path = join(root, file);
      if (existsSync(path) && textIn(readFileSync(path), keyword) === text) return undefined;
      return async () => withText(await take(root, text), keyword, text);
    },
  };
}

/**
 * Makes everything that is made from other files, or checks that it is up to date.
 * @param check write nothing; name each file that is out of date
 * @param only the folder of a course: what is about the others is left alone
 * @returns whether all is well now; what was done or went wrong is said line by line
 */
export async function generate(
  root: string,
  check: boolean,
  stdout: Output,
  stderr: Output,
  only?: string,
): Promise<boolean> {
  let well = true;
  const fail = (line: string) => {
    well = false;
    stderr.write(`generate: ${line}\n`);
  };
  const all = [...courseFolders(root).map(tables), DIFF, CHAT];
  for (const made of all.filter(({ course }) => only === undefined || course === only)) {
    try {
      const make = await made.plan(root);
      if (make === undefined) stdout.write(`${made.file} is up to date\n`);
      else if (check) fail(`${made.file} is out of date: npm run generate`);
      else {
        writeFileSync(join(root, made.file), await make());
        stdout.write(`${made.file} made anew\n`);
      }
    } catch (error) {
      fail(`${made.file}: ${explain(error).line}`);
    }
  }
  return well;
}
