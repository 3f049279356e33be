import {
  cpSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { courseFolders } from "../course/course.ts";
import { DATA_FOLDER, filesOf, isAboutCode } from "../course/files.ts";
import { isOurs } from "./repository.ts";

/**
 * Copies the repository to a temporary folder: without anybody's data, without what version.sh
 * made, and with a link to the installed packages.
 * @returns the copy's root
 */
export function copyRepository(root: string): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "docs-")));
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => path === root || isOurs(relative(root, path).replaceAll("\\", "/")),
  });
  // A course may have packages of its own.
  for (const folder of ["", ...courseFolders(root)]) {
    const [installed, link] = [root, copy].map((each) => join(each, folder, "node_modules"));
    if (existsSync(installed as string))
      symlinkSync(realpathSync(installed as string), link as string, "junction");
  }
  return copy;
}

/** Says in a copy which step is adopted, as version.sh does. */
export function adoptIn(copy: string, step: string): void {
  writeFileSync(join(copy, "step.txt"), `${step}\n`);
}

/** In a copy, gives a step the code of another one, and takes its data away; its lesson stays. */
export function replaceCode(copy: string, step: string, by: string): void {
  const code = (folder: string) => filesOf(join(copy, folder)).filter((path) => !isAboutCode(path));
  remove(join(copy, step, DATA_FOLDER));
  for (const path of code(step)) remove(join(copy, step, path));
  for (const path of code(by)) cpSync(join(copy, by, path), join(copy, step, path));
}

/** Removes a file or folder, if it is there. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
