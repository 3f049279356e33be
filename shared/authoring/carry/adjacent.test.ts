import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeAdjacent } from "./adjacent.ts";

/** One letter a line. */
const text = (letters: string): string => [...letters].map((letter) => `${letter}\n`).join("");

test.each<[base: string, ours: string, theirs: string, merged: string | undefined]>([
  ["abc", "abxc", "aBc", "aBxc"],
  ["abc", "axbc", "aBc", "axBc"],
  ["abc", "Abc", "aBc", "ABc"],
  ["abc", "abc", "aBc", "aBc"],
  ["abc", "ac", "abC", "aC"],
  ["abc", "abx", "Abc", "Abx"],
  // The same line, the same place.
  ["abc", "aXc", "aYc", undefined],
  ["abc", "abxc", "abyc", undefined],
  ["abc", "a", "aBc", undefined],
  ["abcd", "axd", "abCd", undefined],
  ["", "a", "b", undefined],
])("%s, as %s and as %s", (base, ours, theirs, merged) => {
  const expected = merged === undefined ? undefined : text(merged);
  expect(mergeAdjacent(text(base), text(ours), text(theirs))).toBe(expected);
  // Nobody's side is preferred.
  expect(mergeAdjacent(text(base), text(theirs), text(ours))).toBe(expected);
});

test("line ends stay, and a last line without one does not run into the next", () => {
  expect(mergeAdjacent("a\r\nb\r\n", "a\r\nb\r\nnew\r\n", "a\r\nB\r\n")).toBe("a\r\nB\r\nnew\r\n");
  expect(mergeAdjacent("a\nb", "A\nb", "a\nB")).toBe("A\nB");
  expect(mergeAdjacent("a\nb", "a\nb\nc", "A\nb")).toBe("A\nb\nc");
  expect(mergeAdjacent("a\nb\n", "a\nb\nc\n", "a\nB")).toBeUndefined();
});

test("a side that changed nothing takes what the other one has", () => {
  const lines = fc
    .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 8 })
    .map((it) => text(it.join("")));
  fc.assert(
    fc.property(lines, lines, (base, side) => {
      expect(mergeAdjacent(base, base, side)).toBe(side);
      expect(mergeAdjacent(base, side, base)).toBe(side);
    }),
  );
});
