import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { SiteCourse } from "./model.ts";
import { ROOT } from "./where.ts";

/** A name in a file, and what TypeScript says that it is. */
export interface TypedName {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** A type longer than this says less than it hides. */
const LONGEST = 700;

/** What the names of a step's file mean; nothing for files that are no programs. */
export type NamesOf = (file: string) => TypedName[];

/**
 * Starts TypeScript on all programs of a course: the servers as the course checks them, the
 * browser scripts with the settings of tsconfig.browser.json.
 */
export function openTypes(course: SiteCourse): NamesOf {
  const files = course.steps.flatMap((step) =>
    [...step.files.keys()].map((path) => join(step.folder, path)),
  );
  const server = service(
    files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")),
    "tsconfig.json",
  );
  const browser = service(
    files.filter((file) => file.endsWith(".js")),
    "tsconfig.browser.json",
  );
  return (file) => {
    if (file.endsWith(".test.ts")) return [];
    if (file.endsWith(".ts")) return namesOf(server, file);
    if (file.endsWith(".js")) return namesOf(browser, file);
    return [];
  };
}

function service(files: string[], config: string): ts.LanguageService {
  const options = optionsOf(config);
  return ts.createLanguageService({
    getScriptFileNames: () => files,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (each) => ts.getDefaultLibFilePath(each),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath,
  });
}

function optionsOf(config: string): ts.CompilerOptions {
  const path = join(ROOT, config);
  if (!existsSync(path)) return { strict: true, allowJs: true, skipLibCheck: true, noEmit: true };
  const { config: json } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(json, ts.sys, ROOT).options;
}

function namesOf(service: ts.LanguageService, file: string): TypedName[] {
  const source = service.getProgram()?.getSourceFile(file);
  if (source === undefined) return [];
  const names: TypedName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const [start, end] = [node.getStart(source), node.getEnd()];
      const info = service.getQuickInfoAtPosition(file, start);
      const type = ts.displayPartsToString(info?.displayParts).trim();
      if (type !== "" && end > start) names.push({ start, end, type: shorten(type) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.sort((a, b) => a.start - b.start);
}

function shorten(long: string): string {
  // Types without a name of their own are written with the path of their file.
  const type = long.replaceAll(`${ROOT}/`, "");
  return type.length > LONGEST ? `${type.slice(0, LONGEST)} …` : type;
}
