import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { digestOf, heldBy } from "../course/digest.ts";
import { CourseError } from "../course/errors.ts";

/**
 * The website that shows a course as its files are now: `site/dist` if it holds the course, whatever
 * else it holds and whichever was built last, else pages of this course alone, which are made where
 * they are missing or older. They have a place of their own: what somebody has built stays.
 * @param folder the course's, from the root
 * @returns absolute path of the website's folder
 * @throws CourseError where they cannot be made, and were never made before
 */
export const builtSite = (root: string, folder: string): string => {
  const alone = join(root, "site/node_modules/.pages", basename(folder));
  const sites = [join(root, "site/dist"), alone];
  const digest = digestOf(root, folder);
  const held = (site: string) => heldBy(site).find((each) => each.folder === folder);
  const fresh = sites.find((site) => held(site)?.digest === digest);
  if (fresh !== undefined) return fresh;
  process.stdout.write("The website is made first; that takes a minute the first time.\n");
  const { status } = spawnSync("npm", ["run", "site", "--", "--course", folder, "--out", alone], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status === 0) return alone;
  const older = sites.find((site) => held(site) !== undefined);
  if (older === undefined)
    throw new CourseError("the website could not be made: npm run site tells more");
  process.stderr.write("workbench: the pages are those made before: npm run site tells more\n");
  return older;
};
