/**
 * JSON as it was written: the order and the repetition of keys and the text of numbers
 * survive, which `JSON.parse` would lose (`{"2":0,"1":0}`, `12345678901234567890`, `1.0`).
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

/** A number, kept as its text. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object: a list of members in their order, where a key can appear more than once. */
export class JsonObject {
  readonly members: [key: string, value: JsonValue][] = [];

  /** The value of the last member of this name. */
  get(key: string): JsonValue | undefined {
    return this.members.findLast(([name]) => name === key)?.[1];
  }

  /** Replaces the value of a key in its place, or appends the member. */
  set(key: string, value: JsonValue): void {
    const member = this.members.findLast(([name]) => name === key);
    if (member) member[1] = value;
    else this.members.push([key, value]);
  }
}

/** Whether a value is an object or an array. */
export function isContainer(value: JsonValue): value is JsonObject | JsonValue[] {
  return value instanceof JsonObject || Array.isArray(value);
}
