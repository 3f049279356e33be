import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createSecureServer, type Server } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunSettings, runMain, temporaryFolder } from "../testing/run-main.ts";

const folder = temporaryFolder();
const key = join(folder.path, "key");
const cert = join(folder.path, "cert");
const hasPair =
  spawnSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
      ...["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
      ...["-keyout", key, "-out", cert],
    ],
    { timeout: 30_000 },
  ).status === 0;
if (!hasPair) console.warn("http's TLS is not tested: openssl is not installed");

const run = (args: string[], settings: RunSettings = {}) =>
  runMain(args, { cwd: folder.path, ...settings });

describe.skipIf(!hasPair)("TLS", () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const pair = { key: readFileSync(key), cert: readFileSync(cert) };
    const asks = { requestCert: true, rejectUnauthorized: false };
    server = createSecureServer({ ...pair, ...asks }, (request, response) => {
      const socket = request.socket as import("node:tls").TLSSocket;
      response.end(
        `${socket.getProtocol()} ${socket.getPeerCertificate().subject?.CN ?? "nobody"}`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    folder.remove();
  });

  test("a certificate that nobody vouches for is refused", async () => {
    const result = await run([url]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("is not trusted: self-signed certificate (--verify=FILE");
  });

  test.each([
    [["--verify=no"], {}, "TLSv1.3 nobody"],
    [["--verify=cert"], {}, "TLSv1.3 nobody"],
    [[], { REQUESTS_CA_BUNDLE: cert }, "TLSv1.3 nobody"],
    [["--verify=no", "--ssl=tls1.2"], {}, "TLSv1.2 nobody"],
    [["--verify=no", "--cert=cert", "--cert-key=key"], {}, "TLSv1.3 localhost"],
  ])("%j %j", async (args, env, answer) => {
    const result = await run([...args, url], { env });
    expect([result.stderr, result.stdout.toString()]).toEqual(["", answer]);
  });

  test("goes through a proxy that sees nothing of it", async () => {
    const asked: string[] = [];
    const proxy = createTcpServer((socket) => {
      socket.once("data", (data) => {
        const [, host = "", port = ""] = /^CONNECT ([^:]+):(\d+) /.exec(data.toString()) ?? [];
        asked.push(`${host}:${port}`);
        const onward = connect(Number(port), host, () => {
          socket.write("HTTP/1.1 200 OK\r\n\r\n");
          socket.pipe(onward).pipe(socket);
        });
        onward.on("error", () => socket.destroy());
      });
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, resolve));
    const { port } = proxy.address() as AddressInfo;
    const result = await run([`--proxy=https:http://localhost:${port}`, "--verify=no", url]);
    expect([result.stderr, result.stdout.toString()]).toEqual(["", "TLSv1.3 nobody"]);
    expect(asked).toEqual([new URL(url).host]);
    await new Promise((resolve) => proxy.close(resolve));
  });
});
