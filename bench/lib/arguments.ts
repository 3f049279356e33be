import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_COURSE, readCourse } from "../../shared/course/course.ts";
import { UsageError } from "../../shared/course/errors.ts";
import type { Part } from "./part.ts";

/** What was asked for. */
export type Asked = {
  parts: string[];
  quick: boolean;
  /** Where to write the figures; undefined for bench/results.json. */
  json: string | undefined;
  /** The folder of the app that is measured, and those of changed copies to stand beside it. */
  app: string;
  variants: string[];
};

const options = {
  quick: { type: "boolean" },
  json: { type: "string" },
  app: { type: "string" },
  beside: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the command line.
 * @param known the names of all parts; without any name in the arguments, all of them are meant
 * @throws UsageError for an unknown part or option, or a folder without an app
 */
export const readArguments = (args: string[], known: string[]): Asked | "help" => {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  for (const name of positionals) {
    if (!known.includes(name)) {
      throw new UsageError(`there is no part '${name}': ${known.join(", ")}`);
    }
  }
  const app = values.app ?? finishedChat();
  const variants = values.beside ?? [];
  for (const folder of [app, ...variants]) {
    if (!existsSync(join(folder, "app.ts"))) {
      throw new UsageError(`there is no app.ts in '${folder}': name the folder of an app`);
    }
  }
  return {
    parts: positionals.length > 0 ? positionals : known,
    quick: values.quick ?? false,
    json: values.json,
    app,
    variants,
  };
};

/** The folder of the chat's last step. */
const finishedChat = (): string => {
  const root = resolve(import.meta.dirname, "../..");
  return readCourse({ root }, DEFAULT_COURSE).steps.at(-1)?.path ?? root;
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]} (--help shows all)`);
  }
};

/** The text of `--help`. */
export const helpText = (parts: Record<string, Part>): string => {
  const width = Math.max(...Object.keys(parts).map((name) => name.length));
  return `npm run bench -- [part…] [--quick] [--json FILE] [--app FOLDER] [--beside FOLDER]

Parts (all, where none is named):
${Object.entries(parts)
  .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  .join("\n")}

  --quick          short runs, rough figures
  --json FILE      where to write the figures (default: bench/results.json)
  --app FOLDER     the app that is measured (default: the finished chat)
  --beside FOLDER  a changed copy of it, measured in turns with it; may be given several times
`;
};
