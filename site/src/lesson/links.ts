import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { END_FILE, fromRoot, isStepId } from "../../../shared/course/course.ts";
import { plain, titleOf } from "../../../shared/course/lesson.ts";
import { siteCourse } from "../course/model.ts";
import { COURSE_NAME, ROOT } from "../course/where.ts";

/** Documents of the repository that are pages here: path from the root → address. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  "README.md": "readme",
  "CONTRIBUTING.md": "contributing",
  "CHANGELOG.md": "changelog",
  "shared/http/README.md": "http",
};

/** The documents that there are; the course's closing page comes last. */
export function documents(): [path: string, slug: string][] {
  const end = closingPage();
  return [
    ...Object.entries(DOCUMENTS).filter(([path]) => existsSync(join(ROOT, path))),
    ...(end === undefined ? [] : [[end.path, end.slug] as [string, string]]),
  ];
}

/** The page that is read after the last step; undefined where the course has none. */
export function closingPage(): { path: string; slug: string; title: string } | undefined {
  const path = `${siteCourse().folder}/${END_FILE}`;
  if (!existsSync(join(ROOT, path))) return undefined;
  const title = plain(titleOf(readFileSync(join(ROOT, path), "utf8")) ?? path);
  return { path, slug: "end", title };
}

/** Files that documents link to, and that are therefore published as they are. */
export function publishedFiles(): string[] {
  const { folder, steps } = siteCourse();
  const texts: [string, string][] = [
    ...documents().map(([path]): [string, string] => [
      path,
      readFileSync(join(ROOT, path), "utf8"),
    ]),
    ...steps.map((step): [string, string] => [`${folder}/${step.id}/README.md`, step.lesson ?? ""]),
  ];
  const files = texts.flatMap(([from, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)|<img [^>]*?src="([^"]+)"/g)].flatMap(([, link, picture]) => {
      const url = link ?? picture ?? "";
      return siteLink(url, from)?.startsWith("/files/") ? [targetOf(url, from) ?? ""] : [];
    }),
  );
  return [...new Set(files)];
}

function targetOf(url: string, from: string): string | undefined {
  return fromRoot(ROOT, join(ROOT, dirname(from), decodeURI(url.split("#")[0] ?? "")));
}

/**
 * Where a link of a document leads on the site, from its root.
 * @param from the document's path from the repository's root
 * @returns undefined where there is nothing to lead to: then only the text remains
 */
export function siteLink(url: string, from: string): string | undefined {
  if (url.startsWith("#") || /^[a-z][a-z+.-]*:/i.test(url)) return url;
  const hash = url.split("#")[1];
  const anchor = hash === undefined ? "" : `#${hash}`;
  const target = targetOf(url, from);
  if (target === undefined) return undefined;
  const slug = documents().find(([path]) => path === target)?.[1];
  if (slug !== undefined) return `/${slug}/${anchor}`;
  const step = stepOf(target);
  if (step !== undefined) return `/${COURSE_NAME}/${step}/${anchor}`;
  const file = statSync(join(ROOT, target), { throwIfNoEntry: false });
  if (!file?.isFile()) return undefined;
  return fileLink(target);
}

/** Under which address a file of the repository is published: programs as text, to be read. */
export function fileLink(path: string): string {
  const { folder } = siteCourse();
  const short = path.startsWith(`${folder}/`) ? COURSE_NAME + path.slice(folder.length) : path;
  return `/files/${/\.(png|jpe?g|gif|webp|svg|txt)$/.test(path) ? short : `${short}.txt`}`;
}

function stepOf(target: string): string | undefined {
  const { folder, steps } = siteCourse();
  const id =
    posix.basename(target) === "README.md"
      ? posix.basename(posix.dirname(target))
      : posix.basename(target);
  const inCourse = target === `${folder}/${id}` || target === `${folder}/${id}/README.md`;
  return inCourse && isStepId(id) && steps.some((step) => step.id === id) ? id : undefined;
}
