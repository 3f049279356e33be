import { differingField, hasFields, isSame } from "./same.ts";
import { inWords } from "./words.ts";

/** The longest text of a list that is quoted beside its number, in characters. */
const QUOTED = 60;
/** A list that is longer is not written down number by number. */
const NUMBERS = 12;

/**
 * Says how a list differs from the expected one: what came twice, is missing, is too many, or
 * stands elsewhere. A list may lie in the one field that differs.
 * @param texts what a text in a list is: a "row" of a page
 * @param isPart whether further fields of what was received do not count
 * @returns undefined where an item has another value, or there is no list
 */
export const aboutList = (
  expected: unknown,
  received: unknown,
  texts = "item",
  isPart = false,
): string | undefined => {
  if (hasFields(expected) && hasFields(received)) {
    const field = differingField(expected, received, isPart);
    return field && aboutList(...field.values, texts, isPart);
  }
  if (!Array.isArray(expected) || !Array.isArray(received) || expected.length === 0)
    return undefined;
  return ofLists(expected, received, nounOf(expected, texts), isPart);
};

const ofLists = (
  expected: readonly unknown[],
  received: readonly unknown[],
  noun: string,
  isPart: boolean,
): string | undefined => {
  /** How often each expected one came, and the places of those that came, as they came. */
  const times = expected.map(() => 0);
  const order: number[] = [];
  const further: unknown[] = [];
  for (const item of received) {
    const places = expected.flatMap((it, place) => (isSame(it, item, isPart) ? [place] : []));
    const place = places.find((it) => times[it] === 0) ?? places[0];
    if (place === undefined) further.push(item);
    else {
      if (times[place] === 0) order.push(place);
      times[place] = (times[place] ?? 0) + 1;
    }
  }
  const missing = [...expected.keys()].filter((place) => times[place] === 0);
  // Then one of them has another value, and both values are shown.
  if (missing.length > 0 && further.length > 0) return undefined;
  if (received.length === 0)
    return `the list is empty: ${expected.length === 1 ? `the one ${noun} is` : `all ${expected.length} ${noun}s are`} missing`;

  const name = (place: number) => numberOf(expected[place], place);
  const parts: string[] = [];
  if (missing.length > 0)
    parts.push(`${named(noun, missing, expected)} ${missing.length === 1 ? "is" : "are"} missing`);
  for (const [place, count] of times.entries())
    if (count > 1)
      parts.push(
        `${named(noun, [place], expected)} came ${count === 2 ? "twice" : `${count} times`}`,
      );
  if (further.length > 0) {
    const [first] = further;
    const text = inWords(first);
    const quoted = text.length > 2 * QUOTED ? `${text.slice(0, 2 * QUOTED)} …` : text;
    parts.push(
      `${further.length === 1 ? `one ${noun}` : `${further.length} ${noun}s`} too many: ${quoted}`,
    );
  }
  const moved = aboutOrder(order, noun, name);
  if (moved !== undefined) parts.push(moved);
  return parts.length === 0 ? undefined : parts.join(", and ");
};

/** @param order the places of the expected ones, in the order in which they came */
const aboutOrder = (
  order: readonly number[],
  noun: string,
  name: (place: number) => number,
): string | undefined => {
  const sorted = order.toSorted((a, b) => a - b);
  const isSorted = (list: readonly number[]) =>
    list.every((it, index) => index === 0 || it > (list[index - 1] ?? 0));
  if (isSorted(order)) return undefined;
  const different = [...order.keys()].filter((index) => order[index] !== sorted[index]);
  if (different.length === 2) {
    const [first, second] = different.map((index) => name(sorted[index] ?? 0));
    return `${noun}s ${first} and ${second} are in the other order`;
  }
  if (isSorted(order.toReversed())) return `the ${noun}s are in the reverse order`;
  const wanderer = order.find((one) => isSorted(order.filter((it) => it !== one)));
  if (wanderer !== undefined) {
    const place = order.indexOf(wanderer);
    const next = order[place + 1];
    const where = next === undefined ? "comes last" : `comes before ${noun} ${name(next)}`;
    return `${noun} ${name(wanderer)} is in another place: it ${where}`;
  }
  if (order.length > NUMBERS) return `the ${noun}s are in another order`;
  const list = (places: readonly number[]) => places.map(name).join(", ");
  return `the ${noun}s are in another order: ${list(order)} instead of ${list(sorted)}`;
};

const nounOf = ([first]: readonly unknown[], texts: string): string => {
  if (Array.isArray(first)) return "row";
  if (typeof first === "number") return "number";
  if (!hasFields(first)) return texts;
  if ("content" in first) return "message";
  return "nickname" in first || "email" in first ? "user" : texts;
};

/** The id of an item that has one or is one, else its place in the list, from 1. */
const numberOf = (item: unknown, place: number): number => {
  if (typeof item === "number") return item;
  return hasFields(item) && typeof item.id === "number" ? item.id : place + 1;
};

const named = (noun: string, places: readonly number[], expected: readonly unknown[]): string => {
  const numbers = places.map((place) => numberOf(expected[place], place));
  const [first = 0] = places;
  const item = expected[first];
  const quoted = typeof item === "string" && item.length <= QUOTED ? ` ${inWords(item)}` : "";
  if (numbers.length === 1) return `${noun} ${numbers[0]}${quoted && ` (${quoted.trim()})`}`;
  if (numbers.length > NUMBERS) return `${numbers.length} of ${expected.length} ${noun}s`;
  return `${noun}s ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
};
