import { builtinModules } from "node:module";
import { importsIn, packageOf, type Route, routesIn, tablesIn } from "../code.ts";
import { type Finding, lineAt } from "../finding.ts";
import { fetchesIn, isAnsweredBy, type Request, requestsIn } from "../requests.ts";
import { type CourseText, isDrawing, programOf, type StepText } from "../text.ts";

/** Something that a step's program brings in: a route, a table, a package. */
interface Thing {
  readonly step: number;
  readonly name: string;
  /** Where a text uses it. */
  uses(file: string, text: string): number | undefined;
}

/**
 * Code or a command that uses what only a later step brings: a request to a route, SQL with a
 * table, an import of a package. Routes, tables and packages are those of the steps' programs, each
 * at the first step that has it. What prose tells of later steps is no use of them.
 */
export function usesLater({ steps, about }: CourseText): Finding[] {
  if (about === undefined) return [];
  const things = thingsOf(steps, about.port);
  return steps.flatMap(({ dir, files }, at) => {
    const known = things.filter(({ step }) => step <= at);
    const later = things.filter(
      ({ step, name }) => step > at && !known.some((it) => it.name === name),
    );
    return [...files].flatMap(([path, text = ""]) =>
      later.flatMap(({ name, step, uses }) => {
        const index = uses(path, text);
        if (index === undefined) return [];
        const first = steps[step]?.id;
        return [
          {
            file: `${dir}/${path}`,
            line: lineAt(text, index),
            what: `uses ${name}, which step ${first} introduces`,
            cure: "show it with what is there already, or put it off until then",
          },
        ];
      }),
    );
  });
}

function thingsOf(steps: readonly StepText[], port: number): Thing[] {
  const found = new Map<string, Thing>();
  const add = (thing: Thing) => found.has(thing.name) || found.set(thing.name, thing);
  for (const [step, files] of steps.entries())
    for (const [, code] of programOf(files)) {
      for (const each of routesIn(code)) add(route(step, each, port));
      for (const name of tablesIn(code)) add(table(step, name));
      for (const { name } of importsIn(code)) {
        const wanted = packageOf(name);
        if (wanted !== undefined && !builtinModules.includes(name))
          add({ step, name: `the package ${wanted}`, uses: importOf(wanted) });
      }
    }
  return [...found.values()];
}

function route(step: number, route: Route, port: number): Thing {
  const isIt = (request: Request) => isAnsweredBy(request, route);
  return {
    step,
    name: `${route.method} ${route.path}`,
    uses(file, text) {
      if (file === "README.md") return requestsIn(text, port).find(isIt)?.index;
      return /^public\/.*\.js$/.test(file) ? fetchesIn(text).find(isIt)?.index : undefined;
    },
  };
}

function table(step: number, name: string): Thing {
  const sql = new RegExp(`\\b(?:FROM|INTO|UPDATE|JOIN|TABLE|ON|REFERENCES)\\s+${name}\\b`);
  return {
    step,
    name: `the table ${name}`,
    uses: (file, text) => inCode(file, text, sql),
  };
}

function importOf(name: string): Thing["uses"] {
  const used = new RegExp(
    `\\b(?:from|import|require\\(|npm install|npm i)\\s*["'\`]?${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`,
  );
  return (file, text) => inCode(file, text, used);
}

/** Where a pattern stands in a file of code, or in the blocks of a lesson. */
function inCode(file: string, text: string, pattern: RegExp): number | undefined {
  if (file.endsWith(".test.ts") || isDrawing(file)) return undefined;
  if (file !== "README.md") return pattern.exec(text)?.index;
  for (const block of text.matchAll(/^(```|~~~)\w+\n[\s\S]*?^\1/gm)) {
    const found = pattern.exec(block[0]);
    if (found !== null) return block.index + found.index;
  }
  return undefined;
}
