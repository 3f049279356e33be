import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { comparisonPage } from "./page.ts";
import { compareTexts } from "./rows.ts";

const page = (before: string, after: string, name = "a.ts") =>
  parse(comparisonPage({ before: name, after: "b/c.ts", rows: compareTexts(before, after) }, ""));

test.each([
  "<script>alert(1)</script>",
  "a && b < c > d",
  `"double" and 'single'`,
  "&amp; &lt;",
  "`a` \\n $1",
])("code is shown as it is: %s", (code) => {
  const shown = page(`${code}\n`, `${code} // more\n`).querySelectorAll("code span");
  expect(shown.map((span) => span.text)).toEqual([code, `${code} // more`]);
});

test("a file's name is shown as it is", () => {
  const html = page("", "", `<b>&"'.ts`);
  expect(html.querySelector("h1")?.text).toBe(`<b>&"'.ts`);
  expect(html.querySelector("title")?.text).toBe(`<b>&"'.ts and b/c.ts`);
});

test("the title bars count what was removed and added", () => {
  const badges = page("a\nb\nc\n", "a\nx\n").querySelectorAll("h1 b");
  expect(badges.map((badge) => badge.text)).toEqual(["−2", "+1"]);
  expect(page("a\n", "a\n").querySelectorAll("h1 b")).toEqual([]);
});

test("each side has its numbers and its colour, and the missing line is left empty", () => {
  const [same, added] = page("a\n", "a\nb\n").querySelectorAll("div");
  expect(same?.querySelectorAll("code").map((code) => code.classNames)).toEqual([
    "before",
    "after",
  ]);
  expect(added?.querySelectorAll("code").map((code) => [code.classNames, code.text])).toEqual([
    ["nothing", ""],
    ["after changed", "2b"],
  ]);
});

test("changed words are marked", () => {
  const marked = page("let x = one(1);\n", "let x = two(1);\n").querySelectorAll("mark");
  expect(marked.map((mark) => mark.text)).toEqual(["one", "two"]);
});

test("a fold says how many lines it hides", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `${index}\n`).join("");
  expect(page(lines, `${lines}new\n`).querySelector("p")?.text).toBe("⋯ 25 unchanged lines");
});
