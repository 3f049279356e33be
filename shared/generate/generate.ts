import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { courseFolders, DEFAULT_COURSE } from "../course/course.ts";
import { CourseError, explain } from "../course/errors.ts";
import { readmeOf } from "../course/summary.ts";
import type { Output } from "../course/world.ts";
import { CHAT } from "./chat.ts";
import { COUNTER } from "./counter.ts";
import { type CoursePicture, madeFrom, takeCoursePicture } from "./course-picture.ts";
import { withTables } from "./courses.ts";
import { IMAGE_PACKAGES, imagePackages } from "./image-packages.ts";
import { pageFor } from "./picture.ts";
import { textIn, withText } from "./png.ts";
import { takePicture } from "./screenshot.ts";
import { STRANGER } from "./stranger.ts";

/** Under which name the picture of a difference carries the page that it was taken of. */
export const KEYWORD = "HTML page";

/** Under which name the picture of a course carries the list of what it was made from. */
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

/** What the image of a step installs: its package.json, and the lock of it. */
function imageFiles(root: string): Made[] {
  return courseFolders(root).flatMap((course) =>
    globSync(`${course}/*/package.json`, { cwd: root, exclude: ["**/node_modules"] }).flatMap(
      (found) =>
        IMAGE_PACKAGES.map((name): Made => {
          const dir = dirname(found).replaceAll("\\", "/");
          return {
            file: `${dir}/${name}`,
            course,
            async plan(root) {
              const path = join(root, dir, name);
              const wanted = imagePackages(root, join(root, dir))[name];
              const now = existsSync(path) ? readFileSync(path, "utf8") : undefined;
              return now === wanted ? undefined : async () => wanted;
            },
          };
        }),
    ),
  );
}

const DIFF = carrying(KEYWORD, {
  file: "README-diff.png",
  course: DEFAULT_COURSE,
  textFor: pageFor,
  take: (_, page) => takePicture(page),
});

/** The pictures of finished courses. */
const COURSES = [CHAT, COUNTER, STRANGER].map(ofCourse);

function ofCourse(picture: CoursePicture): Made {
  return carrying(MADE_FROM, {
    file: picture.file,
    course: picture.course,
    textFor: (root) => madeFrom(root, picture),
    take: (root) => takeCoursePicture(root, picture),
  });
}

interface Picture {
  readonly file: string;
  readonly course: string;
  readonly textFor: (root: string) => string;
  readonly take: (root: string, text: string) => Promise<Buffer>;
}

/** A picture that carries the text that it was made from: the pixels differ between machines and their fonts. */
function carrying(keyword: string, { file, course, textFor, take }: Picture): Made {
  return {
    file,
    course,
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
  const folders = courseFolders(root);
  const all = [...folders.map(tables), ...imageFiles(root), DIFF, ...COURSES].filter(
    ({ course }) => folders.includes(course) && (only === undefined || course === only),
  );
  for (const made of all) {
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
