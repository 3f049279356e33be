import { isDeepStrictEqual } from "node:util";

type Fields = Record<string, unknown>;
type Asymmetric = { $$typeof: symbol; asymmetricMatch(value: unknown): boolean };

/** Whether a value stands for many: `expect.any(Number)` and its like. */
export const isAsymmetric = (value: unknown): value is Asymmetric =>
  typeof value === "object" &&
  value !== null &&
  (value as { $$typeof?: unknown }).$$typeof === Symbol.for("jest.asymmetricMatcher");

/** Whether a value is an object of fields: neither a list nor of a class. */
export const hasFields = (value: unknown): value is Fields =>
  typeof value === "object" &&
  value !== null &&
  !isAsymmetric(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

/**
 * Whether a value is what was expected, as vitest's `toEqual` says.
 * @param isPart whether further fields do not count, as in `toMatchObject`
 */
export const isSame = (expected: unknown, received: unknown, isPart = false): boolean =>
  isDeepStrictEqual(...comparable(expected, received, isPart));

/**
 * The one field in which two objects differ.
 * @returns undefined where they differ in none or in several, or are no objects of fields
 */
export const differingField = (
  expected: unknown,
  received: unknown,
  isPart = false,
): { name: string; values: [expected: unknown, received: unknown] } | undefined => {
  if (!hasFields(expected) || !hasFields(received)) return undefined;
  const names = Object.keys(isPart ? expected : { ...expected, ...received });
  const [name, ...more] = names.filter((it) => !isSame(expected[it], received[it], isPart));
  if (name === undefined || more.length > 0) return undefined;
  return { name, values: [expected[name], received[name]] };
};

/**
 * Both values as they can be compared letter by letter: where any number will do, the expected one
 * gets the number that was received; both have their fields in one order; what was not asked for
 * is left out.
 */
export const comparable = (
  expected: unknown,
  received: unknown,
  isPart = false,
): [expected: unknown, received: unknown] => {
  if (isAsymmetric(expected)) {
    return [expected.asymmetricMatch(received) ? received : expected, received];
  }
  if (Array.isArray(expected) && Array.isArray(received)) {
    const pairs = received.map((it, index) =>
      index < expected.length
        ? comparable(expected[index], it, isPart)
        : ([undefined, it] as const),
    );
    return [
      expected.map((it, index) => (index < pairs.length ? pairs[index]?.[0] : it)),
      pairs.map(([, it]) => it),
    ];
  }
  if (!hasFields(expected) || !hasFields(received)) return [expected, received];
  const isThere = (fields: Fields) => (name: string) => fields[name] !== undefined;
  const names = Object.keys(expected).filter(isThere(expected));
  const further = Object.keys(received).filter(
    (name) => !names.includes(name) && received[name] !== undefined,
  );
  const pairs = names.map(
    (name) => [name, comparable(expected[name], received[name], isPart)] as const,
  );
  const had = pairs.filter(([name]) => isThere(received)(name));
  return [
    Object.fromEntries(pairs.map(([name, [it]]) => [name, it])),
    Object.fromEntries([
      ...had.map(([name, [, it]]) => [name, it] as const),
      ...(isPart ? [] : further.map((name) => [name, received[name]] as const)),
    ]),
  ];
};
