import { expect, test } from "vitest";
import { inOrder } from "../src/course/order.ts";

const order = (courses: Record<string, string[]>) =>
  inOrder(Object.entries(courses).map(([folder, after]) => ({ folder, after }))).map(
    ({ folder }) => folder,
  );

test("a course comes after those that it builds on, and else where the list has it", () => {
  const courses = { steps: [], cluster: ["counter"], counter: ["steps"], dataset: ["stranger"] };
  expect(order({ ...courses, heatmap: ["stranger"], stranger: ["counter"] })).toEqual([
    "steps",
    "counter",
    "cluster",
    "stranger",
    "dataset",
    "heatmap",
  ]);
});

test("a course that is not there is waited for by none, and a circle loses none", () => {
  expect(order({ a: ["gone"], b: ["c"], c: ["b"], d: ["a"] })).toEqual(["a", "d", "b", "c"]);
});
