import { existsSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Document, partsOf } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { documentOf, isOurs } from "./repository.ts";

/** A link that leaves the repository: `https:`, `mailto:` and so on. */
const OUTSIDE = /^[a-z][a-z\d+.-]*:|^\/\//i;

/** The links of a document that stay inside the repository. */
export function linksInside(document: Document) {
  return partsOf(document, "link").filter(({ address }) => !OUTSIDE.test(address));
}

/** The links of a document that lead to no file of the repository, or to no heading in it. */
export function deadLinks(root: string, document: Document): Failure[] {
  return linksInside(document).flatMap((link) => {
    const seen = whyDead(root, document, link.address);
    if (seen === undefined) return [];
    return [failureAt(document, link, `the link ${link.address}`, "a file or heading", seen)];
  });
}

function whyDead(root: string, document: Document, address: string): string | undefined {
  const [path = "", anchor] = address.split("#").map(decodeURIComponent);
  const file = path === "" ? document.file : posix.join(posix.dirname(document.file), path);
  if (path.startsWith("/") || file.startsWith("../")) return "a path that leaves the repository";
  if (!isOurs(file) || !isThere(root, file)) return `${file} is not in the repository`;
  if (anchor === undefined) return undefined;
  if (!file.endsWith(".md")) return `${file} has no headings`;
  const { anchors } = file === document.file ? document : documentOf(root, file);
  return anchors.includes(anchor)
    ? undefined
    : `${file} has no heading #${anchor}: it has ${anchors.map((each) => `#${each}`).join(", ")}`;
}

/** Whether a file is there under exactly this name: some systems take README.MD for README.md. */
function isThere(root: string, file: string): boolean {
  const folder = join(root, dirname(file));
  if (!existsSync(join(root, file))) return false;
  const name = posix.basename(file.replace(/\/$/, ""));
  return name === "." || name === ".." || readdirSync(folder).includes(name);
}
