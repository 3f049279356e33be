import { quote, UsageError } from "../errors.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../json/value.ts";
import { type PathStep, parsePath } from "./nested-path.ts";

// An index makes room up to itself, so a typing slip could ask for gigabytes.
const longestArray = 100_000;

function typeName(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof JsonObject) return "object";
  return value instanceof JsonNumber ? "number" : typeof value;
}

function containerFor(step: PathStep): JsonObject | JsonValue[] {
  return step.kind === "key" ? new JsonObject() : [];
}

function checkIndex(index: number, argument: string): void {
  if (index < 0) {
    throw new UsageError(`${quote(argument)}: negative indexes are not supported, count from [0]`);
  }
  if (index >= longestArray) {
    throw new UsageError(`${quote(argument)}: an index is at most ${longestArray - 1}`);
  }
}

/**
 * Sets one value in a document and makes the objects and arrays on the way to it.
 *
 * @param document - undefined at first
 * @returns the document
 */
function assign(
  document: JsonValue | undefined,
  argument: string,
  steps: PathStep[],
  value: JsonValue,
): JsonValue {
  const [first] = steps;
  const root = document ?? (first ? containerFor(first) : value);
  let here: JsonValue = root;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    const child = () => (next ? containerFor(next) : value);
    if (step.kind === "key") {
      if (!(here instanceof JsonObject)) throw mismatch(argument, steps, index, here);
      const existing = next ? here.get(step.key) : undefined;
      const placed: JsonValue = existing === undefined ? child() : existing;
      if (existing === undefined) here.set(step.key, placed);
      here = placed;
      continue;
    }
    if (!Array.isArray(here)) throw mismatch(argument, steps, index, here);
    if (step.kind === "index") checkIndex(step.index, argument);
    const at: number = step.kind === "index" ? step.index : here.length;
    while (here.length < at) here.push(null);
    const existing: JsonValue = (next ? here[at] : undefined) ?? null;
    const placed: JsonValue = existing ?? child();
    here[at] = placed;
    here = placed;
  }
  return root;
}

function mismatch(argument: string, steps: PathStep[], index: number, here: JsonValue): UsageError {
  const place = steps
    .slice(0, index)
    .map((step) => step.text)
    .join("");
  const kind = steps[index]?.kind;
  const wanted = kind === "key" ? "an object" : "an array";
  const where = place === "" ? "the whole document" : quote(place);
  // HTTPie's words, as far as they go.
  return new UsageError(
    `${quote(argument)}: Can't perform '${kind}' based access on ${where}, which has a type of ${typeName(here)} but has to be ${wanted}`,
  );
}

/**
 * Builds one JSON document from items such as `a[b]=1` and `a[c][]:=2`.
 *
 * @throws UsageError where two items disagree about what a part of the document is
 */
export function buildDocument(
  items: Iterable<{ argument: string; key: string; value: JsonValue }>,
): JsonValue | undefined {
  let document: JsonValue | undefined;
  for (const { argument, key, value } of items) {
    document = assign(document, argument, parsePath(key, argument), value);
  }
  return document;
}
