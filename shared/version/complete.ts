import type { Argument, Command } from "commander";
import { coursesHere, DEFAULT_COURSE, readCourse, titleFor, typedAs } from "../course/course.ts";
import { buildProgram, loadVerb, verbIn } from "./program.ts";
import { Context, type Verbs } from "./verb.ts";

/** A word that may stand where the cursor is, and what it means. */
export interface Suggestion {
  readonly word: string;
  readonly about: string;
}

/**
 * The words that may complete a command line.
 * @param words what was typed after `./version.sh`; the last one is unfinished, perhaps empty
 * @returns nothing where a file name or free text belongs
 */
export async function complete(context: Context, words: readonly string[]): Promise<Suggestion[]> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const found = await candidates(context, before, typed);
  return found.filter(({ word }) => word.startsWith(typed));
}

async function candidates(
  context: Context,
  before: readonly string[],
  typed: string,
): Promise<Suggestion[]> {
  const { world, verbs } = context;
  const name = verbIn(before);
  if (name !== undefined && !Object.hasOwn(verbs, name)) return [];
  const program = await buildProgram(world, verbs, name === undefined ? [] : [name]);
  const command = program.commands[0];
  const options = [...(command?.options ?? []), ...program.options];
  const option = options.find((each) => each.long === before.at(-1) && each.required);
  if (option?.long === "--course")
    return coursesHere(world.root).map((word) => ({ word, about: "course" }));
  if (option !== undefined) return [];
  if (typed.startsWith("-"))
    return options
      .filter((each) => !before.includes(each.long ?? ""))
      .map((each) => ({ word: each.long ?? "", about: each.description }));
  if (command === undefined) return await verbSuggestions(verbs);
  const argument = command.registeredArguments[positionals(before, command) - 1];
  const course = before[before.indexOf("--course") + 1];
  const env = before.includes("--course") ? { ...world.env, COURSE: course } : world.env;
  return await forArgument(new Context({ ...world, env }, program, verbs), argument, typed);
}

/** How many words before the cursor are no options: the verb and its arguments. */
function positionals(before: readonly string[], command: Command): number {
  const takesValue = (word: string | undefined) =>
    word === "--course" ||
    command.options.some((option) => option.long === word && option.required);
  return before.filter((word, index) => !word.startsWith("-") && !takesValue(before[index - 1]))
    .length;
}

async function forArgument(
  context: Context,
  argument: Argument | undefined,
  typed: string,
): Promise<Suggestion[]> {
  if (argument?.argChoices !== undefined)
    return argument.argChoices.map((word) => ({ word, about: argument.description }));
  switch (argument?.name()) {
    case "step":
    case "other":
      return steps(context, typed);
    case "verb":
      return await verbSuggestions(context.verbs);
    default:
      return [];
  }
}

/**
 * The steps as the learner began to write them: `04`, which is one of the course that is meant;
 * else, of any course, `steps/04`, `counter/04` or `sequels/counter/04`.
 */
function steps(context: Context, typed: string): Suggestion[] {
  const { world } = context;
  if (typed === "" || /^\d/.test(typed))
    return context.course().steps.map((step) => ({
      word: step.id,
      about: titleFor(step) + (context.hasSequels() ? ` (${step.course}/)` : ""),
    }));
  return coursesHere(world.root).flatMap((folder) =>
    readCourse(world, folder).steps.flatMap((step) =>
      [step.dir, ...(folder === DEFAULT_COURSE ? [] : [typedAs(step, "")])].map((word) => ({
        word,
        about: `${titleFor(step)} (${folder}/)`,
      })),
    ),
  );
}

async function verbSuggestions(verbs: Verbs): Promise<Suggestion[]> {
  const names = Object.keys(verbs).filter((name) => !name.startsWith("_"));
  return await Promise.all(
    names.map(async (word) => ({ word, about: (await loadVerb(verbs, word)).summary })),
  );
}
