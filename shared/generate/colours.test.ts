import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { colour, tokensOf } from "./colours.ts";
import { PAIR } from "./picture.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** What the stretches of a line are, those of no colour left out. */
const seen = (program: string, line = 1) =>
  tokensOf(program)
    [line - 1]?.filter(({ type }) => !["identifier", "sign", "space"].includes(type))
    .map(({ type, value }) => `${type} ${value}`);

test.each([
  ["const one = 1;", 1, ["keyword const", "class 1"]],
  ["get<[], User>(a);\nconst b = 1;", 2, ["keyword const", "class 1"]],
  ["db.prepare<New, User>(`\n  SELECT * FROM users\n`);", 2, ["string   SELECT * FROM users"]],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program that is read
  ["`${FILE} here`", 1, ["string `", "class FILE", "string  here", "string `"]],
  ["// const\r\nlet a;", 1, ["comment // const"]],
  ["// const\r\nlet a;", 2, ["keyword let"]],
])("%j, line %i", (program, line, expected) => {
  expect(seen(program, line)).toEqual(expected);
});

test("colours and marks lie over one another, and the text stays", () => {
  const [tokens = []] = tokensOf("const user = 1;");
  const parts = [
    { text: "con", marked: false },
    { text: "st us", marked: true },
    { text: "er = 1; and what no token covers", marked: false },
  ];
  const coloured = colour(parts, tokens);
  expect(coloured.map(({ text, marked, type }) => [text, marked, type])).toEqual([
    ["con", false, "keyword"],
    ["st", true, "keyword"],
    [" ", true, "space"],
    ["us", true, "identifier"],
    ["er", false, "identifier"],
    [" ", false, "space"],
    ["=", false, "sign"],
    [" ", false, "space"],
    ["1", false, "class"],
    [";", false, "sign"],
    [" and what no token covers", false, "identifier"],
  ]);
});

test.each(PAIR)("%s is read as TypeScript, and comes back line by line", (file) => {
  const program = readFileSync(join(REPOSITORY, file), "utf8");
  const lines = tokensOf(program);
  expect(lines.map((line) => line.map(({ value }) => value).join("")).join("\n")).toBe(program);
  // As the library calls what stands between the tags of an element.
  expect(lines.flat().filter(({ type }) => type === "jsxliterals")).toEqual([]);
});
