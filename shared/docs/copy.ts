import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
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
  symlinkSync(realpathSync(join(root, "node_modules")), join(copy, "node_modules"), "junction");
  return copy;
}

/** Says in a copy which step is adopted, as version.sh does. */
export function adoptIn(copy: string, step: string): void {
  writeFileSync(join(copy, "step.txt"), `${step}\n`);
}

/** In a copy, gives a step the code of another one, and takes its data away; its lesson stays. */
export function replaceCode(copy: string, step: string, by: string): void {
  for (const name of ["app.ts", "views", "public", "instance"]) remove(join(copy, step, name));
  cpSync(join(copy, by), join(copy, step), {
    recursive: true,
    filter: (path) => !/[\\/](?:README\.md|check\.test\.ts|instance|lesson)$/.test(path),
  });
}

/** Removes a file or folder, if it is there. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
