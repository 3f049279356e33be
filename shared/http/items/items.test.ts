import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { printJson } from "../json/print.ts";
import { temporaryFolder } from "../testing/run-main.ts";
import { parseItem, type RequestItem } from "./item.ts";
import { buildDocument } from "./nested.ts";
import { collectItems } from "./request-items.ts";
import { splitArgument } from "./separators.ts";

describe("separators", () => {
  test.each([
    ["a=b", "text", "a", "b"],
    ["a==b", "query", "a", "b"],
    ["a:=b", "json", "a", "b"],
    ["a:b", "header", "a", "b"],
    ["a;", "emptyHeader", "a", ""],
    ["a:@b", "headerFile", "a", "b"],
    ["a=@b", "textFile", "a", "b"],
    ["a==@b", "queryFile", "a", "b"],
    ["a:=@b", "jsonFile", "a", "b"],
    ["a@b", "upload", "a", "b"],
    ["@b", "upload", "", "b"],
    ["=b", "text", "", "b"],
    ["a:b=c", "header", "a", "b=c"],
    ["a=b:c", "text", "a", "b:c"],
    ["a=b==c", "text", "a", "b==c"],
    ["a===b", "query", "a", "=b"],
    ["a\\:b=c", "text", "a:b", "c"],
    ["a\\=b=c", "text", "a=b", "c"],
    ["a\\=\\:b=c\\=d", "text", "a=:b", "c=d"],
    ["a\\\\=b", "text", "a\\\\", "b"],
    ["a\\xb=c", "text", "a\\xb", "c"],
    ["a=b\\", "text", "a", "b\\"],
    ["path=C:\\dir", "text", "path", "C:\\dir"],
  ])("%s is %s of %s and %s", (argument, kind, key, value) => {
    expect(splitArgument(argument)).toEqual({ kind, key, value });
  });

  test.each(["abc", "", "a\\=b", "a\\:b\\@c"])("%s has none", (argument) => {
    expect(splitArgument(argument)).toBeUndefined();
  });
});

describe("one argument", () => {
  const folder = temporaryFolder();
  const places = { cwd: folder.path, home: join(folder.path, "home") };
  beforeAll(() => {
    writeFileSync(join(folder.path, "text"), "line\n\n");
    writeFileSync(join(folder.path, "json"), "[1]");
    writeFileSync(join(folder.path, "binary"), Buffer.from([255]));
    mkdirSync(places.home);
    writeFileSync(join(places.home, "mine"), "at home");
  });
  afterAll(() => folder.remove());

  test.each([
    ["a=@text", "text", "line\n\n"],
    ["a==@text", "query", "line"],
    ["A:@text", "header", "line"],
    ["a=@~/mine", "text", "at home"],
    ["A:", "header", undefined],
    ["A;", "header", ""],
  ])("%s is %s %j", (argument, kind, value) => {
    expect(parseItem(argument, places)).toMatchObject({ kind, value });
  });

  test("a file's JSON", () => {
    const item = parseItem("a:=@json", places);
    expect(item.kind === "json" && printJson(item.value)).toBe("[1]");
  });

  test("an upload knows its name, type and size", () => {
    expect(parseItem("f@text;type=a/b", places)).toMatchObject({
      value: { fileName: "text", type: "a/b", size: 6 },
    });
  });

  test.each([
    ["abc", "'abc' is no request item"],
    ["A;b", "'A;b': nothing may follow ';'"],
    ["a:=[", "'a:=[': not JSON, expecting a value at line 1 column 2"],
    ["a:=@text", "'a:=@text': not JSON"],
    ["a=@gone", "'a=@gone': cannot read 'gone': no such file or directory"],
    ["a@gone", "'a@gone': cannot read 'gone': no such file or directory"],
    ["a@home", "'a@home': cannot read 'home': it is a folder"],
    ["a=@home", "'a=@home': cannot read 'home': illegal operation on a directory"],
    ["a=@binary", "'a=@binary': 'binary' is not a UTF-8 text file"],
  ])("%s is refused: %s", (argument, message) => {
    expect(() => parseItem(argument, places)).toThrow(UsageError);
    expect(() => parseItem(argument, places)).toThrow(message);
  });
});

const item = (argument: string): RequestItem => parseItem(argument, { cwd: "/", home: "/" });

describe("nested keys", () => {
  const document = (...args: string[]) => {
    const pairs = args.map((argument) => {
      const { key, kind, value } = item(argument);
      if (kind !== "text" && kind !== "json") throw new Error(`${argument} is no data`);
      return { argument, key, value };
    });
    const built = buildDocument(pairs);
    return built === undefined ? "nothing" : printJson(built);
  };

  test.each([
    [["a[b]=1"], '{"a": {"b": "1"}}'],
    [["a[b][c]=1", "a[b][d]:=2"], '{"a": {"b": {"c": "1", "d": 2}}}'],
    [["a[]=1", "a[]=2"], '{"a": ["1", "2"]}'],
    [["a[2]=z", "a[0]=x"], '{"a": ["x", null, "z"]}'],
    [["[]=1", "[]:=2"], '["1", 2]'],
    [["[1][b]=x"], '[null, {"b": "x"}]'],
    [["a\\[b\\]=1"], '{"a[b]": "1"}'],
    [["a[\\1]=x"], '{"a": {"1": "x"}}'],
    [["a[b]=1", "a=2"], '{"a": "2"}'],
    [["10=a", "9=b"], '{"10": "a", "9": "b"}'],
    [["9007199254740993=x"], '{"9007199254740993": "x"}'],
    [["-123456789012345678901[a]=x"], '{"-123456789012345678901": {"a": "x"}}'],
    [["007=x"], '{"7": "x"}'],
    [['a:={"x": 1}', "a[y]=2"], '{"a": {"x": 1, "y": "2"}}'],
    [[], "nothing"],
  ])("%j becomes %s", (args, json) => {
    expect(document(...args)).toBe(json);
  });

  test.each([
    [["a[b=1"], "'a[b=1': expecting ']' at the end after 'a[b'"],
    [["a]=1"], "'a]=1': expecting '[' instead of ']' after 'a'"],
    [["a[b]c=1"], "'a[b]c=1': expecting '[' instead of 'c' after 'a[b]'"],
    [["[a]=1"], "'[a]=1': expecting a number or ']' instead of 'a' after '['"],
    [["a[-1]=1"], "'a[-1]=1': negative indexes are not supported"],
    [["a[99999999999]=1"], "'a[99999999999]=1': an index is at most 99999"],
    [
      ["a=1", "a[b]=2"],
      "'a[b]=2': Can't perform 'key' based access on 'a', which has a type of string but has to be an object",
    ],
    [
      ["a[]=1", "a[b]=2"],
      "'a[b]=2': Can't perform 'key' based access on 'a', which has a type of array but has to be an object",
    ],
    [
      ["a[b]=1", "a[0]=2"],
      "'a[0]=2': Can't perform 'index' based access on 'a', which has a type of object but has to be an array",
    ],
    [
      ["[]=1", "a=2"],
      "'a=2': Can't perform 'key' based access on the whole document, which has a type of array but has to be an object",
    ],
    [
      ["a:=1", "a[b][c]=2"],
      "'a[b][c]=2': Can't perform 'key' based access on 'a', which has a type of number but has to be an object",
    ],
  ])("%j is refused: %s", (args, message) => {
    expect(() => document(...args)).toThrow(UsageError);
    expect(() => document(...args)).toThrow(message);
  });
});

describe("the whole request", () => {
  const collect = (format: "json" | "form" | "multipart", ...args: string[]) =>
    collectItems(args.map(item), format);

  test("headers, query and data go their ways", () => {
    const { headers, query, data } = collect("json", "A:1", "q==2", "x=3", "A:4");
    expect(headers.pairs()).toEqual([
      ["A", "1"],
      ["A", "4"],
    ]);
    expect(query).toEqual([["q", "2"]]);
    expect(data.kind === "json" && printJson(data.document)).toBe('{"x": "3"}');
  });

  test("values of one name stand together", () => {
    expect(collect("json", "a==1", "b==2", "a==3").query).toEqual([
      ["a", "1"],
      ["a", "3"],
      ["b", "2"],
    ]);
  });

  test("form fields are texts, written as Python writes them", () => {
    expect(collect("form", "a:=true", "b:=1.50", 'c:="x"', "d[e]=f").data).toEqual({
      kind: "form",
      fields: [
        ["a", "True"],
        ["b", "1.5"],
        ["c", "x"],
        ["d[e]", "f"],
      ],
    });
  });

  test("without items there is no data", () => {
    expect(collect("json").data.kind).toBe("none");
    expect(collect("multipart").data).toEqual({ kind: "multipart", parts: [] });
  });

  test.each([
    [
      "form",
      ["a:=null"],
      "'a:=null': Can't use complex JSON value types with --form/--multipart (null)",
    ],
    [
      "form",
      ["a:=[1]"],
      "'a:=[1]': Can't use complex JSON value types with --form/--multipart (an object or an array)",
    ],
    ["json", ["f@/etc/hosts"], "'f@/etc/hosts': invalid file field (perhaps you meant --form?)"],
    [
      "json",
      ["@/etc/hosts", "@/etc/hosts"],
      "'@/etc/hosts': Can't read request from multiple files",
    ],
    ["json", ["@/etc/hosts", "a=b"], "'a=b' cannot be mixed with a body from '@/etc/hosts'"],
    ["json", ["a b:c"], "'a b:c': 'a b' is no name for a header"],
    ["json", ["A:b\nc"], "a header has no line breaks"],
  ] as const)("%s %j is refused: %s", (format, args, message) => {
    expect(() => collect(format, ...args)).toThrow(UsageError);
    expect(() => collect(format, ...args)).toThrow(message);
  });
});
