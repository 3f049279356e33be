import { builtinModules } from "node:module";
import { diffLines } from "diff";
import { type Finding, lineAt } from "../finding.ts";
import { type CourseText, neighbours } from "../text.ts";

/** Lines that a step may add to app.ts: more do not fit on a projected page. */
export const ADDED = 40;
/** Lines of the longest app.ts. */
export const TOTAL = 262;

/** An import that learners cannot resolve: a step is complete by itself. */
export function imports({ steps, packages }: CourseText): Finding[] {
  return steps.flatMap(({ dir, files }) => {
    const app = files.get("app.ts") ?? "";
    return [...app.matchAll(/^(?:import|export) .*? ?from "(.*)";$|^import "(.*)";$/gm)].flatMap(
      (found) => {
        const name = found[1] ?? found[2] ?? "";
        if (packages.includes(name) || builtinModules.includes(name.replace(/^node:/, "")))
          return [];
        return [
          {
            file: `${dir}/app.ts`,
            line: lineAt(app, found.index),
            what: `imports "${name}", which learners do not have`,
            cure: name.startsWith(".")
              ? "write it into app.ts: a step imports packages and Node's own modules alone"
              : `npm install ${name}, so that it stands in the dependencies of package.json`,
          },
        ];
      },
    );
  });
}

/** A step's number in its own code: an insertion would be a conflict in each later step. */
export function ownNumber({ steps }: CourseText): Finding[] {
  return steps.flatMap(({ dir, files }) => {
    const app = files.get("app.ts") ?? "";
    const found = /["'`]\d\d[a-z]?["'`]/.exec(app);
    if (found === null) return [];
    return [
      {
        file: `${dir}/app.ts`,
        line: lineAt(app, found.index),
        what: `names a step: ${found[0]}`,
        cure: "use VERSION, the name of the folder",
      },
    ];
  });
}

/** A step that adds more to app.ts than a reader takes in at once, or an app.ts that grew too long. */
export function budget(course: CourseText): Finding[] {
  const first = course.steps.slice(0, 1).map((step) => [undefined, step] as const);
  return [...first, ...neighbours(course)].flatMap(([before, { dir, files }]) => {
    const app = files.get("app.ts");
    if (app === undefined) return [];
    const file = `${dir}/app.ts`;
    const found: Finding[] = [];
    const added = diffLines(before?.files.get("app.ts") ?? "", app)
      .filter((change) => change.added)
      .reduce((sum, { count }) => sum + count, 0);
    if (added > ADDED)
      found.push({
        file,
        what: `adds ${added} lines, and a step may add ${ADDED}`,
        cure: `make two steps of it (./version.sh insert)`,
      });
    const total = app.split("\n").length - 1;
    if (total > TOTAL)
      found.push({
        file,
        what: `has ${total} lines, and ${TOTAL} is the most`,
        cure: "say it in fewer lines, or end the course before it",
      });
    return found;
  });
}
