import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type EchoServer, startEchoServer } from "./testing/echo-server.ts";
import { type RunSettings, runMain, temporaryFolder } from "./testing/run-main.ts";

let server: EchoServer;
let folder: ReturnType<typeof temporaryFolder>;

beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());
beforeEach(() => {
  folder = temporaryFolder();
  return () => folder.remove();
});

const run = (args: string[], settings: RunSettings = {}) =>
  runMain(
    args.map((each) => each.replaceAll("PORT", String(server.port))),
    { cwd: folder.path, ...settings },
  );

test("a byte order mark before JSON is named", async () => {
  writeFileSync(join(folder.path, "bom.json"), "\ufeff{}");
  const result = await run([":PORT/x", "a:=@bom.json"]);
  expect([result.exitCode, result.stderr]).toEqual([
    1,
    "http: error: 'a:=@bom.json': 'bom.json' begins with a byte order mark (BOM), which is not JSON: save it as UTF-8 without BOM\n",
  ]);
});

describe("each mistake is one line that names input and cure, with its exit code", () => {
  test.each([
    [["--nonsense", ":PORT/x"], 1, "unrecognized arguments: --nonsense"],
    [
      ["--style=klingon", ":PORT/x"],
      1,
      "argument --style/-s: invalid choice: 'klingon' (e.g. auto",
    ],
    [["-s", "solarised", ":PORT/x"], 1, "did you mean solarized?"],
    [[":PORT/x", "a=@gone.txt"], 1, "'a=@gone.txt': cannot read 'gone.txt': no such file"],
    [[":PORT/x", "@gone.txt"], 1, "'@gone.txt': cannot read 'gone.txt': no such file"],
    [[":PORT/x", "a:={"], 1, "'a:={': not JSON, expecting a property name"],
    [["--raw=x", ":PORT/x", "a=b"], 1, "'a=b' cannot be mixed with a body from --raw"],
    [["http://:5001:x/"], 1, "invalid URL"],
    [["http://"], 1, "'http://': invalid URL, no host is given"],
    [[":99999/"], 1, "'99999' is no port (0 to 65535)"],
    [
      ["http://no-such-host.invalid/"],
      1,
      "Couldn’t resolve the given hostname 'no-such-host.invalid', check the URL",
    ],
    [[":PORT/close"], 1, "closed the connection before its answer was complete"],
    [[":PORT/short"], 1, "is incomplete: Content-Length mismatch: expected 1000 bytes"],
    [[":PORT/cut-chunked"], 1, "closed the connection before its answer was complete"],
    [[":PORT/bad-gzip"], 1, "cannot be decompressed: incorrect header check"],
    [[":PORT/cut-gzip"], 1, "cannot be decompressed: unexpected end of file"],
    [[":PORT/no-http"], 1, "does not answer in HTTP"],
    [["--timeout=0.3", ":PORT/never"], 2, "Request timed out (0.3s): "],
    [["--timeout=0.3", ":PORT/stalls"], 2, "Request timed out (0.3s): "],
    [
      ["-F", "--max-redirects=2", ":PORT/loop"],
      6,
      "Too many redirects (--max-redirects=2), the last one to",
    ],
    [["https://localhost:PORT/"], 1, "does not speak https (TLS)"],
    [["--verify=gone.pem", ":PORT/x"], 1, "--verify: cannot read 'gone.pem': no such file"],
    [["--cert=gone.pem", ":PORT/x"], 1, "--cert: cannot read 'gone.pem': no such file"],
    [["-o", "no/such/folder", ":PORT/x"], 1, "--output (-o): cannot write"],
    [["-x", "--chunked", ":PORT/x", "a=b"], 1, "cannot combine --compress and --chunked"],
    [["-x", "--multipart", ":PORT/x", "a=b"], 1, "cannot combine --compress and --multipart"],
    [["--response-charset=klingon", ":PORT/x"], 1, "'klingon' is not a supported encoding"],
    [["-A", "bearer", ":PORT/x"], 1, "--auth required: --auth-type=bearer"],
    [["-a", "alice", ":PORT/x"], 1, "give 'alice:password'"],
    [["-I", "-a", "alice", ":PORT/x"], 1, "cannot prompt for the password because --ignore-stdin"],
    [["-dc", ":PORT/x"], 1, "--continue requires --output to be specified"],
    [["-c", ":PORT/x"], 1, "--continue only works with --download"],
    [
      ["--ciphers=__FOO__", "https://localhost:PORT/"],
      1,
      "--ciphers: '__FOO__': No cipher can be selected",
    ],
    [["--multipart", "--boundary=é", ":PORT/x", "a=b"], 1, "'é' is no boundary"],
    [["--proxy=http:socks5://x:1", ":PORT/x"], 1, "--proxy: 'socks5://x:1' is no URL of a proxy"],
    [["--session=./gone/../x", "--session-read-only=y", ":PORT/x"], 1, "cannot be combined"],
    [["--max-headers=3", ":PORT/headers"], 1, "got more than 3 headers (--max-headers=3)"],
    [["-d", "-o", "no/such/folder", ":PORT/x"], 1, "cannot write"],
    [[], 1, "the following arguments are required: URL, e.g. http :5001"],
  ])("http %j", async (args, exitCode, message) => {
    const result = await run(args);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toMatch(/^http: error: [^\n]+\n$/);
    expect(result.exitCode).toBe(exitCode);
  });

  test("nobody listens: how the course's server is started", async () => {
    const unused = createServer();
    await new Promise<void>((resolve) => unused.listen(0, resolve));
    const { port } = unused.address() as { port: number };
    await new Promise((resolve) => unused.close(resolve));
    const result = await run([`:${port}/api/users`]);
    expect(result.stderr).toBe(
      `http: error: no server is listening on localhost:${port}; npm start, in another terminal, starts the course's\n`,
    );
    expect(result.exitCode).toBe(1);
  });

  test("broken settings are a warning, and those of HTTPie hold", async () => {
    writeFileSync(join(folder.path, "config.json"), "{");
    const result = await run([":PORT/x"], { env: { HTTPIE_CONFIG_DIR: folder.path } });
    expect(result.stderr).toMatch(
      /^http: warning: invalid config file: [^\n]+ \[[^\n]*config.json\]\n$/,
    );
    expect(result.exitCode).toBe(0);
  });

  test("settings that cannot be read", async () => {
    mkdirSync(join(folder.path, "config.json"));
    const result = await run([":PORT/x"], { env: { HTTPIE_CONFIG_DIR: folder.path } });
    expect(result.stderr).toMatch(/^http: warning: cannot read config file: [^\n]+\n$/);
    expect(result.exitCode).toBe(0);
  });

  test("--traceback says nothing where nothing fails, and where an error comes from", async () => {
    expect((await run(["--traceback", ":PORT/x"])).stderr).toBe("");
    const failed = await run(["--traceback", ":PORT/close"]);
    expect(failed.stderr).toMatch(/^http: error: /);
    expect(failed.stderr).toContain("\n    at ");
  });

  test("--debug tells where an error comes from", async () => {
    const result = await run(["--debug", ":PORT/close"]);
    expect(result.stderr).toContain("\n    at ");
  });
});

describe("a download that fails leaves nothing under the final name", () => {
  test.each([
    ["/short", 1],
    ["/cut-chunked", 1],
    ["/bad-gzip", 1],
    ["/close", 1],
    ["/stalls", 2],
    ["/404", 4],
    ["/500", 5],
  ])("%s", async (path, exitCode) => {
    const args = ["-d", "-o", "final", "--timeout=0.5", `:PORT${path}`];
    const result = await run(args);
    expect(result.exitCode).toBe(exitCode);
    expect(existsSync(join(folder.path, "final"))).toBe(false);
    expect(result.stderr).not.toContain("\n    at ");
  });

  test("nor over a file that was there", async () => {
    writeFileSync(join(folder.path, "final"), "old");
    await run(["-d", "-o", "final", ":PORT/short"]);
    expect(readFileSync(join(folder.path, "final"), "utf8")).toBe("old");
  });

  test("what came is kept beside it, and said so", async () => {
    const result = await run(["-d", "-o", "final", ":PORT/short"]);
    expect(readdirSync(folder.path)).toEqual(["final.part"]);
    expect(result.stderr).toContain("'final.part' keeps what has come, -dc goes on");
  });

  test("without -d, a refused connection leaves the old file of -o alone", async () => {
    writeFileSync(join(folder.path, "final"), "old");
    await run(["-o", "final", ":PORT/close"]);
    expect(readFileSync(join(folder.path, "final"), "utf8")).toBe("old");
  });
});

describe("50 MB", () => {
  const size = 50 * 1024 * 1024;

  test("are received", async () => {
    const result = await run([":PORT/huge"]);
    expect([result.exitCode, result.stdout.length]).toEqual([0, size]);
  });

  test("are downloaded", async () => {
    const result = await run(["-d", "-o", "huge", ":PORT/huge"]);
    expect(result.exitCode).toBe(0);
    expect(readFileSync(join(folder.path, "huge")).length).toBe(size);
  });

  test.each([
    ["as the body", [":PORT/x", "@huge"]],
    ["as a form field", ["-f", "--boundary=B", ":PORT/x", "f@huge"]],
    ["in pieces", ["--chunked", ":PORT/x", "@huge"]],
  ])("are sent %s", async (_how, args) => {
    writeFileSync(join(folder.path, "huge"), Buffer.alloc(size, "x"));
    server.seen.length = 0;
    const result = await run(["-h", ...args]);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(server.seen[0]?.body.length).toBeGreaterThanOrEqual(size);
    server.seen.length = 0;
  });

  test("a server that does not want them", async () => {
    const rude = createServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"));
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => rude.listen(0, resolve));
    const { port } = rude.address() as { port: number };
    writeFileSync(join(folder.path, "huge"), Buffer.alloc(size, "x"));
    const result = await run(["-h", `:${port}/x`, "@huge"]);
    // Whether the answer or the closed connection is seen first is the network's affair.
    expect(result.stdout.toString() + result.stderr).toMatch(/413 Too Large|closed the connection/);
    await new Promise((resolve) => rude.close(resolve));
  });
});
