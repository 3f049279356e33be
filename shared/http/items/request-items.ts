import { quote, UsageError } from "../errors.ts";
import { printNumber } from "../json/print.ts";
import { isContainer, JsonNumber, type JsonValue } from "../json/value.ts";
import { HeaderList } from "../request/headers.ts";
import type { RequestItem, Upload } from "./item.ts";
import { buildDocument } from "./nested.ts";

/** How data items become a body. */
export type BodyFormat = "json" | "form" | "multipart";

/** A part of a multipart body. */
export type Part = { name: string; value: string | Upload };

/** What the data items ask to be sent. */
export type ItemData =
  | { kind: "none" }
  | { kind: "json"; document: JsonValue }
  | { kind: "form"; fields: [string, string][] }
  | { kind: "multipart"; parts: Part[] }
  | { kind: "file"; upload: Upload };

/** All request items together. */
export type RequestItems = {
  headers: HeaderList;
  query: [string, string][];
  data: ItemData;
};

/** Whether an item asks for a body, and so for POST. */
export function isDataItem(item: RequestItem): boolean {
  return item.kind === "text" || item.kind === "json" || item.kind === "upload";
}

/** Values of one name stand together, where the name came first: HTTPie's order. */
function groupByName<T>(pairs: [string, T][]): [string, T][] {
  const groups = new Map<string, [string, T][]>();
  for (const pair of pairs) {
    const group = groups.get(pair[0]);
    if (group) group.push(pair);
    else groups.set(pair[0], [pair]);
  }
  return [...groups.values()].flat();
}

/** A JSON value as a form field, written as Python would. */
function formText(argument: string, value: JsonValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof JsonNumber) return printNumber(value.text);
  const what = isContainer(value) ? "an object or an array" : "null";
  throw new UsageError(
    `${quote(argument)}: Can't use complex JSON value types with --form/--multipart (${what}); without them it is sent as JSON`,
  );
}

function jsonData(items: RequestItem[]): ItemData {
  const uploads = items.filter((item) => item.kind === "upload");
  const named = uploads.find((item) => item.key !== "");
  if (named) {
    throw new UsageError(
      `${quote(named.argument)}: invalid file field (perhaps you meant --form?); a file as the whole body is ${quote(`@${named.argument.slice(named.argument.indexOf("@") + 1)}`)}`,
    );
  }
  const [upload, second] = uploads;
  if (second) {
    throw new UsageError(`${quote(second.argument)}: Can't read request from multiple files`);
  }
  const values = items.filter((item) => item.kind === "text" || item.kind === "json");
  if (upload) {
    if (values[0]) throw mixed(values[0].argument, quote(upload.argument));
    return { kind: "file", upload: upload.value };
  }
  const document = buildDocument(values);
  return document === undefined ? { kind: "none" } : { kind: "json", document };
}

function formData(items: RequestItem[], format: BodyFormat): ItemData {
  const fields: [string, string | Upload][] = [];
  for (const item of items) {
    if (item.kind === "text") fields.push([item.key, item.value]);
    if (item.kind === "json") fields.push([item.key, formText(item.argument, item.value)]);
    if (item.kind === "upload") fields.push([item.key, item.value]);
  }
  if (format === "multipart" || items.some((item) => item.kind === "upload")) {
    const parts = groupByName(fields).map(([name, value]) => ({ name, value }));
    return { kind: "multipart", parts };
  }
  const texts = fields.filter((field): field is [string, string] => typeof field[1] === "string");
  return { kind: "form", fields: groupByName(texts) };
}

/** The error for a body that comes from two places. */
export function mixed(argument: string, source: string): UsageError {
  return new UsageError(
    `${quote(argument)} cannot be mixed with a body from ${source}: leave one of them out${
      source === "standard input" ? ", or pass --ignore-stdin (-I)" : ""
    }`,
  );
}

/**
 * Puts all request items together.
 *
 * @throws UsageError where they contradict each other or the format
 */
export function collectItems(items: RequestItem[], format: BodyFormat): RequestItems {
  const headers = new HeaderList();
  const query: [string, string][] = [];
  for (const item of items) {
    if (item.kind === "header") headers.add(checkedName(item), item.value?.trim());
    if (item.kind === "query") query.push([item.key, item.value]);
  }
  const data = format === "json" ? jsonData(items) : formData(items, format);
  return { headers, query: groupByName(query), data };
}

// What Node would refuse with a stack trace: RFC 9110's token, and no line breaks in values.
const headerName = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

function checkedName(item: RequestItem & { kind: "header" }): string {
  if (!headerName.test(item.key)) {
    throw new UsageError(`${quote(item.argument)}: ${quote(item.key)} is no name for a header`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the forbidden ones
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(item.value?.trim() ?? "")) {
    throw new UsageError(
      `${quote(item.argument)}: a header has no line breaks or control characters`,
    );
  }
  return item.key;
}
