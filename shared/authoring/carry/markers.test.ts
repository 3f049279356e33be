import { expect, test } from "vitest";
import { markerLines, relabel } from "./markers.ts";

test("markers are found by line, whatever the line ends; what was there before is none", () => {
  const text = "a\r\n<<<<<<< x\r\nb\r\n||||||| y\r\n=======\r\nc\r\n>>>>>>> z\r\n";
  expect(markerLines(text).map(({ line }) => line)).toEqual([2, 4, 5, 7]);
  expect(markerLines(text).filter(({ starts }) => starts)).toHaveLength(1);
  expect(markerLines("Title\n=======\n", "Title\n=======\n")).toEqual([]);
  expect(markerLines("a <<<<<<< b\n<<<<<<\n=======x\n")).toEqual([]);
});

test("names stand in the markers in the place of commits, bytes stay", () => {
  const commits = { ours: "a".repeat(40), theirs: "b".repeat(40), base: "c".repeat(40) };
  const labels = { ours: "steps/05 (this step)", theirs: "steps/04 (carried)", base: "é" };
  const bytes = Buffer.concat([
    Buffer.from(`<<<<<<< ${commits.ours}:x.ts\n||||||| ccccccc\n>>>>>>> ${commits.theirs}\n`),
    Buffer.from([255, 254]),
  ]);
  const named = relabel(bytes, commits, labels);
  expect(named.subarray(0, -2).toString()).toBe(
    "<<<<<<< steps/05 (this step):x.ts\n||||||| é\n>>>>>>> steps/04 (carried)\n",
  );
  expect([...named.subarray(-2)]).toEqual([255, 254]);
  const other = Buffer.from("nothing");
  expect(relabel(other, commits, labels)).toBe(other);
});
