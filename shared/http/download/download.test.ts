import {
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { type EchoServer, startEchoServer } from "../testing/echo-server.ts";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";
import { totalFromRange } from "./content-range.ts";
import { freeName, nameFromDisposition, nameFromPath } from "./file-name.ts";
import { humanSize, progressLine, summaryLine } from "./progress.ts";

describe("file names", () => {
  test.each([
    ['attachment; filename="a b.txt"', "a b.txt"],
    ["attachment; filename=a.txt", "a.txt"],
    ['attachment; filename="../../etc/passwd"', "passwd"],
    ['attachment; filename="C:\\\\dir\\\\x.txt"', "x.txt"],
    ['attachment; filename=".hidden"', "hidden"],
    ['attachment; filename="a<b>:c|d?.txt"', "abcd.txt"],
    ["attachment; filename*=UTF-8''%c3%a9.txt; filename=e.txt", "é.txt"],
    ["attachment; filename*=UTF-8''%zz; filename=e.txt", "e.txt"],
    ["attachment", ""],
    ['attachment; filename=".."', ""],
  ])("%s suggests %j", (header, name) => {
    expect(nameFromDisposition(header)).toBe(name);
  });

  test.each([
    ["/a/b.txt", "text/html", "b.txt"],
    ["/a/b?c=d", "text/html; charset=utf-8", "b.html"],
    ["/", "application/json", "index.json"],
    ["/", undefined, "index"],
    ["/a/b/", "text/plain", "b.txt"],
  ])("%s of type %s suggests %s", (path, type, name) => {
    expect(nameFromPath(path, type)).toBe(name);
  });

  test("a taken name gets a number, a long one is cut before its ending", () => {
    const taken = new Set(["a.txt", "a.txt-1"]);
    expect(freeName("a.txt", (name) => taken.has(name))).toBe("a.txt-2");
    const long = freeName(`${"é".repeat(200)}.txt`, () => false);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(250);
    expect(long).toMatch(/é\.txt$/);
  });
});

describe("Content-Range", () => {
  test.each([
    ["bytes 100-199/200", 200],
    ["bytes 100-199/*", 200],
  ])("%s", (header, total) => {
    expect(totalFromRange(header, 100)).toBe(total);
  });

  test.each([
    undefined,
    "",
    "bytes 0-199/200",
    "bytes 100-150/200",
    "bytes 100-50/200",
    "items 1-2/3",
  ])("%s is not the rest from byte 100", (header) => {
    expect(() => totalFromRange(header, 100)).toThrow("instead of the rest from byte 100");
    expect(() => totalFromRange(header, 100)).not.toThrow(UsageError);
  });
});

describe("progress", () => {
  test("sizes", () => {
    expect([0, 999, 1000, 1_234_567, 5e12].map(humanSize)).toEqual([
      "0 bytes",
      "999 bytes",
      "1.0 kB",
      "1.2 MB",
      "5.0 TB",
    ]);
  });

  test("with and without a total", () => {
    const half = { done: 500, total: 1000, resumedFrom: 0, elapsed: 1000 };
    expect(progressLine(half)).toBe(
      `[${"#".repeat(15)}${"-".repeat(15)}]  50% 500 bytes of 1.0 kB 500 bytes/s 1 s left`,
    );
    expect(progressLine({ ...half, total: undefined })).toBe("500 bytes 500 bytes/s");
    expect(summaryLine({ ...half, resumedFrom: 100 })).toBe(
      "Done. 400 bytes in 1.00 s (400 bytes/s)",
    );
  });
});

describe("a download", () => {
  let server: EchoServer;
  let folder: ReturnType<typeof temporaryFolder>;
  const whole = Buffer.alloc(3000, "0123456789");
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    folder = temporaryFolder();
    server.seen.length = 0;
    return () => folder.remove();
  });
  const run = (args: string[], settings: RunSettings = {}) =>
    runMain(
      args.map((each) => each.replaceAll("PORT", String(server.port))),
      { cwd: folder.path, ...settings },
    );
  const read = (name: string) => readFileSync(join(folder.path, name));

  test("is named by the URL, and again with a number", async () => {
    const atTerminal = { stdoutIsTerminal: true };
    await run(["-d", ":PORT/file.bin"], atTerminal);
    const result = await run(["-d", ":PORT/file.bin"], atTerminal);
    expect(readdirSync(folder.path).sort()).toEqual(["file.bin", "file.bin-1"]);
    expect(read("file.bin").equals(whole)).toBe(true);
    expect(result.stderr).toMatch(/^Downloading to file\.bin-1\nDone\. 3\.0 kB in /);
    expect(server.seen[0]?.headers).toContainEqual(["Accept-Encoding", "identity"]);
  });

  test("is named by the server, without a folder", async () => {
    await run(["-d", ":PORT/named"], { stdoutIsTerminal: true });
    expect(readdirSync(folder.path)).toEqual(["x y.txt"]);
  });

  test("goes to standard output where that is redirected", async () => {
    const result = await run(["-d", ":PORT/file.bin"]);
    expect(result.stdout.equals(whole)).toBe(true);
  });

  test("shows headers beside the file, and a bar on a terminal", async () => {
    const result = await run(["-d", "-o", "x", ":PORT/file.bin"], {
      stderrIsTerminal: true,
      env: { NO_COLOR: "1", HTTPIE_CONFIG_DIR: "/none" },
    });
    expect(result.stderr).toContain("HTTP/1.1 200 OK\r\n");
    expect(result.stderr).toContain(`[${"#".repeat(30)}] 100% 3.0 kB of 3.0 kB`);
    expect(result.stdout.length).toBe(0);
  });

  test("says nothing with -q", async () => {
    const result = await run(["-q", "-d", "-o", "x", ":PORT/file.bin"]);
    expect([result.stderr, read("x").length]).toEqual(["", 3000]);
  });

  test("follows redirects", async () => {
    await run(["-d", "-o", "x", ":PORT/302"]);
    expect(JSON.parse(read("x").toString()).url).toBe("/after?a%20b");
  });

  test.skipIf(process.platform === "win32")("leaves devices and links what they are", async () => {
    symlinkSync("target", join(folder.path, "link"));
    writeFileSync(join(folder.path, "target"), "old");
    await run(["-d", "-o", "link", ":PORT/file.bin"]);
    expect(read("target").equals(whole)).toBe(true);
    expect(lstatSync(join(folder.path, "link")).isSymbolicLink()).toBe(true);
    symlinkSync("/dev/null", join(folder.path, "null"));
    expect((await run(["-d", "-o", "null", ":PORT/file.bin"])).exitCode).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test.each(["x.part", "x"])("goes on from %s", async (name) => {
    writeFileSync(join(folder.path, name), whole.subarray(0, 1234));
    const result = await run(["-d", "-c", "-o", "x", ":PORT/file.bin"]);
    expect(server.seen[0]?.headers).toContainEqual(["Range", "bytes=1234-"]);
    expect(readdirSync(folder.path)).toEqual(["x"]);
    expect(read("x").equals(whole)).toBe(true);
    expect(result.stderr).toContain("Done. 1.8 kB in");
  });

  test("starts anew where there is nothing to go on from, or the server has no ranges", async () => {
    await run(["-d", "-c", "-o", "x", ":PORT/file.bin"]);
    expect(read("x").equals(whole)).toBe(true);
    writeFileSync(join(folder.path, "y"), "old and longer than the answer of the server");
    await run(["-d", "-c", "-o", "y", ":PORT/text"]);
    expect(read("y").toString()).toBe("trois petits chats\nà la volée\n");
  });
});
