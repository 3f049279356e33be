import { expect, test } from "vitest";
import { nearestStep, nearestWord } from "./nearest.ts";

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
