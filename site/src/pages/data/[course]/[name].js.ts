import type { APIRoute } from "astro";
import { dataName, histories } from "../../course/history.ts";
import { siteCourse } from "../../course/model.ts";
import { COURSE_NAME } from "../../course/where.ts";
import type { Manifest } from "../../reader/data.ts";

/** The histories of the files, and the list of them: scripts that hand over one value each. */
export async function getStaticPaths() {
  const { files } = await histories();
  const manifest: Manifest = {
    course: COURSE_NAME,
    steps: siteCourse().steps.map(({ id, plainTitle }) => ({ id, title: plainTitle })),
    files: files.map(({ path, steps }) => ({
      path,
      data: dataName(path),
      steps: Object.keys(steps),
    })),
  };
  return [
    { params: { name: "course" }, props: { value: manifest } },
    ...files.map((file) => ({ params: { name: dataName(file.path) }, props: { value: file } })),
  ];
}

export const GET: APIRoute = ({ params, props }) =>
  new Response(`courseData(${JSON.stringify(params.name)},${JSON.stringify(props.value)});\n`, {
    headers: { "content-type": "text/javascript" },
  });
