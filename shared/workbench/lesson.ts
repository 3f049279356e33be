import { aboutCourse, since } from "../course/about.ts";
import { type Course, lessonOf, type Step } from "../course/course.ts";

/** What of a lesson can be done by a click. */
export type Doable = {
  /** The commands of its `bash` blocks, as they stand there. */
  commands: string[];
  /** The pages to look at, as paths of the app; two where one shows what is done on the other. */
  views: string[];
};

/**
 * Reads what a lesson has to be typed and looked at.
 * @param root the repository
 */
export const doableOf = (root: string, course: Course, step: Step): Doable => {
  const lesson = lessonOf(step) ?? "";
  return { commands: commandsIn(lesson), views: viewsOf(root, course, step) };
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
 * The pages of a step as its course names them. Before there are pages, the first path that the lesson asks
 * by `http`, or else the one of the step before: the panel beside the lesson shows an answer all the same,
 * and each try changes it.
 */
const viewsOf = (root: string, course: Course, step: Step): string[] => {
  const page = since(aboutCourse(root, course.folder).pages, step);
  if (page !== undefined) return page.beside === undefined ? [page.path] : [page.path, page.beside];
  const upTo = course.steps.slice(0, course.steps.findIndex(({ id }) => id === step.id) + 1);
  const asked = upTo.toReversed().flatMap((each) => {
    const commands = commandsIn(lessonOf(each) ?? "");
    return commands.flatMap((it) => /^http :\d+(\/\S*)$/.exec(it)?.[1] ?? []).slice(0, 1);
  });
  return [asked[0] ?? "/"];
};
