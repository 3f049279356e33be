import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type EchoServer, headerValues, startEchoServer } from "../testing/echo-server.ts";
import { findHttpie, runProcess } from "../testing/httpie.ts";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";

let other: EchoServer;
beforeAll(async () => {
  other = await startEchoServer();
});
afterAll(() => other.close());

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

  describe("of HTTPie before 3.1", () => {
    const path = () => join(folder.path, "old.json");
    const year2100 = 4102444800;
    const old = {
      __meta__: { about: "HTTPie session file", help: "x", httpie: "2.6.0" },
      auth: { type: "basic", username: "u", password: "p" },
      cookies: {
        plain: { value: "1" },
        late: { value: "2", expires: year2100, path: "/", secure: false },
        gone: { value: "3", expires: 1, path: "/", secure: false },
      },
      headers: { "X-A": "1" },
    };
    beforeEach(() => writeFileSync(path(), JSON.stringify(old)));
    const written = () => JSON.parse(readFileSync(path(), "utf8"));

    test("are read: cookies without domains, headers as an object", async () => {
      const result = await run(["--session=./old.json", ":PORT/x"]);
      expect(result.exitCode).toBe(0);
      expect([sent("cookie"), sent("x-a"), sent("authorization")]).toEqual([
        ["plain=1; late=2"],
        ["1"],
        ["Basic dTpw"],
      ]);
    });

    test("keep their layout and their cookies' expiry", async () => {
      await run(["--session=./old.json", ":PORT/set-cookie", "X-B:2"]);
      const { __meta__, headers, cookies, auth } = written();
      expect([__meta__, auth]).toEqual([old.__meta__, old.auth]);
      expect(headers).toEqual({ "X-A": "1", "X-B": "2" });
      expect(Object.keys(cookies).sort()).toEqual(["late", "plain", "seen"]);
      expect([cookies.late.expires, cookies.plain.expires]).toEqual([year2100, null]);
    });

    test("have their cookies bound to the first host, which is said once", async () => {
      const first = await run(["--session=./old.json", ":PORT/x"]);
      expect(first.stderr).toContain("Outdated layout");
      expect(first.stderr).toContain("localhost");
      expect((await run(["--session=./old.json", ":PORT/x"])).stderr).toBe("");
      expect(sent("cookie")).toEqual(["plain=1; late=2"]);
      await run(["--session=./old.json", "127.0.0.1:PORT/x"]);
      expect(sent("cookie")).toEqual([]);
    });

    test("send no cookie where a redirect leads", async () => {
      const away = createServer((_request, response) => {
        response.writeHead(302, { Location: fill("http://127.0.0.1:PORT/x") }).end();
      });
      await new Promise<void>((resolve) => away.listen(0, resolve));
      onTestFinished(() => new Promise((resolve) => away.close(() => resolve())));
      const { port } = away.address() as { port: number };
      await run(["-F", "--session=./old.json", `:${port}/`]);
      expect([server.seen.length, sent("cookie")]).toEqual([1, []]);
    });
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
