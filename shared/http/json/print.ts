import { JsonNumber, type JsonValue } from "./value.ts";

/** How {@link printJson} lays a document out. */
export type JsonStyle = {
  /** Spaces a level, or undefined for one line with `", "` and `": "`. */
  indent?: number;
  sortKeys?: boolean;
  /** Writes everything beyond ASCII as `\uXXXX`. */
  asciiOnly?: boolean;
};

/**
 * A number as Python, and so HTTPie, writes it: integers as they are, others by the shortest
 * decimal that reads back the same.
 *
 * @example printNumber("1.50") // "1.5"
 * @example printNumber("1e2") // "100.0"
 */
export function printNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text === "-0" ? "0" : text;
  const value = Number(text);
  // 1e400 is valid JSON that no double holds: its own text is the only faithful answer.
  if (!Number.isFinite(value)) return text;
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    const sign = power < 0 ? "-" : "+";
    return `${digits}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const plain = Object.is(value, -0) ? "-0" : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

function printString(text: string, asciiOnly: boolean): string {
  const quoted = JSON.stringify(text);
  if (!asciiOnly) return quoted;
  return quoted.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

type Member = [key: string, value: JsonValue];

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** What Python compares a value by: numbers, and truth as 0 or 1; undefined for the rest. */
function rank(value: JsonValue): number | undefined {
  if (value instanceof JsonNumber) return Number(value.text);
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** The members of one key, in the order of their values where all of these compare. */
function sortValues(members: Member[]): Member[] {
  if (members.every(([, value]) => typeof value === "string")) {
    return members.toSorted(([, a], [, b]) => compare(a as string, b as string));
  }
  if (members.some(([, value]) => rank(value) === undefined)) return members;
  return members.toSorted(([, a], [, b]) => compare(rank(a) ?? 0, rank(b) ?? 0));
}

/** Sorts by the keys, and what is repeated by the values, as HTTPie does. */
function sortMembers(members: Member[]): Member[] {
  const groups = Map.groupBy(members, ([key]) => key);
  const sorted = [...groups].toSorted(([a], [b]) => compare(a, b));
  return sorted.flatMap(([, group]) => (group.length > 1 ? sortValues(group) : group));
}

/** Prints a document. */
export function printJson(value: JsonValue, style: JsonStyle = {}): string {
  const { indent, sortKeys = false, asciiOnly = false } = style;

  const list = (open: string, close: string, parts: string[], depth: number): string => {
    if (parts.length === 0) return open + close;
    if (indent === undefined) return open + parts.join(", ") + close;
    const inner = `\n${" ".repeat(indent * (depth + 1))}`;
    return `${open}${inner}${parts.join(`,${inner}`)}\n${" ".repeat(indent * depth)}${close}`;
  };
  const print = (item: JsonValue, depth: number): string => {
    if (item === null || typeof item === "boolean") return String(item);
    if (typeof item === "string") return printString(item, asciiOnly);
    if (item instanceof JsonNumber) return printNumber(item.text);
    if (Array.isArray(item)) {
      return list(
        "[",
        "]",
        item.map((each) => print(each, depth + 1)),
        depth,
      );
    }
    const members = sortKeys ? sortMembers(item.members) : item.members;
    const parts = members.map(
      ([key, each]) => `${printString(key, asciiOnly)}: ${print(each, depth + 1)}`,
    );
    return list("{", "}", parts, depth);
  };

  return print(value, 0);
}
