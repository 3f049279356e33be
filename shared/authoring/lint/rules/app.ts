import { builtinModules } from "node:module";
import { posix } from "node:path";
import { diffLines } from "diff";
import { ABOUT } from "../../../course/about.ts";
import { importsIn, packageOf } from "../code.ts";
import { type Finding, lineAt } from "../finding.ts";
import { type CourseText, codeOf, programOf, type StepText } from "../text.ts";
import { isSplit } from "./split.ts";

/** An import that learners cannot resolve, or that the course does not list. */
export function imports(course: CourseText): Finding[] {
  return course.steps.flatMap((step) =>
    programOf(step).flatMap(([path, code]) =>
      importsIn(code).flatMap(({ name, index }) => {
        const fault = faultOf(course, step, path, name);
        if (fault === undefined) return [];
        return [{ file: `${step.dir}/${path}`, line: lineAt(code, index), ...fault }];
      }),
    ),
  );
}

function faultOf(
  { folder, about, packages }: CourseText,
  { id, files }: StepText,
  path: string,
  name: string,
): Omit<Finding, "file"> | undefined {
  const what = `imports "${name}", which learners do not have`;
  const wanted = packageOf(name);
  if (wanted === undefined) {
    if (name.startsWith("node:")) return undefined;
    // Where course.json cannot be read, that is the fault to mend first.
    const mayHave = about === undefined || (about.lib !== undefined && about.lib <= id);
    // Upwards or downwards is looked at where the modules are.
    const target = posix.join(posix.dirname(path), name);
    if (mayHave && /^(?:app|lib\/[\w-]+)\.ts$/.test(target) && files.has(target)) return undefined;
    const cure = mayHave
      ? "write it into lib/: a step imports packages, Node's own modules and its own lib/*.ts"
      : "write it into app.ts: a step imports packages and Node's own modules alone";
    return { what, cure };
  }
  if (builtinModules.includes(name)) return undefined;
  if (!packages.includes(wanted))
    return {
      what,
      cure: `npm install ${wanted}, so that it stands in the dependencies of package.json`,
    };
  if (about === undefined || about.imports.includes(wanted)) return undefined;
  return {
    what: `imports "${name}", which the course does not list`,
    cure: `add "${wanted}" to imports of ${folder}/${ABOUT}, or do without it`,
  };
}

/** A step's name in its own code: an insertion would be a conflict in each later step. */
export function ownNumber({ steps }: CourseText): Finding[] {
  const ids = steps.map(({ id }) => id);
  return steps.flatMap((step) =>
    programOf(step).flatMap(([path, code]) => {
      const named = [...code.matchAll(/["'`](\d\d[a-z]?)["'`]/g)];
      const found = named.find(([, id = ""]) => ids.includes(id));
      if (found === undefined) return [];
      return [
        {
          file: `${step.dir}/${path}`,
          line: lineAt(code, found.index),
          what: `names a step: ${found[0]}`,
          cure: "use VERSION, the name of the folder",
        },
      ];
    }),
  );
}

/** A step that adds more than a reader takes in at once, or an app.ts that grew too long. */
export function budget({ about, steps, beginnings }: CourseText): Finding[] {
  if (about === undefined) return [];
  const { added, total, first = added, public: ofPages } = about.budget;
  return steps.flatMap((step, at): Finding[] => {
    const app = step.files.get("app.ts");
    if (app === undefined) return [];
    const file = `${step.dir}/app.ts`;
    const found: Finding[] = [];
    // A course may begin with a copy of the step that it continues.
    const before = steps[at - 1]?.files;
    const from = before === undefined ? [new Map(), ...beginnings] : [before];
    const count = Math.min(...from.map((files) => addedTo(files, programOf(step))));
    const most = at === 0 ? first : added;
    // A split is bounded by what it may have beyond the lines that it moves.
    if (count > most && !isSplit(step, about))
      found.push({
        file,
        what: `adds ${count} lines, and ${at === 0 && first !== added ? "the first" : "a"} step may add ${most}`,
        cure: `make two steps of it (./version.sh insert)`,
      });
    const lines = app.split("\n").length - 1;
    if (lines > total)
      found.push({
        file,
        what: `has ${lines} lines, and ${total} is the most`,
        cure: "say it in fewer lines, or end the course before it",
      });
    // A style sheet is given, and need not be read.
    const pages = codeOf(step).filter(([path]) => /^public\/.*(?<!\.css)$/.test(path));
    const more = Math.min(...from.map((files) => addedTo(files, pages)));
    if (ofPages !== undefined && more > ofPages)
      found.push({
        file: `${step.dir}/public/`,
        what: `gets ${more} lines, and a step may add ${ofPages} there`,
        cure: `make two steps of it (./version.sh insert)`,
      });
    return found;
  });
}

function addedTo(
  before: StepText["files"],
  files: readonly [path: string, text: string][],
): number {
  return files
    .flatMap(([path, text]) => diffLines(before.get(path) ?? "", text))
    .filter((change) => change.added)
    .reduce((sum, { count }) => sum + count, 0);
}
