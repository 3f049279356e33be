import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer as createSecureServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type EchoServer, startEchoServer } from "../testing/echo-server.ts";
import { findHttpie, runProcess } from "../testing/httpie.ts";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";
import { answerDigest } from "./digest.ts";

let server: EchoServer;
let other: EchoServer;
let folder: ReturnType<typeof temporaryFolder>;

beforeAll(async () => {
  server = await startEchoServer();
  other = await startEchoServer();
});
afterAll(async () => {
  await server.close();
  await other.close();
});
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
const sent = (name: string, at = -1) =>
  server.seen
    .at(at)
    ?.headers.filter(([each]) => each.toLowerCase() === name)
    .map(([, v]) => v);

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

  test("do not follow a redirect to another host", async () => {
    const rude = createTcpServer((socket) => {
      socket.once("data", () => {
        socket.end(
          `HTTP/1.1 302 Found\r\nLocation: http://localhost:${server.port}/x\r\nContent-Length: 0\r\n\r\n`,
        );
      });
    });
    await new Promise<void>((resolve) => rude.listen(0, resolve));
    const { port } = rude.address() as { port: number };
    await run(["-F", "-a", "u:p", `:${port}/`, "Cookie:a=b"]);
    expect([sent("authorization"), sent("cookie")]).toEqual([[], []]);
    await new Promise((resolve) => rude.close(resolve));
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

  test("are not kept without a session", async () => {
    await run([":PORT/set-cookie"]);
    await run([":PORT/x"]);
    expect(sent("cookie")).toEqual([]);
  });
});

describe("sessions", () => {
  const file = () => join(folder.path, "config", "sessions", fill("localhost_PORT"), "me.json");

  test("keep cookies, headers and credentials", async () => {
    await run([
      "--session=me",
      "-a",
      "u:p",
      ":PORT/set-cookie",
      "X-A:1",
      "Content-Type:a/b",
      "If-Match:x",
    ]);
    await run(["--session=me", ":PORT/x"]);
    expect([sent("cookie"), sent("x-a"), sent("authorization")]).toEqual([
      ["seen=yes"],
      ["1"],
      ["Basic dTpw"],
    ]);
    expect([sent("content-type"), sent("if-match")]).toEqual([[], []]);
  });

  test("forget what the server takes back", async () => {
    await run(["--session=me", ":PORT/set-cookie"]);
    await run(["--session=me", ":PORT/drop-cookie"]);
    await run(["--session=me", ":PORT/x"]);
    expect(sent("cookie")).toEqual([]);
  });

  test("learn Cookie items, and new headers replace old ones", async () => {
    await run(["--session=me", ":PORT/x", "Cookie:a=1; b=2", "X-A:1"]);
    await run(["--session=me", ":PORT/x", "X-A:2"]);
    expect([sent("cookie"), sent("x-a")]).toEqual([["a=1; b=2"], ["2"]]);
  });

  test("belong to a host", async () => {
    await run(["--session=me", ":PORT/set-cookie"]);
    other.seen.length = 0;
    await run(["--session=me", `:${other.port}/x`]);
    expect(other.seen[0]?.headers.some(([name]) => name === "Cookie")).toBe(false);
  });

  test("that are read only are made once and then left alone", async () => {
    await run(["--session-read-only=me", ":PORT/x", "X-A:1"]);
    await run(["--session-read-only=me", ":PORT/x", "X-A:2"]);
    expect(JSON.parse(readFileSync(file(), "utf8")).headers).toEqual([{ name: "X-A", value: "1" }]);
  });

  test.skipIf(process.platform === "win32")("are readable by their owner alone", async () => {
    await run(["--session=me", ":PORT/x"]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test("can be a path", async () => {
    await run(["--session=./here.json", ":PORT/set-cookie"]);
    expect(readFileSync(join(folder.path, "here.json"), "utf8")).toContain('"seen"');
  });

  test("that are no JSON are named", async () => {
    writeFileSync(join(folder.path, "here.json"), "{");
    const result = await run(["--session=./here.json", ":PORT/x"]);
    expect([result.exitCode, result.stderr.split("\n").length]).toEqual([1, 2]);
    expect(result.stderr).toContain("here.json' is no session file");
  });

  const httpie = findHttpie();
  test.skipIf(!httpie && process.env.CI !== "true")(
    "are shared with HTTPie, both ways",
    async () => {
      const theirs = (...args: string[]) =>
        runProcess(httpie ?? "httpie is needed", ["-I", ...args.map(fill)], {
          cwd: folder.path,
          env: { HTTPIE_CONFIG_DIR: join(folder.path, "config") },
        });
      await run(["--session=me", "-a", "u:p", ":PORT/set-cookie", "X-A:1"]);
      const read = await theirs("--session=me", ":PORT/x");
      expect([read.stderr, sent("cookie"), sent("x-a")]).toEqual(["", ["seen=yes"], ["1"]]);
      expect(sent("authorization")).toEqual(["Basic dTpw"]);

      await theirs("--session=you", "-A", "bearer", "-a", "t", ":PORT/set-cookie", "X-B:2");
      await run(["--session=you", ":PORT/x"]);
      expect([sent("cookie"), sent("x-b"), sent("authorization")]).toEqual([
        ["seen=yes"],
        ["2"],
        ["Bearer t"],
      ]);
    },
  );
});

describe("default options", () => {
  test("come first, and --no-OPTION takes them back", async () => {
    mkdirSync(join(folder.path, "config"));
    writeFileSync(
      join(folder.path, "config", "config.json"),
      '{"default_options": ["--form", "-h"]}',
    );
    await run([":PORT/x", "a=b"]);
    expect(sent("content-type")).toEqual(["application/x-www-form-urlencoded; charset=utf-8"]);
    await run(["--no-form", ":PORT/x", "a=b"]);
    expect(sent("content-type")).toEqual(["application/json"]);
  });

  test("have to be a list", async () => {
    mkdirSync(join(folder.path, "config"));
    writeFileSync(join(folder.path, "config", "config.json"), '{"default_options": "-f"}');
    const result = await run([":PORT/x"]);
    expect(result.stderr).toContain("default_options has to be a list");
  });
});

describe("TLS", () => {
  const keyArgs = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
  ];
  const makePair = (path: string) =>
    spawnSync(
      "openssl",
      [
        ...keyArgs,
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        join(path, "key"),
        "-out",
        join(path, "cert"),
      ],
      { timeout: 30_000 },
    ).status === 0;

  test("certificates are checked, trusted or not checked", async ({ skip }) => {
    if (!makePair(folder.path)) skip("openssl is not installed");
    const secure = createSecureServer(
      {
        key: readFileSync(join(folder.path, "key")),
        cert: readFileSync(join(folder.path, "cert")),
      },
      (_request, response) => response.end("secret"),
    );
    await new Promise<void>((resolve) => secure.listen(0, resolve));
    const { port } = secure.address() as { port: number };
    const url = `https://localhost:${port}/`;
    const checked = await run([url]);
    expect(checked.exitCode).toBe(1);
    expect(checked.stderr).toContain("is not trusted: self-signed certificate (--verify=FILE");
    for (const option of ["--verify=no", "--verify=cert"]) {
      expect((await run([option, url])).stdout.toString()).toBe("secret");
    }
    const bundled = await run([url], { env: { REQUESTS_CA_BUNDLE: join(folder.path, "cert") } });
    expect(bundled.stdout.toString()).toBe("secret");
    await new Promise((resolve) => {
      secure.close(resolve);
      secure.closeAllConnections();
    });
  });
});
