import { ABOUT, type About } from "../../../course/about.ts";
import { countsIn } from "../../../course/counts.ts";
import type { Finding } from "../finding.ts";
import type { CourseText } from "../text.ts";

/** A course.json that cannot be read, or that names steps or courses which are not there. */
export function aboutFaults({ folder, about, aboutFault, steps, courses }: CourseText): Finding[] {
  const file = `${folder}/${ABOUT}`;
  if (about === undefined) {
    const what = (aboutFault ?? "is missing").replace(`${file}: `, "").replace(`${file} `, "");
    return [{ file, what, cure: "mend it, then lint again" }];
  }
  const ids = steps.map(({ id }) => id);
  const strange = stepsIn(about)
    .filter(({ step }) => !ids.includes(step))
    .map(({ key, step }) => ({
      file,
      what: `${key} names step ${step}, which the course does not have`,
      cure: `name one of ${ids[0]} to ${ids.at(-1)}`,
    }));
  const unordered = LISTS.filter((key) => !isInOrder(about[key].map(({ from }) => from))).map(
    (key) => ({
      file,
      what: `${key} is not in the order of the steps`,
      cure: "put what begins first on top: each entry holds until the next one begins",
    }),
  );
  const unknown = about.after
    .filter((course) => !courses.includes(course) || course === folder)
    .map((course) => ({
      file,
      what: `after names ${course}, which is no other course here`,
      cure: `name one of ${courses.filter((each) => each !== folder).join(", ") || "none"}`,
    }));
  const miscounted = (["title", "introduction"] as const).flatMap((key) =>
    countsIn(about[key])
      .filter(({ told }) => Number(told) !== steps.length)
      .map(({ told }) => ({
        file,
        what: `${key} says ${told} steps, and there are ${steps.length}`,
        cure: "write the number that there is",
      })),
  );
  return [...strange, ...unordered, ...unknown, ...miscounted];
}

/** The keys whose entries follow each other; several pages and needs may begin at one step. */
const LISTS = ["database", "servers", "pages", "needs"] as const;

function isInOrder(steps: readonly string[]): boolean {
  return steps.every((step, index) => index === 0 || (steps[index - 1] ?? "") <= step);
}

/** The steps that a course.json names, each with its key. */
function stepsIn(about: About): { key: string; step: string }[] {
  const lists = LISTS.flatMap((name) =>
    about[name].map(({ from }, index) => ({ key: `${name}.${index}.from`, step: from })),
  );
  const single = (["lib", "image"] as const).flatMap((key) =>
    about[key] === undefined ? [] : [{ key, step: about[key] }],
  );
  // The step that a list begins with by default is there in any course that lint is asked about.
  return [{ key: "version.from", step: about.version.from }, ...lists, ...single];
}
