import { inspect } from "node:util";
import { isAsymmetric } from "./same.ts";

/** A value for a learner's eyes: as JSON as far as possible, and "any number" for what may vary. */
export const inWords = (value: unknown, depth = 0): string => {
  if (isAsymmetric(value)) return ofAsymmetric(value, depth);
  if (value === undefined) return "nothing";
  if (value === null || typeof value !== "object") {
    return typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  }
  if (depth > 6) return "…";
  if (Array.isArray(value)) return `[${value.map((it) => inWords(it, depth + 1)).join(", ")}]`;
  if (Object.getPrototypeOf(value) !== Object.prototype) return inspect(value, { depth: 1 });
  const fields = Object.entries(value).map(([key, it]) => `"${key}": ${inWords(it, depth + 1)}`);
  return `{${fields.join(", ")}}`;
};

const ofAsymmetric = (value: object, depth: number): string => {
  const { sample } = value as { sample?: unknown };
  switch (value.toString()) {
    case "Any":
      return `any ${typeof sample === "function" ? sample.name.toLowerCase() : "value"}`;
    case "StringContaining":
      return `any text with ${JSON.stringify(sample)}`;
    case "StringMatching":
      return `any text like ${sample}`;
    case "ArrayContaining":
      return `any list with ${inWords(sample, depth + 1)}`;
    default:
      return value.toString();
  }
};
