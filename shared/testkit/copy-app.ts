import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { BrokenServer, COPY_PREFIX } from "./broken-server.ts";

const MODULES = resolve(import.meta.dirname, "../../node_modules");
const NO_PART_OF_IT = new Set(["instance", "node_modules", "README.md", ".git"]);

/** The folder between a copy and its temporary one, where the course has packages of its own. */
const COURSE = "course";

/** The copies that exist now: removed, should this process end first. */
const copies = new Set<string>();
process.on("exit", () => {
  for (const top of copies) removeCopy(top);
});

/** Removes a copy: the temporary folder that it lies in. */
export const removeCopy = (top: string): void => {
  copies.delete(top);
  rmSync(top, { recursive: true, force: true, maxRetries: 5 });
};

/** What else a copy needs. */
export type Copying = {
  /** Called with the copy's folder. */
  prepare?: ((folder: string) => void) | undefined;
  /** Absolute path of the folder of the app's course, which may have packages of its own. */
  course?: string | undefined;
};

/**
 * Copies an app to a temporary folder, without its data.
 * @returns the folder of the copy, and the temporary folder that it lies in
 */
export const copyApp = (
  source: string,
  { prepare = () => {}, course }: Copying = {},
): { folder: string; top: string } => {
  if (!existsSync(join(source, "app.ts")))
    throw new BrokenServer("no app.ts", `the app has no app.ts in ${source}`);
  const top = realpathSync(mkdtempSync(join(tmpdir(), COPY_PREFIX)));
  copies.add(top);
  try {
    // The name of the folder is the app's version, so the copy keeps it.
    const own = course === undefined ? undefined : join(course, "node_modules");
    const hasOwn = own !== undefined && existsSync(own);
    const folder = join(top, ...(hasOwn ? [COURSE] : []), basename(source));
    mkdirSync(folder, { recursive: true });
    // Only at the top: an app may have files of that name where it keeps its pages.
    const drawings = join(source, "lesson");
    cpSync(source, folder, {
      recursive: true,
      filter: (path) =>
        !NO_PART_OF_IT.has(basename(path)) && path !== drawings && !path.endsWith(".test.ts"),
    });
    writeFileSync(join(top, "package.json"), '{ "type": "module" }\n');
    symlinkSync(MODULES, join(top, "node_modules"), "junction");
    // As in the repository: a package is looked for in the course first, then in the root.
    if (hasOwn) symlinkSync(own, join(top, COURSE, "node_modules"), "junction");
    prepare(folder);
    return { folder, top };
  } catch (error) {
    removeCopy(top);
    throw error;
  }
};
