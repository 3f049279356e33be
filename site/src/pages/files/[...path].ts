import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIRoute } from "astro";
import { siteCourses } from "../../course/model.ts";
import { ROOT } from "../../course/where.ts";
import { fileLink, publishedFiles } from "../../lesson/links.ts";

/** The steps' files as plain text, and what documents link to. */
export function getStaticPaths() {
  const steps = siteCourses().flatMap((course) => course.steps);
  const ofSteps = steps.flatMap((step) =>
    [...step.files].flatMap(([path, text]) => (text === undefined ? [] : [`${step.dir}/${path}`])),
  );
  return [...new Set([...ofSteps, ...publishedFiles()])].map((path) => ({
    params: { path: fileLink(path).replace("/files/", "") },
    props: { file: join(ROOT, path) },
  }));
}

export const GET: APIRoute = ({ props }) => new Response(readFileSync(props.file));
