import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const run = (args: string[], settings: RunSettings = {}) =>
  runMain(args, { cwd: folder.path, ...settings });

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
