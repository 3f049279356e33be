import type { APIRoute } from "astro";
import { dataName, histories } from "../../../course/history.ts";
import { type SiteCourse, siteCourses } from "../../../course/model.ts";
import type { Manifest } from "../../../reader/data.ts";

/** The histories of the files, and the list of them: scripts that hand over one value each. */
export async function getStaticPaths() {
  return (await Promise.all(siteCourses().map(scriptsOf))).flat();
}

async function scriptsOf(course: SiteCourse) {
  const { files } = await histories(course);
  const manifest: Manifest = {
    course: course.name,
    steps: course.steps.map(({ id, plainTitle }) => ({ id, title: plainTitle })),
    files: files.map(({ path, steps }) => ({
      path,
      data: dataName(path),
      steps: Object.keys(steps),
    })),
  };
  const script = (name: string, value: unknown) => ({
    params: { course: course.name, name },
    props: { value },
  });
  return [script("course", manifest), ...files.map((file) => script(dataName(file.path), file))];
}

export const GET: APIRoute = ({ params, props }) =>
  new Response(`courseData(${JSON.stringify(params.name)},${JSON.stringify(props.value)});\n`, {
    headers: { "content-type": "text/javascript" },
  });
