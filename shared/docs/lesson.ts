import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IMAGE_FILES, MODULE } from "../course/files.ts";
import { type Document, partsOf, type Quotation } from "./document.ts";
import { type Failure, failureAt } from "./failure.ts";
import { isQuotedFrom } from "./quote.ts";
import { stepBefore, stepOf } from "./repository.ts";

/** In which files of a step code of a language is looked for. */
const FILES: Record<string, (file: string) => boolean> = {
  ts: isProgram,
  sql: isProgram,
  dockerfile: (file) => file === "Dockerfile",
  js: (file) => file.startsWith("public/") && file.endsWith(".js"),
  css: (file) => file.startsWith("public/") && file.endsWith(".css"),
  html: (file) => file.startsWith("views/"),
  ejs: (file) => file.startsWith("views/"),
};
/** What a lesson says that a step changes. */
const CHANGES = "What changed";
/** A file of a step, as lessons name it. */
const STEP_FILE = /^(?:app\.ts|(?:lib|views|public)\/[\w./-]+)$/;
const isStepFile = (path: string) => STEP_FILE.test(path) || IMAGE_FILES.includes(path);

function isProgram(file: string): boolean {
  return file === "app.ts" || MODULE.test(file);
}

/**
 * What a document quotes that is not in its step's files, and what a lesson shows as changed
 * although the step before has it already.
 */
export function wrongQuotations(root: string, document: Document): Failure[] {
  const step = stepOf(document.file);
  return partsOf(document, "quotation").flatMap((quotation) => {
    const wrong = (expected: string, seen: string) =>
      failureAt(document, quotation, quotation.text, expected, seen);
    if (step === undefined)
      return [wrong("code quoted in a lesson, from its step", "a document that is no lesson")];
    if (!isInStep(root, step, quotation))
      return [wrong(`these lines in ${step}/, word for word`, "no file there has them")];
    const before = stepBefore(root, step);
    if (quotation.section === CHANGES && before && isInStep(root, before, quotation))
      return [wrong(`something new under "${CHANGES}"`, `${before}/ has these lines, too`)];
    return [];
  });
}

function isInStep(root: string, step: string, { lang, text }: Quotation): boolean {
  return filesOf(root, step)
    .filter((file) => FILES[lang]?.(file))
    .some((file) => isQuotedFrom(readFileSync(join(root, step, file), "utf8"), text));
}

/** Whether a lesson names, under "What changed", exactly the files that differ from the step before. */
export function wrongChanges(root: string, document: Document): Failure[] {
  const step = stepOf(document.file);
  if (step === undefined) return [];
  const before = stepBefore(root, step);
  const read = (folder: string | undefined, file: string) =>
    folder !== undefined && existsSync(join(root, folder, file))
      ? readFileSync(join(root, folder, file), "utf8")
      : undefined;
  const files = new Set([...filesOf(root, step), ...(before ? filesOf(root, before) : [])]);
  const changed = [...files].filter((file) => read(step, file) !== read(before, file));
  const spans = partsOf(document, "span").filter(({ section }) => section === CHANGES);
  const named = spans.filter(({ text, leads }) => leads && isStepFile(text));
  const [first] = spans;
  const surplus = named.filter(({ text }) => !changed.includes(text));
  const missing = changed.filter((file) => !named.some(({ text }) => text === file));
  return [
    ...surplus.map((span) =>
      failureAt(document, span, span.text, `a file that ${step}/ changes`, "no difference there"),
    ),
    ...missing.map((file) =>
      failureAt(
        document,
        first ?? { line: 1 },
        `what "${CHANGES}" names`,
        `an item for ${file}`,
        `${step}/${file} differs from ${before ?? "nothing"}, and no item names it`,
      ),
    ),
  ];
}

/** Files and npm scripts that a document names, and that are not there. */
export function wrongNames(root: string, document: Document): Failure[] {
  const step = stepOf(document.file);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return partsOf(document, "span").flatMap((span) => {
    const script = /^npm (?:run )?([\w:-]+)/.exec(span.text)?.[1];
    if (script !== undefined && !BUILT_IN.has(script) && !(script in scripts))
      return [
        failureAt(document, span, span.text, "a script of package.json", "none of this name"),
      ];
    // In a text, `package.json` is that of the repository.
    const path = step && STEP_FILE.test(span.text) ? `${step}/${span.text}` : span.text;
    if (!REPOSITORY_FILE.test(path) || existsSync(join(root, path))) return [];
    return [failureAt(document, span, span.text, "a file of the repository", `no file ${path}`)];
  });
}

/** npm's own verbs, which are no scripts. */
const BUILT_IN = new Set(["install", "ci"]);
/** A path that begins at the root; what a step makes when it runs (instance/) is none. */
const REPOSITORY_FILE =
  /^(?:steps\/\d\d[a-z]?|sequels\/[\w-]+\/\d\d[a-z]?|shared|bench|site|\.github|\.vscode)\/(?!.*instance\/)[\w./-]+\.\w+$/;

function filesOf(root: string, step: string): string[] {
  return readdirSync(join(root, step), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => path.slice(join(root, step).length + 1).replaceAll("\\", "/"))
    .filter((file) => isStepFile(file));
}
