import { END_FILE, EXAMPLE_FILE } from "../../../course/course.ts";
import { mountsIn, type Route, routesIn } from "../code.ts";
import { type Finding, lineAt } from "../finding.ts";
import { fetchesIn, isAnsweredBy, type Request, requestsIn } from "../requests.ts";
import { type CourseText, programOf } from "../text.ts";

/**
 * A request of a lesson, of a page's script or of the example data to a route that no step has. One
 * whose answer is shown to be 404 wants no route; files of `public/` and whatever stands below a path
 * that is handed on are answered.
 */
export function asksNowhere(course: CourseText): Finding[] {
  const { folder, about, steps, end, example, readme } = course;
  if (about === undefined) return [];
  const isAnswered = answering(course);
  const finding = (file: string, text: string, { method, path, index }: Request): Finding => ({
    file,
    line: lineAt(text, index),
    what: `asks ${method} ${path}, which no step answers`,
    cure: "correct the address, or add the route that it means",
  });
  const looked = (file: string, text: string, requests: readonly Request[]) =>
    requests
      .filter((request) => !isAnswered(request) && !isShownMissing(text, request))
      .map((request) => finding(file, text, request));
  const typed = (file: string, text: string | undefined) =>
    text === undefined ? [] : looked(file, text, requestsIn(text, about.port));
  return [
    ...typed(readme.file, readme.text),
    ...steps.flatMap(({ dir, files }) => [
      // What an exercise asks for is written by the learner.
      ...typed(`${dir}/README.md`, files.get("README.md")?.replace(/^## Exercise$[\s\S]*/m, "")),
      ...[...files]
        .filter(([path]) => /^public\/.*\.js$/.test(path))
        .flatMap(([path, text = ""]) => looked(`${dir}/${path}`, text, fetchesIn(text))),
    ]),
    ...typed(`${folder}/${END_FILE}`, end),
    ...looked(`${folder}/${EXAMPLE_FILE}`, example ?? "", requestsOf(example ?? "")),
  ];
}

/** Whether some step of the course answers a request. */
function answering({ steps, about }: CourseText): (request: Request) => boolean {
  const programs = steps.flatMap((step) => programOf(step).map(([, code]) => code));
  const routes: Route[] = programs.flatMap(routesIn);
  const mounts = new Set([...programs.flatMap(mountsIn), about?.socketPath ?? ""]);
  const files = steps.flatMap(({ files }) =>
    // express.static answers a folder by its index.html.
    [...files.keys()].flatMap((path) => {
      const [, file] = /^public(\/.+)$/.exec(path) ?? [];
      return file === undefined ? [] : [file, file.replace(/(?<=\/)index\.html$/, "")];
    }),
  );
  return (request) =>
    routes.some((route) => isAnsweredBy(request, route)) ||
    [...mounts].some((path) => path !== "" && `${request.path}/`.startsWith(`${path}/`)) ||
    files.some((path) => request.path.endsWith(path));
}

/** Whether the text shows, right below the command, that nothing is there. */
function isShownMissing(text: string, { index }: Request): boolean {
  const [, status = ""] =
    /^[^\n]*(?:\n(?!```)[^\n]*)*\n```\n+```\w+\n(?:HTTP\/[\d.]+ )?(\d{3})?/.exec(
      text.slice(index).trimStart(),
    ) ?? [];
  return status === "404" || status === "405";
}

/** What the example data asks for: each path by POST, and by GET what lists the events of a socket. */
function requestsOf(example: string): Request[] {
  return [...example.matchAll(/"(path|list)":\s*"(\/[^"?]*)/g)].map((found) => ({
    method: found[1] === "list" ? "GET" : "POST",
    path: (found[2] ?? "").replace(/@[\w.]+/g, "1"),
    index: found.index,
  }));
}
