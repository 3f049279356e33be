import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { END_FILE, fromRoot } from "../../../shared/course/course.ts";
import { plain, titleOf } from "../../../shared/course/lesson.ts";
import { documentOf, homeOf, prefixOf, type SiteCourse, siteCourses } from "../course/model.ts";
import { ROOT } from "../course/where.ts";

/** A document that is a page here. */
export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  /** Its address: `readme` for `/readme/`. */
  readonly slug: string;
  /** What the sidebar calls it. */
  readonly label: string;
  /** The course that it belongs to; undefined where it belongs to all of them. */
  readonly course?: SiteCourse;
}

const GUIDE = "How to follow the course";

/** Documents that belong to no course. */
const GENERAL: readonly Document[] = [
  { path: "README.md", slug: "readme", label: GUIDE },
  { path: "CONTRIBUTING.md", slug: "contributing", label: "How to change the course" },
  { path: "CHANGELOG.md", slug: "changelog", label: "What changed" },
  { path: "shared/http/README.md", slug: "http", label: "The http command" },
];

/** The documents that there are; the closing page of a course comes after its guide. */
export function documents(): Document[] {
  return [
    ...GENERAL.filter(({ path }) => existsSync(join(ROOT, path))),
    ...siteCourses().flatMap((course) =>
      [guideOf(course), closingPage(course)].filter((each) => each !== undefined),
    ),
  ];
}

/** The README.md of a course's own folder; undefined where it has none. */
export function guideOf(course: SiteCourse): Document | undefined {
  const path = `${course.folder}/README.md`;
  if (documentOf(path) === undefined) return undefined;
  return { path, slug: `${course.name}/readme`, label: GUIDE, course };
}

/** The page that is read after the last step; undefined where the course has none. */
export function closingPage(course: SiteCourse): Document | undefined {
  const path = `${course.folder}/${END_FILE}`;
  const end = documentOf(path);
  if (end === undefined) return undefined;
  const label = plain(titleOf(end.markdown) ?? path);
  return { path, slug: `${prefixOf(course)}end`, label, course };
}

/** Files that documents link to, and that are therefore published as they are. */
export function publishedFiles(): string[] {
  const texts: [string, string][] = [
    ...documents().map(({ path }): [string, string] => [
      path,
      readFileSync(join(ROOT, path), "utf8"),
    ]),
    ...siteCourses().flatMap(({ steps }) =>
      steps.map(({ dir, lesson }): [string, string] => [`${dir}/README.md`, lesson ?? ""]),
    ),
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
  const slug = documents().find(({ path }) => path === target)?.slug;
  if (slug !== undefined) return `/${slug}/${anchor}`;
  const page = pageOf(target);
  if (page !== undefined) return page + anchor;
  const file = statSync(join(ROOT, target), { throwIfNoEntry: false });
  if (!file?.isFile()) return undefined;
  return fileLink(target);
}

/** Under which address a file of the repository is published: programs as text, to be read. */
export function fileLink(path: string): string {
  const course = siteCourses().find(({ folder }) => path.startsWith(`${folder}/`));
  const short = course === undefined ? path : course.name + path.slice(course.folder.length);
  return `/files/${/\.(png|jpe?g|gif|webp|svg|txt)$/.test(path) ? short : `${short}.txt`}`;
}

/** The page of a course, or of one of its steps, that a path of the repository means. */
function pageOf(target: string): string | undefined {
  const folder = posix.basename(target) === "README.md" ? posix.dirname(target) : target;
  for (const course of siteCourses()) {
    if (folder === course.folder) return homeOf(course);
    const step = course.steps.find(({ dir }) => dir === folder);
    if (step !== undefined) return `/${course.name}/${step.id}/`;
  }
  return undefined;
}
