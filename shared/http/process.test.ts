import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type EchoServer, startEchoServer } from "./testing/echo-server.ts";
import { findHttpie, runProcess } from "./testing/httpie.ts";
import { temporaryFolder } from "./testing/run-main.ts";

const bin = join(import.meta.dirname, "bin.js");
const isWindows = process.platform === "win32";

let server: EchoServer;
let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());
beforeEach(() => {
  folder = temporaryFolder();
  server.seen.length = 0;
  return () => folder.remove();
});

const url = (path: string) => `:${server.port}${path}`;
const environment = () => ({ HTTPIE_CONFIG_DIR: join(folder.path, "config"), NO_COLOR: "" });
const run = (args: string[], input?: string) =>
  runProcess(process.execPath, [bin, ...args], { cwd: folder.path, env: environment(), input });

/** Runs a shell line with `http` standing for the course's command. */
const shell = (line: string) =>
  runProcess("sh", ["-c", `http() { "${process.execPath}" "${bin}" "$@"; }; ${line}`], {
    cwd: folder.path,
    env: environment(),
  });

describe("as a process of its own", () => {
  test("asks and answers", async () => {
    const result = await run([url("/api/users"), "name=Alice Caroll", "email=alice@foo.com"]);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(JSON.parse(result.stdout.toString())).toEqual({
      method: "POST",
      url: "/api/users",
      body: '{"name": "Alice Caroll", "email": "alice@foo.com"}',
    });
  });

  test.skipIf(isWindows)("is what npx finds after npm install", () => {
    const link = join(import.meta.dirname, "..", "..", "node_modules", ".bin", "http");
    expect(realpathSync(link)).toBe(realpathSync(bin));
  });

  test.skipIf(isWindows).each([
    ["::1 alone", ["::1 localhost"], ["::1"]],
    ["nothing", [], []],
  ])(
    "reaches this machine where the list of hosts has %s for localhost",
    async (_, hosts, found) => {
      // On this address alone, as the steps listen.
      const own = createServer((_, response) => response.end("here")).listen(0, "127.0.0.1");
      onTestFinished(() => void own.close());
      await once(own, "listening");
      const asked = `:${(own.address() as AddressInfo).port}/`;
      const file = (name: string, text: string) => {
        writeFileSync(join(folder.path, name), text);
        return join(folder.path, name);
      };
      const command = `"${process.execPath}" "${bin}" --ignore-stdin ${asked}`;
      const list = file("hosts", hosts.join("\n"));
      const mounted = `mount --bind "${list}" /etc/hosts && ${command}`;
      // A mock where we are not root: nobody else may change the list of hosts.
      const preload = file(
        "dns.mjs",
        `import dns from "node:dns";
const found = ${JSON.stringify(found)}.map((address) => ({ address, family: 6 }));
const error = Object.assign(new Error("none"), { code: "ENOTFOUND" });
dns.lookup = (name, options, done) => (found.length ? done(null, found) : done(error));`,
      );
      const isRoot =
        spawnSync("unshare", ["-m", "sh", "-c", `mount --bind "${list}" /etc/hosts`]).status === 0;
      const { exitCode, stdout } = isRoot
        ? await runProcess("unshare", ["-m", "sh", "-c", mounted], {
            cwd: folder.path,
            env: environment(),
          })
        : await runProcess(process.execPath, ["--import", preload, bin, "--ignore-stdin", asked], {
            cwd: folder.path,
            env: environment(),
          });
      expect([exitCode, stdout.toString()]).toEqual([0, expect.stringContaining("here")]);
    },
  );

  test("takes data from a pipe", async () => {
    await run([url("/x")], "from a pipe");
    expect(server.seen[0]?.body.toString()).toBe("from a pipe");
  });

  test("exits with the code that was asked for", async () => {
    expect((await run(["--check-status", url("/404")])).exitCode).toBe(4);
  });

  test("helps, with examples for this course", async () => {
    const { stdout, exitCode } = await run(["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout.toString()).toContain("http :5001/api/messages author_id=1 recipient_id=2");
    expect(stdout.toString().split("\n").length).toBeLessThan(50);
    for (const line of stdout.toString().split("\n")) expect(line.length).toBeLessThan(100);
  });

  test("tells its version, and with --debug its surroundings", async () => {
    expect((await run(["--version"])).stdout.toString()).toMatch(/^\d+\.\d+\.\d+ /);
    const { stderr, exitCode } = await run(["--debug"]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining(`Node ${process.versions.node}`),
    ]);
  });

  test("does not hang on a pipe where nothing comes", async () => {
    const child = spawn(process.execPath, [bin, url("/x")], {
      cwd: folder.path,
      env: { ...process.env, ...environment() },
      stdio: "pipe",
    });
    const [code] = await new Promise<[number | null]>((resolve) => {
      child.on("exit", (exitCode) => resolve([exitCode]));
    });
    child.stdin.destroy();
    expect([code, server.seen[0]?.method]).toEqual([0, "GET"]);
  });

  test.skipIf(isWindows)("does not take a closed input for data", async () => {
    const result = await shell(`http ${url("/x")} <&-`);
    expect([result.exitCode, result.stderr, server.seen[0]?.method]).toEqual([0, "", "GET"]);
  });

  test.skipIf(isWindows)("reads a file on standard input", async () => {
    await shell(`printf abc > file; http ${url("/x")} < file`);
    expect([server.seen[0]?.method, server.seen[0]?.body.toString()]).toEqual(["POST", "abc"]);
  });

  test.skipIf(isWindows)("ends quietly when its reader goes away", async () => {
    const result = await shell(`http ${url("/huge")} | head -c 3`);
    expect([result.stdout.toString(), result.stderr]).toEqual(["xxx", ""]);
  });
});

describe("an old Node", () => {
  const old = (process.env.PATH ?? "")
    .split(delimiter)
    .map((each) => join(each, isWindows ? "node.exe" : "node"))
    .filter((path) => existsSync(path))
    .find((path) => {
      const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
      return Number(/^v(\d+)/.exec(stdout ?? "")?.[1]) < 24;
    });

  test.skipIf(!old)("hands over to the course's own", async () => {
    const result = await runProcess(old ?? "", [bin, "--check-status", url("/404")], {
      cwd: folder.path,
      env: environment(),
    });
    expect([result.exitCode, result.stdout.toString()]).toEqual([4, "status 404"]);
  });
});

const python = ["python3", "/usr/bin/python3"].find(
  (each) => spawnSync(each, ["-c", "import pty"], { timeout: 20_000 }).status === 0,
);
const hasTerminal = python !== undefined && !isWindows;

describe.skipIf(!hasTerminal && process.env.CI !== "true")("in a pseudo-terminal", () => {
  const inTerminal = (command: string[], env: Record<string, string> = {}) =>
    runProcess(python ?? "", [join(import.meta.dirname, "testing", "terminal.py"), ...command], {
      cwd: folder.path,
      env: { ...environment(), TERM: "xterm-256color", ...env },
    });
  const ours = (args: string[], env?: Record<string, string>) =>
    inTerminal([process.execPath, bin, ...args], env);

  const hasColors = (text: string) => text !== stripVTControlCharacters(text);
  const part = (text: string, at: 0 | 1) => text.split("\r\n\r\n")[at] ?? "";

  test("headers and body are coloured, and the terminal's input is no data", async () => {
    const { stdout, exitCode } = await ours([url("/json")]);
    const output = stdout.toString().replaceAll("\r\r\n", "\r\n");
    expect([exitCode, server.seen[0]?.method]).toEqual([0, "GET"]);
    expect([hasColors(part(output, 0)), hasColors(part(output, 1))]).toEqual([true, true]);
  });

  test("NO_COLOR", async () => {
    const { stdout } = await ours([url("/json")], { NO_COLOR: "1" });
    expect(hasColors(stdout.toString())).toBe(false);
    expect(stdout.toString()).toContain("HTTP/1.1 200 OK");
  });

  const httpie = findHttpie();
  test
    .skipIf(!httpie && process.env.CI !== "true")
    .each([
      [["/json"]],
      [["-v", "/json", "b=1", "a[c]:=true"]],
      [["-h", "/headers"]],
      [["--pretty=none", "/json"]],
      [["--pretty=format", "-v", "/json"]],
      [["-F", "--all", "/302"]],
      [["/html"]],
      [["/xml"]],
      [["/json-prefixed"]],
      [["--stream", "--pretty=format", "/lines"]],
    ])("http %j reads as HTTPie's", async (args) => {
    const line = args.map((each) => (each.startsWith("/") ? url(each) : each));
    const theirs = await inTerminal([httpie ?? "", ...line]);
    const own = await ours(line);
    const text = (bytes: Buffer) =>
      stripVTControlCharacters(bytes.toString()).replaceAll(
        /User-Agent: (HTTPie|chat-course-http)\/\S+/g,
        "User-Agent: …",
      );
    expect({ text: text(own.stdout), exitCode: own.exitCode }).toEqual({
      text: text(theirs.stdout),
      exitCode: theirs.exitCode,
    });
    expect(hasColors(own.stdout.toString())).toBe(hasColors(theirs.stdout.toString()));
  });
});
