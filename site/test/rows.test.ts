import { expect, test } from "vitest";
import { contrast } from "../src/course/colours.ts";
import { compare, type FileHistory, fold, rowsHtml, textOfHtml } from "../src/reader/rows.ts";
import { changedPart, markHtml } from "../src/reader/words.ts";

const file = (...versions: string[][]): FileHistory => {
  const lines = [...new Set(versions.flat())];
  const steps = versions.map((each, at): [string, number[]] => [
    `0${at}`,
    each.map((line) => lines.indexOf(line)),
  ]);
  return { path: "app.ts", types: [], lines, steps: Object.fromEntries(steps) };
};

test("the same text with other types is no difference", () => {
  const found = compare(file(['<b data-t="1">x</b>'], ['<b data-t="2">x</b>']), "00", "01");
  expect(found).toMatchObject({ kind: "same", added: 0, removed: 0 });
});

test("a file that comes, and one that goes", () => {
  expect(compare(file(["a", "b"]), undefined, "00")).toMatchObject({ kind: "added", added: 2 });
  expect(compare(file(["a", "b"]), "00", "07")).toMatchObject({ kind: "removed", removed: 2 });
  expect(compare(file(["a"]), "07", "08")).toBeUndefined();
});

test("lines that are far from a change are folded, but not one or two of them", () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const found = compare(file(lines, lines.with(4, "new")), "00", "01");
  expect(fold(found?.rows ?? []).map((run) => [run.folded, run.rows.length])).toEqual([
    [false, 1],
    [false, 8],
    [true, 12],
  ]);
  expect(rowsHtml(found as NonNullable<typeof found>)).toContain("12 unchanged lines");
});

test.for([
  ["const a = 1;", "const a = 22;", "1", "22"],
  ["Message>(`", "Message & UserColumns>(`", "", " & UserColumns"],
  ["one(first);", "two(second, thing);", undefined, undefined],
  ["same prefix foobar", "same prefix foobaz", "foobar", "foobaz"],
])("%s → %s", ([before = "", after = "", old, now]) => {
  const parts = changedPart(before, after);
  expect(parts && before.slice(parts[0].start, parts[0].end)).toBe(old);
  expect(parts && after.slice(parts[1].start, parts[1].end)).toBe(now);
});

test("marks go around signs that HTML writes in another way, and never across elements", () => {
  const html = '<i>a&lt;b</i>c<i data-t="1">d</i>';
  const marked = markHtml(html, { start: 1, end: 5 });
  expect(marked).toBe('<i>a<mark>&lt;b</mark></i><mark>c</mark><i data-t="1"><mark>d</mark></i>');
  expect(textOfHtml(marked)).toBe(textOfHtml(html));
});

test("contrast is WCAG's", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 1);
});
