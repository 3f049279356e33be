import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type EchoServer, headerValues, startEchoServer } from "../testing/echo-server.ts";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";
import { answerDigest } from "./digest.ts";

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
