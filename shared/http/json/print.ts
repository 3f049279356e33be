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

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

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
    const members = sortKeys ? item.members.toSorted(byKey) : item.members;
    const parts = members.map(
      ([key, each]) => `${printString(key, asciiOnly)}: ${print(each, depth + 1)}`,
    );
    return list("{", "}", parts, depth);
  };

  return print(value, 0);
}
