import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { runMain } from "../testing/run-main.ts";
import { HeaderList } from "./headers.ts";
import { mergeHeaders } from "./prepare.ts";
import { completeUrl, encodePairs, parseTarget } from "./url.ts";

describe("completing a URL", () => {
  test.each([
    [":5001/x", "http://localhost:5001/x"],
    [":5001", "http://localhost:5001"],
    [":/x", "http://localhost/x"],
    [":", "http://localhost"],
    ["localhost/x", "http://localhost/x"],
    ["://host/x", "http://host/x"],
    ["://https://host", "https://host"],
    ["HTTPS://host", "HTTPS://host"],
    ["::1", "http://::1"],
  ])("%s means %s", (typed, url) => {
    expect(completeUrl(typed, "http")).toBe(url);
  });

  test("--default-scheme", () => {
    expect(completeUrl("host", "https")).toBe("https://host");
    expect(completeUrl(":1", "https")).toBe("https://localhost:1");
  });
});

describe("parsing a URL", () => {
  test.each([
    ["http://host", "host", "/"],
    ["http://HOST:80/", "host:80", "/"],
    ["http://host?x", "host", "/?x"],
    ["http://host/a/../b/./c/..", "host", "/b/"],
    ["http://host/é b", "host", "/%C3%A9%20b"],
    ["http://host/%7e%2f", "host", "/~%2F"],
    ["http://host/100%", "host", "/100%25"],
    ["http://[::1]:5001/x", "[::1]:5001", "/x"],
    ["http://é.example/", "xn--9ca.example", "/"],
    ["http://host/x#y?z", "host", "/x"],
  ])("%s goes to %s with %s", (url, host, path) => {
    expect(parseTarget(url, [], false)).toMatchObject({ host, path });
  });

  test("query items are added to the query", () => {
    const target = parseTarget(
      "http://h/x?a=1#f",
      [
        ["b c", "é&"],
        ["d", ""],
      ],
      false,
    );
    expect(target.path).toBe("/x?a=1&b+c=%C3%A9%26&d=");
  });

  test("credentials are decoded and leave the host", () => {
    expect(parseTarget("http://a%40b:c%3Ad@h:1/", [], false)).toMatchObject({
      host: "h:1",
      user: { name: "a@b", password: "c:d" },
    });
  });

  test("--path-as-is", () => {
    expect(parseTarget("http://h/../a/./b?c", [], true).path).toBe("/../a/./b?c");
  });

  test.each([
    ["http://", "no host is given"],
    ["http:///x", "no host is given"],
    ["http://h:99999/", "'99999' is no port"],
    ["http://h:x/", "'x' is no port"],
    ["http://a b/", "'a b' is no host name"],
    ["ftp://h/", "the scheme 'ftp' is unknown"],
  ])("%s is refused: %s", (url, message) => {
    expect(() => parseTarget(url, [], false)).toThrow(UsageError);
    expect(() => parseTarget(url, [], false)).toThrow(message);
  });

  test("form encoding", () => {
    expect(
      encodePairs([
        ["a b", "~*+/é"],
        ["", "\u{1f600}"],
      ]),
    ).toBe("a+b=~%2A%2B%2F%C3%A9&=%F0%9F%98%80");
  });
});

describe("headers", () => {
  test("a removal takes what was there, and a value ends it", () => {
    const list = new HeaderList([
      ["A", "1"],
      ["a", undefined],
    ]);
    expect([list.pairs(), list.isRemoved("A")]).toEqual([[], true]);
    list.add("A", "2");
    expect([list.pairs(), list.isRemoved("A")]).toEqual([[["A", "2"]], false]);
  });

  test("given headers replace the defaults in their place, all values of them", () => {
    const merged = mergeHeaders(
      new HeaderList([
        ["A", "1"],
        ["B", "2"],
      ]),
      new HeaderList([
        ["a", "3"],
        ["C", "4"],
        ["A", "5"],
        ["B", undefined],
      ]),
    );
    expect(merged.pairs()).toEqual([
      ["a", "3"],
      ["C", "4"],
      ["A", "5"],
    ]);
  });
});

describe("standard input", () => {
  const offline = ["--offline", "--print=HB", ":1/x"];
  const firstLine = ({ stdout }: { stdout: Buffer }) => stdout.toString().split("\r\n")[0];

  test("data makes it a POST", async () => {
    const result = await runMain(offline, { input: "abc" });
    expect(firstLine(result)).toBe("POST /x HTTP/1.1");
    expect(result.stdout.toString()).toMatch(/\r\n\r\nabc$/);
  });

  test.each(["terminal", "none"] as const)("%s is no data", async (stdinKind) => {
    const result = await runMain(offline, { stdinKind });
    expect([firstLine(result), result.stderr]).toEqual(["GET /x HTTP/1.1", ""]);
  });

  test("an empty pipe is no data", async () => {
    const result = await runMain(offline, { stdinKind: "pipe", stdin: () => Readable.from([]) });
    expect([firstLine(result), result.stderr]).toEqual(["GET /x HTTP/1.1", ""]);
  });

  test("an idle pipe is given up with a warning", async () => {
    const result = await runMain(offline, { input: "idle", stdinPatience: 2001 });
    expect(firstLine(result)).toBe("GET /x HTTP/1.1");
    expect(result.stderr).toContain("nothing came on standard input within 2");
    expect(result.stderr).toContain("--ignore-stdin");
  });

  test("an idle pipe beside request items is no matter", async () => {
    const result = await runMain([...offline, "a=b"], { input: "idle" });
    expect([firstLine(result), result.stderr]).toEqual(["POST /x HTTP/1.1", ""]);
  });

  test("--ignore-stdin does not even look", async () => {
    const stdin = () => {
      throw new Error("read");
    };
    const result = await runMain([...offline, "-I"], { stdinKind: "pipe", stdin });
    expect(firstLine(result)).toBe("GET /x HTTP/1.1");
  });

  test.each([
    [["a=b"], "'a=b' cannot be mixed with a body from standard input"],
    [["--raw=a"], "'--raw=a' cannot be mixed with a body from standard input"],
  ])("data beside %j is refused", async (args, message) => {
    const result = await runMain([...offline, ...args], { input: "x" });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain("--ignore-stdin");
  });
});
