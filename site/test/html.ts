import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type HTMLElement, parse as parseHtml } from "node-html-parser";

/** A page as a tree. Without the option, the parser takes what stands in pre for text. */
export const parse = (html: string): HTMLElement =>
  parseHtml(html, { blockTextElements: { script: true, style: true } });

/** The links of a page that lead nowhere, out of the site, or to a root that it may not have. */
export function brokenLinks(dist: string, page: string): string[] {
  const broken: string[] = [];
  const root = parse(readFileSync(join(dist, page), "utf8"));
  for (const element of root.querySelectorAll("[href], [src]")) {
    const url = element.getAttribute("href") ?? element.getAttribute("src") ?? "";
    if (/^(https?|mailto|data):/.test(url)) {
      if (element.tagName !== "A") broken.push(`${url} is not of this site`);
      continue;
    }
    const [path = "", anchor] = url.split("#");
    const file = path === "" ? join(dist, page) : join(dist, dirname(page), decodeURI(path));
    if (url.startsWith("/") || relative(dist, file).startsWith(".."))
      broken.push(`${url} leaves the site`);
    else if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      broken.push(`${url} is not there`);
    else if (
      anchor &&
      !anchor.includes("..") &&
      file.endsWith(".html") &&
      !ids(file).has(decodeURI(anchor))
    )
      broken.push(`${url}: no such place on the page`);
  }
  return broken;
}

const known = new Map<string, Set<string>>();

function ids(file: string): Set<string> {
  const made =
    known.get(file) ??
    new Set(
      parse(readFileSync(file, "utf8"))
        .querySelectorAll("[id]")
        .map(({ id }) => id),
    );
  known.set(file, made);
  return made;
}
