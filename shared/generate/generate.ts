import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain } from "../course/errors.ts";
import type { Output } from "../course/world.ts";
import { pageFor, takePicture } from "./picture.ts";
import { textIn, withText } from "./png.ts";
import { stepsTable, withTable } from "./table.ts";

/** Under which name the picture carries the page that it was taken of. */
export const KEYWORD = "HTML page";

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
    const wanted = withTable(now, await stepsTable(root));
    return now === wanted ? undefined : async () => wanted;
  },
};

const PICTURE: Made = {
  file: "README-diff.png",
  async plan(root) {
    const page = pageFor(root);
    const path = join(root, this.file);
    // Pixels differ between machines and their fonts; the page that they show does not.
    if (existsSync(path) && textIn(readFileSync(path), KEYWORD) === page) return undefined;
    return async () => withText(await takePicture(page), KEYWORD, page);
  },
};

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
  for (const made of [README, PICTURE]) {
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
