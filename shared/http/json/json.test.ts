import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonError, parseJson } from "./parse.ts";
import { printJson, printNumber } from "./print.ts";

describe("parseJson", () => {
  test.each([
    ['{"2": 0, "1": 0}', '{"2": 0, "1": 0}', "keys keep their order"],
    ['{"a":1,"a":2}', '{"a": 1, "a": 2}', "repeated keys stay"],
    ["12345678901234567890", "12345678901234567890", "large integers keep their digits"],
    [" [ ] \n", "[]", "space around"],
    ['"\\u00e9\\n"', '"é\\n"', "escapes"],
    ["[true,false,null]", "[true, false, null]", "words"],
  ])("%s becomes %s: %s", (text, printed) => {
    expect(printJson(parseJson(text))).toBe(printed);
  });

  test.each([
    ["", "expecting a value at line 1 column 1"],
    ["[1,", "expecting a value at line 1 column 4"],
    ["[1 2]", "expecting ',' or ']' at line 1 column 4"],
    ['{"a" 1}', "expecting ':' at line 1 column 6"],
    ["{a: 1}", "expecting a property name in double quotes at line 1 column 2"],
    ['{"a": 1,\n}', "expecting a property name in double quotes at line 2 column 1"],
    ['"abc', "expecting the end of the string that starts at line 1 column 1"],
    ["1 2", "expecting the end of the data at line 1 column 3"],
    ["01", "expecting the end of the data at line 1 column 2"],
    ["NaN", "expecting a value at line 1 column 1"],
    ["'a'", "expecting a value at line 1 column 1"],
  ])("%s is refused: %s", (text, message) => {
    expect(() => parseJson(text)).toThrow(new JsonError(message));
  });

  test("what is nested too deeply is refused instead of exhausting the stack", () => {
    expect(() => parseJson("[".repeat(100_000))).toThrow(JsonError);
  });

  test("accepts what JSON.parse accepts, with the same meaning, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const meaning = (parse: () => unknown) => {
          try {
            return { value: parse() };
          } catch {
            return "refused";
          }
        };
        const ours = meaning(() => JSON.parse(printJson(parseJson(text))));
        expect(ours).toEqual(meaning(() => JSON.parse(text)));
      }),
    );
  });
});

describe("printJson", () => {
  const value = parseJson('{"b": [1, {}], "a": {"é": []}, "c": "x"}');

  test("lays out with an indentation, keys sorted", () => {
    expect(printJson(value, { indent: 2, sortKeys: true })).toBe(
      '{\n  "a": {\n    "é": []\n  },\n  "b": [\n    1,\n    {}\n  ],\n  "c": "x"\n}',
    );
  });

  test.each([
    ['{"b": 15, "a": 2, "b": 3, "b": 7}', '{"a": 2, "b": 3, "b": 7, "b": 15}'],
    ['{"a": "y", "a": "x"}', '{"a": "x", "a": "y"}'],
    ['{"a": true, "a": 0.5, "a": false}', '{"a": false, "a": 0.5, "a": true}'],
    ['{"a": 2, "a": "x", "a": 1}', '{"a": 2, "a": "x", "a": 1}'],
    ['{"a": [2], "a": [1]}', '{"a": [2], "a": [1]}'],
  ])("repeated keys are sorted by their values, as far as these compare: %s", (text, sorted) => {
    expect(printJson(parseJson(text), { sortKeys: true })).toBe(sorted);
  });

  test("writes ASCII only where it is sent", () => {
    expect(printJson("é\u{1f600}\u007f", { asciiOnly: true })).toBe(
      '"\\u00e9\\ud83d\\ude00\\u007f"',
    );
  });

  test.each([
    ["1.50", "1.5"],
    ["1e2", "100.0"],
    ["1E-7", "1e-07"],
    ["1e-4", "0.0001"],
    ["1e15", "1000000000000000.0"],
    ["1e16", "1e+16"],
    ["-0", "0"],
    ["-0.0", "-0.0"],
    ["1e400", "1e400"],
  ])("the number %s is written as Python writes it: %s", (text, printed) => {
    expect(printNumber(text)).toBe(printed);
  });
});
