import { expect, test } from "vitest";
import { isQuotedFrom } from "./quote.ts";

const FILE = `function a() {
  if (x) {
    one();

      two();
  }
}
`;

test.each([
  ["lines as they stand", "function a() {\n  if (x) {"],
  ["lines without their common indentation", "if (x) {\n  one();\n\n    two();\n}"],
  ["an empty line that counts for no indentation", "one();\n\n  two();"],
  ["a single line", "two();"],
  ["a line with its indentation", "    one();"],
  ["the last line", "}"],
])("quoted: %s", (_, quotation) => {
  expect(isQuotedFrom(FILE, quotation)).toBe(true);
});

test.each([
  ["one changed word", "if (y) {"],
  ["half a line", "if (x)"],
  ["a line left out", "if (x) {\n  two();"],
  ["an empty line left out", "one();\n  two();"],
  ["another order", "two();\none();"],
  ["another indentation", "if (x) {\n    one();"],
  ["nothing at all", ""],
])("not quoted: %s", (_, quotation) => {
  expect(isQuotedFrom(FILE, quotation)).toBe(false);
});

test("line ends of Windows in the file do not matter", () => {
  expect(isQuotedFrom(FILE.replaceAll("\n", "\r\n"), "if (x) {\n  one();")).toBe(true);
});
