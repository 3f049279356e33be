import { posix } from "node:path";
import { importsIn } from "../code.ts";
import type { Finding } from "../finding.ts";
import { type CourseText, programOf, type StepText } from "../text.ts";

/** Modules of a step: more do not fit into a reader's head. */
const FILES = 8;
/** Lines of a module. */
const LINES = 200;
/** What all modules may lean on, and what leans on none but the other one of these. */
const LOWEST = ["lib/database.ts", "lib/errors.ts"];

/**
 * Modules beside app.ts that are too many or too long, an index that hides where things are, one
 * that nobody imports, and imports that go in a circle or upwards: app.ts, then the subjects, then
 * database and errors.
 */
export function modules({ steps }: CourseText): Finding[] {
  return steps.flatMap((step) => {
    const files = programOf(step).filter(([path]) => path !== "app.ts");
    if (files.length === 0) return [];
    const imports = importsOf(step);
    return [
      ...tooMany(step, files.length),
      ...files.flatMap(([path, text]) => faultsOf(step, path, text, imports)),
      ...circles(step, imports),
    ];
  });
}

/** Which modules each file of a program imports: paths inside the step. */
type Imports = ReadonlyMap<string, readonly string[]>;

function importsOf(step: StepText): Imports {
  return new Map(
    programOf(step).map(([path, text]) => [
      path,
      importsIn(text)
        .filter(({ name }) => name.startsWith("."))
        .map(({ name }) => posix.join(posix.dirname(path), name)),
    ]),
  );
}

function tooMany({ dir }: StepText, count: number): Finding[] {
  if (count <= FILES) return [];
  const what = `holds ${count} modules, and ${FILES} are the most`;
  return [{ file: `${dir}/lib/`, what, cure: "join those of one subject" }];
}

function faultsOf({ dir }: StepText, path: string, text: string, imports: Imports): Finding[] {
  const file = `${dir}/${path}`;
  const found: Finding[] = [];
  const lines = text.split("\n").length - 1;
  if (lines > LINES)
    found.push({
      file,
      what: `has ${lines} lines, and a module has ${LINES} at most`,
      cure: "make two subjects of it",
    });
  if (path === "lib/index.ts")
    found.push({
      file,
      what: "is an index, which hides where things are",
      cure: "let each file import from the module that has it, and remove this one",
    });
  if (![...imports].some(([from, targets]) => from !== path && targets.includes(path)))
    found.push({
      file,
      what: "is a module that nothing imports",
      cure: "import it where it is needed, or remove it",
    });
  const upwards = (imports.get(path) ?? []).find((target) =>
    LOWEST.includes(path) ? !LOWEST.includes(target) : target === "app.ts",
  );
  if (upwards !== undefined)
    found.push({
      file,
      what: `imports ${upwards}, which stands above it`,
      cure: "hand over what it needs: app.ts imports the subjects, these import database and errors",
    });
  return found;
}

function circles({ dir }: StepText, imports: Imports): Finding[] {
  const found: Finding[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]) => {
    const begin = way.indexOf(path);
    if (begin >= 0)
      found.push({
        file: `${dir}/${path}`,
        what: `imports itself through others: ${[...way.slice(begin), path].join(" → ")}`,
        cure: "move what both need into a module of its own",
      });
    if (begin >= 0 || done.has(path)) return;
    // What goes up to app.ts is told already.
    const targets = (imports.get(path) ?? []).filter((target) => target !== "app.ts");
    for (const next of targets) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) if (path !== "app.ts") visit(path, []);
  return found;
}
