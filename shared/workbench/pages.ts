import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";

/** A file of the website, ready to be sent. */
export type Page = { type: string; body: Buffer | string; status: number };

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/**
 * Finds what a path of the website means: a file, or a folder's index.html.
 * @param site absolute path of the built website
 * @param path the path of the request, with its percent signs
 * @param head what every page of ours gets at the end of its head
 */
export const findPage = (site: string, path: string, head: string): Page => {
  const file = fileFor(site, path);
  if (file === undefined) {
    const own = join(site, "404.html");
    const text = existsSync(own) ? readFileSync(own, "utf8") : "<h1>No such page</h1>";
    return { type: "text/html; charset=utf-8", body: withHead(text, head), status: 404 };
  }
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const body = readFileSync(file);
  if (extname(file) !== ".html") return { type, body, status: 200 };
  return { type, body: withHead(body.toString(), head), status: 200 };
};

const withHead = (html: string, head: string): string =>
  html.replace("</head>", () => `${head}</head>`);

const fileFor = (site: string, path: string): string | undefined => {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const file = normalize(join(site, name));
  if ((file !== site && !file.startsWith(site + sep)) || name.includes("\0")) return undefined;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return file;
  const index = join(file, "index.html");
  return found?.isDirectory() && existsSync(index) ? index : undefined;
};
