import { expect, test } from "vitest";
import { placeAfter, placeByNumber, placeNext } from "./ids.ts";

const IDS = ["00", "01", "01b", "01c", "02", "03"];

test.each([
  ["00", "00b"],
  ["01", "01a"],
  ["01b", undefined],
  ["01c", "01d"],
  ["03", "03b"],
])("a new step after %s is %s", (after, expected) => {
  if (expected !== undefined) expect(placeAfter(IDS, after).id).toBe(expected);
  else
    expect(() => placeAfter(IDS, after)).toThrow(
      "no name is free between step 01b and step 01c: --renumber makes room",
    );
});

test.each([
  ["00", "01", { "01": "02", "01b": "02b", "01c": "02c", "02": "03", "03": "04" }],
  ["01", "02", { "01b": "02b", "01c": "02c", "02": "03", "03": "04" }],
  ["01b", "02", { "01c": "02c", "02": "03", "03": "04" }],
  ["03", "04", {}],
])("renumbered, a new step after %s is %s", (after, id, moved) => {
  const place = placeByNumber(IDS, after);
  expect(place.id).toBe(id);
  expect(Object.fromEntries(place.moved)).toEqual(moved);
  // The order of the steps stays, with the new one right after its step.
  const now = IDS.map((each) => place.moved.get(each) ?? each);
  const all = now.toSpliced(IDS.indexOf(after) + 1, 0, id);
  expect(all).toEqual(all.toSorted());
});

test("there is no step 100", () => {
  expect(() => placeByNumber(["98", "99"], "98")).toThrow("step 99 cannot get a higher number");
});

test.each([
  ["03", "04"],
  ["01c", "01d"],
  ["00", "00b"],
])("prep after %s makes %s", (after, id) => {
  expect(placeNext(IDS, after)).toEqual({ id, moved: new Map() });
});
