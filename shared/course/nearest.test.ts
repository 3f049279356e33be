import { expect, test } from "vitest";
import { distance, nearestStep, nearestWord } from "./nearest.ts";

test.each([
  ["", "", 0],
  ["adopt", "adopt", 0],
  ["adpot", "adopt", 1],
  ["adop", "adopt", 1],
  ["adoptt", "adopt", 1],
  ["edopt", "adopt", 1],
  ["", "abc", 3],
  ["next", "list", 3],
])("distance from %s to %s is %i", (from, to, expected) => {
  expect(distance(from, to)).toBe(expected);
});

test.each([
  ["adpt", "adopt"],
  ["LIST", "list"],
  ["comp", "completion"],
  ["lost", "list"],
])("the verb nearest to %s is %s", (typed, expected) => {
  expect(nearestWord(typed, ["adopt", "list", "diff", "completion"])).toBe(expected);
});

test.each([
  ["20", "19"],
  ["99", "19"],
  ["7c", "07b"],
  ["07c", "07b"],
  ["01d", "01c"],
  ["3", "02"],
  ["007", "07"],
  ["o7", "07"],
  ["", "00"],
])("the step nearest to '%s' is %s", (typed, expected) => {
  expect(nearestStep(typed, ["00", "01", "01b", "01c", "02", "07", "07b", "19"])).toBe(expected);
});
