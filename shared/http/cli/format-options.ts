import { quote, UsageError } from "../errors.ts";

/** How bodies and headers are laid out with `--pretty=format` and `all`. */
export type FormatOptions = {
  headers: { sort: boolean };
  json: { format: boolean; indent: number; sort_keys: boolean };
  xml: { format: boolean; indent: number };
};

/** What holds without `--format-options`. */
export function defaultFormatOptions(): FormatOptions {
  return {
    headers: { sort: true },
    json: { format: true, indent: 4, sort_keys: true },
    xml: { format: true, indent: 2 },
  };
}

/** The format options that `--sorted` and `--unsorted` stand for. */
export const sorting = {
  sorted: "headers.sort:true,json.sort_keys:true",
  unsorted: "headers.sort:false,json.sort_keys:false",
} as const;

function parseValue(text: string): boolean | number | string {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}

/**
 * Applies options such as `json.indent:2,headers.sort:false`.
 *
 * @throws UsageError for an unknown key or a value of the wrong type
 */
export function applyFormatOptions(options: FormatOptions, text: string): void {
  const sections = options as unknown as Record<string, Record<string, unknown>>;
  for (const option of text.split(",")) {
    const [, section = "", key = "", value = ""] =
      /^([^.:]+)\.([^.:]+):([^:]*)$/.exec(option.toLowerCase()) ?? [];
    const known = Object.entries(sections).flatMap(([name, keys]) =>
      Object.keys(keys).map((each) => `${name}.${each}`),
    );
    const target = sections[section];
    if (!target || !known.includes(`${section}.${key}`)) {
      throw new UsageError(
        `--format-options: invalid option ${quote(option)} (e.g. json.indent:2; known: ${known.join(", ")})`,
      );
    }
    const parsed = parseValue(value);
    if (typeof parsed !== typeof target[key]) {
      throw new UsageError(
        `--format-options: ${quote(option)} needs a ${typeof target[key]} after the colon, not ${quote(value)}`,
      );
    }
    target[key] = parsed;
  }
}
