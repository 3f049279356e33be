import { fieldOf } from "./client.ts";
import { type ExampleItem, IN_HEADER, REFERENCE, sentBy } from "./example.ts";
import type { Address } from "./server.ts";
import type { Sockets } from "./sockets.ts";

/** Where the items go, and what was answered there. */
export interface Target {
  readonly address: Address;
  /** Absolute path of the course's folder, for its files. */
  readonly folder: string;
  readonly sockets: Sockets;
  /** The step's; empty for one that is before the version route. */
  readonly id: string;
  /** For messages: `step 07`. */
  readonly step: string;
  /** By the name of each item: its answer, or where it was there already, how it is listed. */
  readonly answers: Map<string, unknown>;
}

/**
 * The fields that an item sends, with the values that earlier items got in the place of their names.
 * A value that the step told nobody is left out: such a step has nothing that needs it.
 */
export function fieldsOf(
  item: ExampleItem,
  answers: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const filled = Object.entries(sentBy(item)).map(([field, value]) => {
    const [, name, path = ""] = (typeof value === "string" && REFERENCE.exec(value)) || [];
    return [field, name === undefined ? value : valueAt(answers.get(name), path)] as const;
  });
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

/** The headers of an item, with the values that earlier items got. */
export function headersOf(
  { headers }: ExampleItem,
  answers: ReadonlyMap<string, unknown>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      text.replaceAll(IN_HEADER, (_, item: string, path: string) =>
        String(valueAt(answers.get(item), path) ?? ""),
      ),
    ]),
  );
}

/** A value of an earlier answer: `.token`, `.author.id`; its id where nothing is asked for. */
function valueAt(answer: unknown, path: string): unknown {
  const names = path === "" ? ["id"] : path.slice(1).split(".");
  return names.reduce(fieldOf, answer);
}
