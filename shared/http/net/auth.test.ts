import { readFileSync } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { PreparedRequest } from "../request/prepare.ts";
import { parseTarget } from "../request/url.ts";
import { type EchoServer, headerValues, startEchoServer } from "../testing/echo-server.ts";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";
import { answerDigest } from "./digest.ts";
import { redirectRequest } from "./redirect.ts";

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

const fill = (text: string) => text.replaceAll("PORT", String(server.port));
const run = (args: string[], settings: RunSettings = {}) =>
  runMain(args.map(fill), {
    cwd: folder.path,
    env: { HTTPIE_CONFIG_DIR: join(folder.path, "config") },
    ...settings,
  });
const sent = (name: string) => headerValues(server, name);

describe("digest", () => {
  // RFC 7616, section 3.9.1.
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const request = { method: "GET", path: "/dir/index.html" };
  const who = { user: "Mufasa", password: "Circle of Life" };
  const nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  test.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("answers as the standard's example, %s", (algorithm, response) => {
    expect(answerDigest(challenge(algorithm), request, who, nonce)).toContain(
      `response="${response}"`,
    );
  });

  test("quotes in names are escaped", () => {
    const answer = answerDigest('Digest realm="r", nonce="n"', request, {
      user: 'a"b',
      password: "",
    });
    expect(answer).toContain('username="a\\"b"');
  });

  test.each([
    "Basic realm=x",
    "Digest nonsense",
    'Digest realm="r", nonce="n", algorithm=X',
    'Digest realm="r", nonce="n", qop="auth-int"',
  ])("%s cannot be answered", (header) => {
    expect(answerDigest(header, request, who)).toBeUndefined();
  });

  test("a second challenge is shown, not answered for ever", async () => {
    const result = await run(["-h", "-A", "digest", "-a", "a:b", ":PORT/basic"]);
    expect(result.stdout.toString()).toContain("401 Unauthorized");
    expect(server.seen.length).toBe(1);
  });
});

describe("credentials", () => {
  test("a password is asked for on a terminal", async () => {
    const questions: string[] = [];
    const askPassword = async (question: string) => {
      questions.push(question);
      return "se:cret";
    };
    const result = await run(["-a", "alice", ":PORT/basic"], {
      askPassword,
      stdinKind: "terminal",
    });
    expect(result.stdout.toString()).toBe("welcome");
    expect(questions).toEqual([fill("http: password for alice@localhost:PORT: ")]);
  });

  /** A server of another port, which sends on to `path` of the echo server. */
  const leadingTo = async (path: string) => {
    const other = createTcpServer((socket) => {
      socket.once("data", () => {
        socket.end(
          `HTTP/1.1 302 Found\r\nLocation: http://localhost:${server.port}${path}\r\nContent-Length: 0\r\n\r\n`,
        );
      });
    });
    await new Promise<void>((resolve) => other.listen(0, resolve));
    onTestFinished(() => new Promise((resolve) => other.close(() => resolve())));
    return (other.address() as { port: number }).port;
  };

  test.each([
    ["basic", ["-a", "u:p"]],
    ["a token", ["-A", "bearer", "-a", "token"]],
    ["an item", ["Authorization:Basic dTpw"]],
  ])("do not follow a redirect to another port: %s", async (_, args) => {
    const port = await leadingTo("/x");
    await run(["-F", `:${port}/`, "Cookie:a=b", ...args]);
    expect([sent("authorization"), sent("cookie")]).toEqual([[], []]);
    expect(server.seen.length).toBe(1);
  });

  test("answer no challenge of a server that a redirect leads to", async () => {
    const port = await leadingTo("/digest");
    const result = await run(["-F", "-h", "-A", "digest", "-a", "u:p", `:${port}/`]);
    expect(result.stdout.toString()).toContain("401 Unauthorized");
    expect(sent("authorization")).toEqual([]);
  });

  test("what a session holds does not travel either; what is typed does", async () => {
    const port = await leadingTo("/x");
    await run(["--session=./me.json", `:${port}/`, "X-Key:secret"]);
    await run(["--session=./me.json", "-a", "u:p", `:${port}/`]);
    await run(["--session=./me.json", "-F", `:${port}/`, "X-Typed:1"]);
    expect([sent("x-key"), sent("authorization"), sent("x-typed")]).toEqual([[], [], ["1"]]);
  });

  test.each([
    ["https://localhost/", "http://localhost/"],
    ["http://localhost/", "https://localhost/"],
    ["https://localhost/", "https://localhost:444/"],
    ["https://localhost/", "https://example.org/"],
  ])("do not travel from %s to %s", (from, to) => {
    const request: PreparedRequest = {
      method: "GET",
      target: parseTarget(from, [], false),
      headers: [
        ["Authorization", "Basic dTpw"],
        ["X-Key", "secret"],
        ["Accept", "*/*"],
      ],
      body: { kind: "none" },
      fromSession: ["X-Key"],
    };
    const next = redirectRequest(request, 302, parseTarget(to, [], false), undefined);
    expect(next.headers.map(([name]) => name)).toEqual(["Accept", "Host"]);
  });

  test("follow one to the same host", async () => {
    await run(["-F", "-a", "u:p", ":PORT/302"]);
    expect(sent("authorization")).toEqual(["Basic dTpw"]);
  });
});

describe("cookies", () => {
  test("travel along redirects, without a session", async () => {
    await run(["-F", ":PORT/cookie-redirect"]);
    expect(sent("cookie")).toEqual(["way=1"]);
  });

  test("come back byte for byte, UTF-8 or not, and are stored as HTTPie stores them", async () => {
    const cookie = () => Buffer.from(sent("cookie")[0] ?? "", "latin1").toString("hex");
    const bytes = Buffer.from("a=\u00c3\u00a9; b=\u00e9", "latin1").toString("hex");
    await run(["-F", ":PORT/cookie-bytes"]);
    expect(cookie()).toBe(bytes);
    await run(["--session=./me.json", ":PORT/cookie-bytes"]);
    const stored = JSON.parse(readFileSync(join(folder.path, "me.json"), "utf8"));
    expect(stored.cookies.map(({ value }: { value: string }) => value)).toEqual(["Ã©", "é"]);
    await run(["--session=./me.json", ":PORT/x"]);
    expect(cookie()).toBe(bytes);
  });

  test("that are typed are UTF-8, with and without a session", async () => {
    const utf8 = Buffer.from("a=é").toString("latin1");
    await run([":PORT/x", "Cookie:a=é"]);
    expect(sent("cookie")).toEqual([utf8]);
    await run(["--session=./me.json", ":PORT/x", "Cookie:a=é"]);
    await run(["--session=./me.json", ":PORT/x"]);
    expect(sent("cookie")).toEqual([utf8]);
  });

  test("are not kept without a session", async () => {
    await run([":PORT/set-cookie"]);
    await run([":PORT/x"]);
    expect(sent("cookie")).toEqual([]);
  });
});
