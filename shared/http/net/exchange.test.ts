import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type EchoServer, startEchoServer } from "../testing/echo-server.ts";
import { runProcess } from "../testing/httpie.ts";
import { runMain } from "../testing/run-main.ts";

let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

const fill = (text: string) => text.replaceAll("PORT", String(server.port));
const run = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await runMain(args.map(fill));
  return { exitCode, stdout: stdout.toString(), stderr };
};

describe("an answer that hands the connection over", () => {
  test.each(["/101", "/101-data"])("is shown, and over: %s", async (path) => {
    const result = await run("-h", `:PORT${path}`, "Connection:Upgrade", "Upgrade:x");
    expect(result).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^HTTP\/1\.1 101 \w+.*\r\nUpgrade: x\r\n.*\r\n\r\n$/s),
      stderr: "",
    });
  });

  // Node's own words, and its exit code 13, are seen from outside only.
  const inProcess = (...args: string[]) =>
    runProcess(
      process.execPath,
      [join(import.meta.dirname, "..", "bin.js"), "-I", "-h", ...args.map(fill)],
      { cwd: import.meta.dirname },
    );
  test.each([
    [[":PORT/101-closed"], 0, ""],
    [[":PORT/101-reset"], 0, ""],
    [["CONNECT", ":PORT/x"], 1, "closed the connection before its answer was complete"],
  ])("leaves no warning of Node's: %j", async (args, exitCode, said) => {
    const result = await inProcess(...args);
    expect(result.exitCode).toBe(exitCode);
    if (said === "") expect(result.stderr).toBe("");
    else expect(result.stderr).toMatch(new RegExp(`^http: error: .*${said}\n$`));
  });

  test.each([200, 405])("CONNECT is answered with %i", async (status) => {
    server.answersConnect = `HTTP/1.1 ${status} Said\r\nContent-Length: 2\r\n\r\nhi`;
    const result = await run("--print=hb", "CONNECT", ":PORT/x");
    server.answersConnect = undefined;
    expect(result).toEqual({
      exitCode: 0,
      stdout: `HTTP/1.1 ${status} Said\r\nContent-Length: 2\r\n\r\n`,
      stderr: "",
    });
  });

  test("--timeout ends a CONNECT that nobody answers", async () => {
    server.answersConnect = "";
    const result = await run("--timeout=0.3", "CONNECT", ":PORT/x");
    server.answersConnect = undefined;
    expect(result.exitCode).toBe(2);
  });
});

describe("a kept connection that the server has closed", () => {
  test.each([
    [["-F", "--all", "--print=b", ":PORT/once-after-redirect"], "status 302fresh"],
    [["-F", "-b", "POST", ":PORT/once-after-redirect", "a=b"], "fresh"],
    [["--all", "-b", "-A", "digest", "-a", "u:p", ":PORT/once-after-digest"], /welcome$/],
  ])("is opened anew: %j", async (args, expected) => {
    const result = await run(...args);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(result.stdout).toMatch(expected);
  });

  test("is no excuse where nothing was kept", async () => {
    const result = await run(":PORT/close");
    expect([result.exitCode, server.seen.length]).toEqual([1, 1]);
  });
});

describe("what Node's parser or got would not do", () => {
  test.each([
    ["/raw-deflate", '{"b"'],
    ["/empty-gzip", ""],
    ["/bare-lf", "hi"],
    ["/length-and-chunks", "hi"],
    ["/204-with-body", ""],
    ["/no-reason", "hi"],
    ["/control", "hi"],
  ])("%s is read", async (path, start) => {
    const result = await run(`:PORT${path}`);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(result.stdout.slice(0, 4)).toBe(start);
  });

  test("a reason that is not there is not made up", async () => {
    expect((await run("-h", ":PORT/no-reason")).stdout).toMatch(/^HTTP\/1\.1 200 \r\n/);
  });

  test.each([
    ["/two-lengths", "Duplicate Content-Length"],
    ["/gzip-and-more", "cannot be decompressed"],
  ])("%s is an error (README.md)", async (path, said) => {
    const result = await run(`:PORT${path}`);
    expect([result.exitCode, result.stderr]).toEqual([1, expect.stringContaining(said)]);
  });
});

describe("what is sent is what -v shows", () => {
  const shown = (output: string) =>
    stripVTControlCharacters(output)
      .split("\r\n\r\n")[0]
      ?.split("\r\n")
      .slice(1)
      .map((line) => /^([^:]*): (.*)$/s.exec(line)?.slice(1));

  test.each([
    [["X-A:1", "x-a:2", "X-B:3", "X-A:4"]],
    [["Cookie:a=1", "Cookie:b=é"]],
    [["Expect:100-continue", "a=b"]],
    [["Proxy-Connection:x"]],
    [["Connection:", "X-A:1", "X-A:2", "X-B:3"]],
    [["Connection:", "Host:example.org"]],
    [["Connection:close", "User-Agent:", "Accept-Encoding:"]],
  ])("%j", async (items) => {
    const result = await run("-v", ":PORT/x", ...items);
    expect(result.exitCode).toBe(0);
    const sent = server.seen[0]?.headers.map(([name, value]) => [
      name,
      Buffer.from(value, "latin1").toString(),
    ]);
    expect(shown(result.stdout)).toEqual(sent);
  });

  test("both requests of Digest", async () => {
    const { stdout } = await run("-v", "-A", "digest", "-a", "u:p", ":PORT/digest");
    const heads = stdout.match(/^(GET|HTTP\/1\.1 \d+|Authorization: Digest|WWW-Auth\w+)/gm);
    expect(heads).toEqual([
      ...["GET", "HTTP/1.1 401", "WWW-Authenticate"],
      ...["GET", "Authorization: Digest", "HTTP/1.1 200"],
    ]);
  });
});
