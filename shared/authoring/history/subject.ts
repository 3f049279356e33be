import { plain, titleOf } from "../../course/lesson.ts";

/** The first line of a step's commit: `step 03 - GET /api/users to list users`. */
export function subjectOf(id: string, lesson: string | undefined): string {
  const title = titleOf(lesson ?? "");
  return title === undefined ? `step ${id}` : `step ${id} - ${plain(title)}`;
}

/** The step that a commit's first line names; undefined if it names none. */
export function stepIn(subject: string): string | undefined {
  return /^step (\d\d[a-z]?)(?: - |$)/.exec(subject)?.[1];
}
