import { createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type RunSettings, runMain } from "../testing/run-main.ts";

const run = async (args: string[], env: Record<string, string> = {}) => {
  const settings: RunSettings = { env: { HTTPIE_CONFIG_DIR: "/none", ...env } };
  const { exitCode, stderr } = await runMain(args, settings);
  return { exitCode, said: stderr.replace(/^http: error: |\n$/g, "") };
};

/** A server that does this with each request, on a free port. */
async function startProxy(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `localhost:${(server.address() as { port: number }).port}`;
}

test.each(["http", "https"])(
  "a message about %s names the proxy that is not there",
  async (scheme) => {
    const { exitCode, said } = await run([
      `--proxy=${scheme}:http://localhost:1`,
      `${scheme}://example.org/`,
    ]);
    expect([exitCode, said]).toEqual([
      1,
      "no server is listening on localhost:1, the proxy for example.org (--proxy)",
    ]);
  },
);

test("or whose name is wrong, and not its password", async () => {
  const { said } = await run(["example.org/"], { all_proxy: "http://u:secret@proxy.invalid:1" });
  expect(said).toContain("'proxy.invalid:1'");
  expect(said).toContain("the proxy for example.org (all_proxy)");
  expect(said).not.toContain("secret");
});

test.each([
  [
    "http://example.org/",
    /^example.org closed the connection .* \(through the proxy HOST of --proxy\)$/,
  ],
  [
    "https://example.org/",
    /^no way leads to example.org: .* \(through the proxy HOST of --proxy\)$/,
  ],
])("or that breaks off: %s", async (url, expected) => {
  const host = await startProxy((socket) => socket.end());
  const { exitCode, said } = await run([`--proxy=all:http://${host}`, url]);
  expect([exitCode, said.replace(host, "HOST")]).toEqual([1, expect.stringMatching(expected)]);
});

test.each(["http", "https"])(
  "--timeout holds where a proxy for %s says nothing",
  async (scheme) => {
    const host = await startProxy(() => undefined);
    const { exitCode, said } = await run([
      "--timeout=0.3",
      `--proxy=${scheme}:http://${host}`,
      `${scheme}://example.org/`,
    ]);
    expect([exitCode, said]).toEqual([
      2,
      `Request timed out (0.3s): no answer of example.org (--timeout=0: no limit) (through the proxy ${host} of --proxy)`,
    ]);
  },
);

test("no proxy is named where none is used", async () => {
  const proxy = { http_proxy: "http://localhost:1" };
  for (const no_proxy of ["localhost", "x, localhost:2", "*"]) {
    const { said } = await run([":2/x"], { ...proxy, no_proxy });
    expect(said).toMatch(/^no server is listening on localhost:2;/);
  }
});

test.each([
  [["--proxy=http:foo://x"], {}, "--proxy"],
  [["--proxy=all:foo://x"], {}, "--proxy"],
  [[], { http_proxy: "foo://x" }, "http_proxy"],
  [[], { all_proxy: "foo://x" }, "all_proxy"],
  [[], { ALL_PROXY: "foo://x" }, "ALL_PROXY"],
  [[], { HTTPS_PROXY: "foo://x" }, "HTTPS_PROXY"],
])(
  "a bad URL is called after where it stands: %j %j",
  async (args, env: Record<string, string>, name) => {
    const { exitCode, said } = await run([...args, ":1/x"], env);
    expect([exitCode, said]).toEqual([
      1,
      `${name}: 'foo://x' is no URL of a proxy that is spoken here, e.g. http://localhost:3128`,
    ]);
  },
);
