import { type Course, lessonOf, type Step } from "../course/course.ts";

/** What of a lesson can be done by a click. */
export type Doable = {
  /** The commands of its `bash` blocks, as they stand there. */
  commands: string[];
  /** The pages to look at, as paths of the app; two where two users talk to each other. */
  views: string[];
};

/** From here on pages belong to a user: `/front/messages/1`. */
const OF_USER = /^(.*\/)\d+$/;

/** Reads what a lesson has to be typed and looked at. */
export const doableOf = (course: Course, step: Step): Doable => {
  const lesson = lessonOf(step) ?? "";
  return { commands: commandsIn(lesson), views: viewsOf(course, step) };
};

const commandsIn = (lesson: string): string[] =>
  [...lesson.matchAll(/^```bash\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block
      .replaceAll(/\\\n\s*/g, "")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#")),
  );

/**
 * The page of a step: the first that its lesson opens, or the first that its lesson asks by `http`,
 * or that of the step before.
 */
const viewsOf = (course: Course, step: Step): string[] => {
  const upTo = course.steps.slice(0, course.steps.findIndex(({ id }) => id === step.id) + 1);
  for (const each of upTo.toReversed()) {
    const lesson = lessonOf(each) ?? "";
    const opened = [...lesson.matchAll(/<http:\/\/(?:localhost|127\.0\.0\.1):\d+(\/[^>]*)>/g)];
    const [first] = opened.map(([, path = "/"]) => path);
    if (first !== undefined) return pair(first);
    const asked = commandsIn(lesson).flatMap((it) => /^http :\d+(\/\S*)$/.exec(it)?.[1] ?? []);
    const [get] = asked;
    if (get !== undefined) return [get];
  }
  return ["/"];
};

const pair = (path: string): string[] => {
  const stem = OF_USER.exec(path)?.[1];
  return stem === undefined ? [path] : [`${stem}1`, `${stem}2`];
};
