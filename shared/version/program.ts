import { Command, type CommanderError } from "commander";
import { UsageError } from "../course/errors.ts";
import { nearestWord } from "../course/nearest.ts";
import type { World } from "../course/world.ts";
import { Context, type Verb, type Verbs } from "./verb.ts";

const NAME = "./version.sh";

/**
 * The program with the named verbs, ready to parse; the others are not even loaded.
 * @param verbs all verbs that there are
 */
export async function buildProgram(
  world: World,
  verbs: Verbs,
  names: readonly string[],
): Promise<Command> {
  const program = new Command(NAME)
    .helpCommand(false)
    .helpOption("-h, --help", "this help")
    .option("--course <folder>", "another course than the adopted step's (or set COURSE)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => 80,
      getOutHasColors: () => false,
    });
  const context = new Context(world, program, verbs);
  for (const name of names) {
    const verb = await loadVerb(verbs, name);
    const command = program.command(name).copyInheritedSettings(program);
    command
      .summary(verb.summary)
      .description(`${name}: ${verb.summary}`)
      .helpOption("-h, --help", "this help");
    verb.define(command, context);
    if (verb.examples.length > 0) command.addHelpText("after", examplesText(verb));
  }
  return program;
}

/**
 * Loads a verb.
 * @throws UsageError naming the nearest verb if there is none of this name
 */
export async function loadVerb(verbs: Verbs, name: string): Promise<Verb> {
  if (Object.hasOwn(verbs, name)) {
    const loaded = await verbs[name]?.();
    if (loaded !== undefined) return loaded.verb;
  }
  throw new UsageError(
    `unknown verb '${name}': did you mean ${nearestWord(name, Object.keys(verbs))}? (${NAME} help shows all)`,
  );
}

/** The verb in a command line; undefined if there is none. */
export function verbIn(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--course") index++;
    else if (!arg.startsWith("-")) return arg;
  }
  return undefined;
}

/** Turns an error of the command line's parser into one line of ours; undefined for "help was shown". */
export function fromCommander(
  error: CommanderError,
  verb: string | undefined,
): UsageError | undefined {
  if (error.exitCode === 0) return undefined;
  const message = error.message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*\(?(Did you mean [^?]*\?)\)?/, ". $1");
  return new UsageError(
    `${message} (${NAME} help${verb === undefined ? "" : ` ${verb}`} shows how)`,
  );
}

function examplesText(verb: Verb): string {
  const width = Math.max(...verb.examples.map(([command]) => command.length));
  const lines = verb.examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`);
  return `\nExamples:\n${lines.join("\n")}`;
}
