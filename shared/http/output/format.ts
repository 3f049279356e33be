import type { FormatOptions } from "../cli/format-options.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";

/** Sorts the headers of a message by name; the first line stays, and so do equal names. */
export function sortHead(head: string): string {
  const [first = "", ...headers] = head.split("\r\n");
  const nameOf = (line: string) => line.split(":", 1)[0] ?? "";
  const byName = (a: string, b: string) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
  return [first, ...headers.toSorted(byName)].join("\r\n");
}

/** Lays a JSON text out, also one behind a prefix against script inclusion; others stay. */
function formatJson(text: string, options: FormatOptions["json"]): string {
  const style = { indent: options.indent, sortKeys: options.sort_keys };
  const start = text.search(/[{["]/);
  for (const prefix of start > 0 ? ["", text.slice(0, start)] : [""]) {
    try {
      return prefix + printJson(parseJson(text.slice(prefix.length)), style);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  return text;
}

async function formatXml(text: string, indent: number): Promise<string> {
  // An entity could unfold to gigabytes: such a document stays as it came.
  if (/<!ENTITY/i.test(text)) return text;
  const { default: exported } = await import("xml-formatter");
  // The package is CommonJS: what its types call `default` is the module itself.
  const format = exported as unknown as typeof exported.default;
  try {
    return format(text, {
      indentation: " ".repeat(indent),
      collapseContent: true,
      lineSeparator: "\n",
      strictMode: true,
      forceSelfClosingEmptyTag: true,
    });
  } catch {
    return text;
  }
}

/**
 * Lays a body out by its media type.
 *
 * @param isJson - whether `--json` was given: then whatever parses is JSON
 */
export async function formatBody(
  text: string,
  mime: string,
  isJson: boolean,
  options: FormatOptions,
): Promise<string> {
  let result = text;
  if (options.json.format && (isJson || /json|javascript|text/.test(mime))) {
    result = formatJson(result, options.json);
  }
  if (options.xml.format && mime.includes("xml"))
    result = await formatXml(result, options.xml.indent);
  return result;
}
