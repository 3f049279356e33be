import { expect, test } from "vitest";
import { compareTexts, type Line, type Row, textOf } from "./rows.ts";

const numbered = (count: number, word = "line") =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}\n`).join("");

const side = (line: Line | undefined) => (line ? `${line.number}:${textOf(line)}` : "");

/** The rows as text: `1:a | 1:a`, `! ` before what changed, the count of a fold. */
const sketch = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.kind === "folded"
      ? row.count
      : `${row.kind === "changed" ? "! " : ""}${side(row.before)} | ${side(row.after)}`,
  );

test.each([
  ["equal texts", "a\nb\n", "a\nb\n", ["1:a | 1:a", "2:b | 2:b"]],
  ["nothing at all", "", "", []],
  ["an added line", "a\nc\n", "a\nb\nc\n", ["1:a | 1:a", "!  | 2:b", "2:c | 3:c"]],
  ["a removed line", "a\nb\nc\n", "a\nc\n", ["1:a | 1:a", "! 2:b | ", "3:c | 2:c"]],
  ["one line for two", "a\nb\n", "x\n", ["! 1:a | 1:x", "! 2:b | "]],
  ["two lines for one", "a\n", "x\ny\n", ["! 1:a | 1:x", "!  | 2:y"]],
  ["a new file", "", "a\n", ["!  | 1:a"]],
  ["no end of line at the end", "a", "a\nb", ["1:a | 1:a", "!  | 2:b"]],
  ["Windows line ends", "a\r\nb\r\n", "a\nb\n", ["1:a | 1:a", "2:b | 2:b"]],
])("%s", (_, before, after, rows) => {
  expect(sketch(compareTexts(before, after))).toEqual(rows);
});

test("a new function begins with its own first line, not with the end of the one before", () => {
  const rows = compareTexts("one {\n}\n\nthree\n", "one {\n}\n\ntwo {\n}\n\nthree\n");
  expect(sketch(rows)).toEqual([
    "1:one { | 1:one {",
    "2:} | 2:}",
    "3: | 3:",
    "!  | 4:two {",
    "!  | 5:}",
    "!  | 6:",
    "4:three | 7:three",
  ]);
});

test("a repeated last line is added at the end", () => {
  expect(sketch(compareTexts("a\n", "a\na\n"))).toEqual(["1:a | 1:a", "!  | 2:a"]);
});

test("three unchanged lines stand around a change, longer stretches are folded", () => {
  const rows = sketch(compareTexts(`${numbered(20)}old\n${numbered(9)}`, numbered(29)));
  expect(rows[0]).toBe(17);
  expect(rows.slice(1, 6)).toEqual([
    "18:line 18 | 18:line 18",
    "19:line 19 | 19:line 19",
    "20:line 20 | 20:line 20",
    "! 21:old | 21:line 21",
    "! 22:line 1 | 22:line 22",
  ]);
});

test.each([
  [9, "all shown"],
  [10, 4],
])("a gap of %i unchanged lines between two changes: %s folded", (gap, folded) => {
  const rows = compareTexts(numbered(gap), `x\n${numbered(gap)}y\n`);
  const fold = rows.find((row) => row.kind === "folded");
  expect(fold?.count ?? "all shown").toBe(folded);
});

test("a change at the very start and end leaves no empty fold", () => {
  expect(compareTexts("a\n", "x\na\ny\n").map((row) => row.kind)).toEqual([
    "changed",
    "same",
    "changed",
  ]);
});

const marks = (line: Line | undefined) =>
  line?.parts.filter(({ marked }) => marked).map(({ text }) => text);

test("in lines that are alike, the words that differ are marked", () => {
  const [row] = compareTexts("return res.json(user);\n", "return res.json(users);\n");
  if (row?.kind !== "changed") throw new Error("expected a changed row");
  expect([marks(row.before), marks(row.after)]).toEqual([["user"], ["users"]]);
  expect(row.before && textOf(row.before)).toBe("return res.json(user);");
});

test("in lines that have little in common, nothing is marked", () => {
  const [row] = compareTexts("const a = 1;\n", "while (it is raining) stay();\n");
  if (row?.kind !== "changed") throw new Error("expected a changed row");
  expect([marks(row.before), marks(row.after)]).toEqual([[], []]);
});
