import type { APIRoute } from "astro";
import type { Held } from "../../../shared/course/digest.ts";
import { siteCourses } from "../course/model.ts";

/** What this website holds: the workbench takes its pages only where they are those of the files. */
export const GET: APIRoute = () => {
  const courses: Held[] = siteCourses().map(({ folder, digest }) => ({ folder, digest }));
  return Response.json({ courses });
};
