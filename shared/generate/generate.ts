import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_COURSE, readCourse } from "../course/course.ts";
import { explain } from "../course/errors.ts";
import { summaryOf } from "../course/summary.ts";
import type { Output } from "../course/world.ts";
import { madeFrom, takeChatPicture } from "./chat.ts";
import { pageFor } from "./picture.ts";
import { textIn, withText } from "./png.ts";
import { takePicture } from "./screenshot.ts";
import { withTable } from "./table.ts";

/** Under which name the picture of a difference carries the page that it was taken of. */
export const KEYWORD = "HTML page";

/** Under which name the picture of the chat carries the list of what it was made from. */
export const MADE_FROM = "Made from";

/** A file that is made from others. */
interface Made {
  readonly file: string;
  /** Makes the file if it is out of date; undefined if it is as it should be. */
  plan(root: string): Promise<(() => Promise<string | Buffer>) | undefined>;
}

const README: Made = {
  file: "README.md",
  async plan(root) {
    const now = readFileSync(join(root, this.file), "utf8");
    const wanted = withTable(now, summaryOf(readCourse({ root }, DEFAULT_COURSE)));
    return now === wanted ? undefined : async () => wanted;
  },
};

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
 * @returns whether all is well now; what was done or went wrong is said line by line
 */
export async function generate(
  root: string,
  check: boolean,
  stdout: Output,
  stderr: Output,
): Promise<boolean> {
  let well = true;
  const fail = (line: string) => {
    well = false;
    stderr.write(`generate: ${line}\n`);
  };
  for (const made of [README, DIFF, CHAT]) {
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
