import { parseArgs } from "node:util";
import { closestMatch } from "leven";
import { quote, UsageError } from "../errors.ts";
import { type OptionSpec, optionTable } from "./option-table.ts";
import { defaultOptions, type Options } from "./options.ts";

const names = Object.keys(optionTable);
const known = new Set([...names, ...names.map((name) => `no-${name}`)]);

/** Completes `--verb` to `--verbose` where only one option can be meant. */
function completeName(argument: string): string {
  const [, name = "", rest = ""] = /^--([^=]+)(.*)$/s.exec(argument) ?? [];
  if (known.has(name)) return argument;
  const candidates = names.filter((each) => each.startsWith(name) && !each.startsWith("no-"));
  const [only] = candidates;
  if (candidates.length > 1) {
    const list = candidates.map((each) => `--${each}`).join(", ");
    throw new UsageError(`ambiguous option: ${argument} could match ${list}`);
  }
  if (only) return `--${only}${rest}`;
  // Two typing slips: more, and it may have meant anything.
  const similar = closestMatch(name, names, { maxDistance: 2 });
  throw new UsageError(
    `unrecognized arguments: --${name}${similar ? `, did you mean --${similar}?` : " (http --help lists them)"}`,
  );
}

function completeNames(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((each, index) =>
    each.startsWith("--") && each.length > 2 && (end < 0 || index < end)
      ? completeName(each)
      : each,
  );
}

const configuration = Object.fromEntries(
  Object.entries(optionTable).map(([name, { short, takesValue }]) => {
    const type: "string" | "boolean" = takesValue ? "string" : "boolean";
    return [name, short ? { type, short, multiple: true } : { type, multiple: true }];
  }),
);

function looksLikeOption(value: string | undefined): boolean {
  return value !== undefined && /^-[^\d\s]\S*$/.test(value);
}

function missingValue(typed: string): UsageError {
  return new UsageError(
    `argument ${typed}: expected one argument (one that starts with - is given as ${typed}=-value)`,
  );
}

/** The arguments, sorted into options and the rest. */
export type ParsedArguments = { options: Options; positionals: string[] };

function apply(options: Options, spec: OptionSpec, typed: string, value: string | undefined): void {
  if (spec.takesValue && value === undefined) {
    throw missingValue(typed);
  }
  if (!spec.takesValue && value !== undefined) {
    throw new UsageError(`${quote(`${typed}=${value}`)}: ${typed} takes no value`);
  }
  spec.apply(options, value ?? "");
}

/**
 * Sorts the arguments into options, in the order in which they stand, and positional ones.
 *
 * @throws UsageError for an unknown option, one without its value or with a bad one
 */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const options = defaultOptions();
  const positionals: string[] = [];
  const resets: OptionSpec[] = [];
  const { tokens } = parseArgs({
    args: completeNames(args),
    options: configuration,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = optionTable[token.name];
    const reset = token.name.startsWith("no-") ? optionTable[token.name.slice(3)] : undefined;
    if (spec) {
      if (!token.inlineValue && looksLikeOption(token.value)) throw missingValue(token.rawName);
      const isShort = !token.rawName.startsWith("--");
      const value = isShort ? token.value?.replace(/^=/, "") : token.value;
      apply(options, spec, token.rawName, value);
    } else if (reset) {
      resets.push(reset);
    } else {
      throw new UsageError(`unrecognized arguments: ${token.rawName} (http --help lists them)`);
    }
  }
  // Last, whatever their place, so that they undo what the config folder sets.
  const defaults = defaultOptions();
  for (const { field } of resets) Object.assign(options, { [field]: defaults[field] });
  return { options, positionals };
}
