import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Where the system refuses symbolic links, the links of the root become copies. Each copy says
 * in its first line what it is, and carries a digest of the rest: so that a copy that a learner
 * edited by mistake is recognised, and kept.
 */
export interface Copy {
  /** What it is a copy of, from the root: `steps/07/app.ts`. */
  readonly target: string;
  /** Whether somebody changed it since. */
  readonly edited: boolean;
}

/** The file in a copied folder that says what it is. */
export const FOLDER_MARK = "COPY.txt";

const MARK = /^(?:\/\/ )?(?:Copy of|Runs) (\S+?),? made by version\.sh .*\(([0-9a-f]{12})\)$/;

function mark(what: string, target: string, body: string): string {
  return `${what} made by version.sh (no symbolic links here): edit ${target} instead. (${digest(body)})`;
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, 12);
}

/** Writes a marked copy of a file. */
export function writeCopy(root: string, target: string, path: string): void {
  const body = readFileSync(join(root, target), "utf8");
  writeFileSync(path, `// ${mark(`Copy of ${target}`, target, body)}\n${body}`);
}

/**
 * Writes the app.ts of the root: a module that runs the step's own. A copy would take its version
 * and its database from the folder that it lies in.
 */
export function writeRunner(target: string, path: string): void {
  const body = `import "./${target}";\n`;
  writeFileSync(path, `// ${mark(`Runs ${target},`, target, body)}\n${body}`);
}

/** Writes a marked copy of a folder. */
export function writeFolderCopy(root: string, target: string, path: string): void {
  cpSync(join(root, target), path, { recursive: true, dereference: true });
  const text = mark(`Copy of ${target}`, target, contentOf(path));
  writeFileSync(join(path, FOLDER_MARK), `${text}\n`);
}

/** What a file or folder is a copy of; undefined if it is none of ours. */
export function readCopy(path: string, isFolder: boolean): Copy | undefined {
  const markPath = isFolder ? join(path, FOLDER_MARK) : path;
  if (!existsSync(markPath)) return undefined;
  const text = readFileSync(markPath, "utf8");
  const end = text.indexOf("\n");
  const found = MARK.exec(text.slice(0, end).trimEnd());
  if (found?.[1] === undefined) return undefined;
  const body = isFolder ? contentOf(path) : text.slice(end + 1);
  return { target: found[1], edited: digest(body) !== found[2] };
}

/** Whether two files, or two folders with all that is in them, are the same. */
export function isSame(one: string, other: string): boolean {
  const kinds = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (kinds.some((kind) => kind === undefined)) return false;
  const [isFolder, isOtherFolder] = kinds.map((kind) => kind?.isDirectory());
  if (isFolder !== isOtherFolder) return false;
  return isFolder
    ? contentOf(one) === contentOf(other)
    : readFileSync(one).equals(readFileSync(other));
}

/** All names and contents of a folder, but its mark, as one text. */
function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== FOLDER_MARK)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(
      (path) =>
        `${path.slice(folder.length).replaceAll("\\", "/")}\n${readFileSync(path, "base64")}`,
    )
    .join("\n");
}
