import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { comparisonPage } from "./page.ts";

const page = (before: string, after: string, name = "a.ts") =>
  parse(comparisonPage({ file: name, text: before }, { file: "b/c.ts", text: after }, ""));

/** The lines from top to bottom: number, sign and text. */
const lines = (before: string, after: string) =>
  page(before, after)
    .querySelectorAll("code")
    .map((line) => ["i", "s", "span"].map((part) => line.querySelector(part)?.text).join(" "));

test.each([
  "<script>alert(1)</script>",
  "a && b < c > d",
  `"double" and 'single'`,
  "&amp; &lt;",
  "`a` \\n $1",
])("code is shown as it is: %s", (code) => {
  const shown = page(`${code}\n`, `${code}\nmore\n`).querySelectorAll("code span");
  expect(shown.map((span) => span.text)).toEqual([code, "more"]);
});

test("a file's name is shown as it is", () => {
  const html = page("", "", `<b>&"'.ts`);
  expect(html.querySelector("h1")?.text).toBe(`<b>&"'.ts → b/c.ts`);
  expect(html.querySelector("title")?.text).toBe(`<b>&"'.ts and b/c.ts`);
});

test("the title bar counts what was removed and added", () => {
  const badges = page("a\nb\nc\n", "a\nx\n").querySelectorAll("h1 b");
  expect(badges.map((badge) => badge.text)).toEqual(["−2", "+1"]);
  expect(page("a\n", "a\n").querySelectorAll("h1 b")).toEqual([]);
});

test("of a change all that goes stands above all that comes, each with the number of its own file", () => {
  expect(lines("same\na\nb\nend\n", "same\nx\ny\nz\nend\n")).toEqual([
    "1  same",
    "2 − a",
    "3 − b",
    "2 + x",
    "3 + y",
    "4 + z",
    "5  end",
  ]);
});

test("what comes at the very end is not forgotten", () => {
  expect(lines("a\n", "a\nb\n")).toEqual(["1  a", "2 + b"]);
});

test("each side has its colour", () => {
  const names = page("a\nb\n", "a\nc\n").querySelectorAll("code");
  expect(names.map((line) => line.classNames)).toEqual(["same", "changed before", "changed after"]);
});

test("code has the colours of its own file's line", () => {
  const html = page("let a;\n", "`\nlet a;\n`;\n");
  const coloured = html.querySelectorAll("code").map((line) => line.querySelector("b")?.classNames);
  expect(coloured).toEqual(["string", "string", "string"]);
});

test("changed words are marked", () => {
  const marked = page("let x = one(1);\n", "let x = two(1);\n").querySelectorAll("mark");
  expect(marked.map((mark) => mark.text)).toEqual(["one", "two"]);
});

test("a fold says how many lines it hides", () => {
  const text = Array.from({ length: 30 }, (_, index) => `${index}\n`).join("");
  expect(page(text, `${text}new\n`).querySelector("p")?.text).toBe("⋯ 27 unchanged lines");
});
