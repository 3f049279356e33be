import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { applyFormatOptions, defaultFormatOptions } from "./format-options.ts";
import { optionTable } from "./option-table.ts";
import { parseArguments } from "./parse-arguments.ts";
import { sortPositionals } from "./positionals.ts";

describe("options", () => {
  test.each([
    [["-j"], { format: "json" }],
    [["-f", "-j"], { format: "json" }],
    [["--multipart"], { format: "multipart" }],
    [["-vv"], { verbose: 2 }],
    [["-v", "--verbose"], { verbose: 2 }],
    [["-xxq"], { compress: 2, quiet: 1 }],
    [["-h", "-b"], { print: "b" }],
    [["-hpHB"], { print: "HB" }],
    [["-p=HB"], { print: "HB" }],
    [["--print", "H"], { print: "H" }],
    [["--pri=H"], { print: "H" }],
    [["--raw="], { raw: "" }],
    [["--raw=-x"], { raw: "-x" }],
    [["-v", "--no-verbose"], { verbose: 0 }],
    [["--no-verbose", "-v"], { verbose: 0 }],
    [["--no-follow"], { follow: false }],
    [["--timeout=0.5"], { timeout: 0.5 }],
    [["--max-redirects", "3"], { maxRedirects: 3 }],
    [
      ["--proxy=http:http://a:1", "--proxy", "https:http://b:2"],
      { proxies: { http: "http://a:1", https: "http://b:2" } },
    ],
    [["--ssl=ssl2.3"], { tlsVersion: undefined }],
    [["--ssl=tls1.2"], { tlsVersion: "tls1.2" }],
    [["--style=fruity", "--ignore-netrc"], { withoutEffect: undefined }],
  ])("%j", (args, expected) => {
    expect(parseArguments(args).options).toMatchObject(expected);
  });

  test("stand anywhere among the positional arguments, up to --", () => {
    const { options, positionals } = parseArguments([
      "POST",
      "-v",
      ":1",
      "-f",
      "a=b",
      "--",
      "-x=c",
    ]);
    expect(options).toMatchObject({ verbose: 1, format: "form" });
    expect(positionals).toEqual(["POST", ":1", "a=b", "-x=c"]);
  });

  test.each([
    [["--jsn"], "unrecognized arguments: --jsn, did you mean --json?"],
    [["--nothing-like-it"], "unrecognized arguments: --nothing-like-it (http --help lists them)"],
    [["-Z"], "unrecognized arguments: -Z"],
    [["--no-unknown"], "unrecognized arguments: --no-unknown"],
    [["--s"], "ambiguous option: --s could match --style, --sorted, --stream, --session"],
    [["--print"], "argument --print: expected one argument"],
    [["--timeout", "--json"], "argument --timeout: expected one argument"],
    [["--json=x"], "'--json=x': --json takes no value"],
    [["--print=HX"], "Unknown output options: --print=X"],
    [
      ["--pretty=x"],
      "argument --pretty: invalid choice: 'x' (choose from all, colors, format, none)",
    ],
    [
      ["-A", "x"],
      "argument --auth-type/-A: invalid choice: 'x' (choose from basic, bearer, digest)",
    ],
    [["--timeout=x"], "--timeout: 'x' is no number of seconds"],
    [["--timeout=-1"], "--timeout: '-1' is no number of seconds"],
    [["--max-redirects=1.5"], "--max-redirects: '1.5' is no whole number"],
    [
      ["--response-mime=json"],
      "--response-mime: 'json' doesn’t look like a mime type; use type/subtype",
    ],
    [["--session=a b"], "--session: 'a b' is neither a name"],
    [["--proxy=x"], "--proxy: 'x' is no protocol and URL"],
    [["--ssl=ssl3"], "argument --ssl: invalid choice: 'ssl3' (choose from tls1"],
    [["--format-options=a.b:1"], "--format-options: invalid option 'a.b:1'"],
    [["--format-options=json.indent:x"], "'json.indent:x' needs a number after the colon"],
  ])("%j is refused: %s", (args, message) => {
    expect(() => parseArguments(args)).toThrow(UsageError);
    expect(() => parseArguments(args)).toThrow(message);
  });

  test("short names are used once", () => {
    const shorts = Object.values(optionTable).flatMap(({ short }) => short ?? []);
    expect(new Set(shorts).size).toBe(shorts.length);
  });

  test("format options change what they name", () => {
    const options = defaultFormatOptions();
    applyFormatOptions(options, "json.indent:2,headers.sort:FALSE");
    expect(options).toEqual({
      headers: { sort: false },
      json: { format: true, indent: 2, sort_keys: true },
      xml: { format: true, indent: 2 },
    });
  });
});

describe("positional arguments", () => {
  test.each([
    [[":1"], undefined, ":1", []],
    [["GET", ":1"], "GET", ":1", []],
    [["get", ":1", "a=b"], "GET", ":1", ["a=b"]],
    [[":1", "a=b"], undefined, ":1", ["a=b"]],
    [["localhost", "a=b"], undefined, "localhost", ["a=b"]],
    [["example.org/x", "a=b", "c=d"], undefined, "example.org/x", ["a=b", "c=d"]],
  ])("%j", (args, method, url, items) => {
    expect(sortPositionals(args)).toEqual({ method, url, items });
  });

  test.each([[[]], [[""]], [["GET", " "]]])("%j is refused", (args) => {
    expect(() => sortPositionals(args)).toThrow(UsageError);
  });
});
