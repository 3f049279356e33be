/**
 * A registry of npm's for tests, a process of its own because npm is called synchronously:
 * `node fake-registry.ts '{"greet": ["1.0.0", "1.1.0"]}'` prints its address. The last version of
 * each package is its newest; a version "9.9.9" has no file, so that its installation fails.
 */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const packages: Record<string, string[]> = JSON.parse(process.argv[2] ?? "{}");

/** A tar archive with one file (POSIX ustar: fields of fixed width in a head of 512 bytes). */
function tar(name: string, text: string): Buffer {
  const head = Buffer.alloc(512);
  const put = (value: string, at: number) => head.write(value, at, "latin1");
  put(name, 0);
  put("0000644\0", 100);
  put(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        0", 148);
  put("ustar\x0000", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return Buffer.concat([head, body, Buffer.alloc(1024)]);
}

function archive(name: string, version: string): Buffer {
  return gzipSync(tar("package/package.json", JSON.stringify({ name, version })));
}

const server = createServer((request, response) => {
  const [name = "", file] = decodeURIComponent(request.url ?? "")
    .slice(1)
    .split("/-/");
  const versions = packages[name];
  const version = /-(\d.*)\.tgz$/.exec(file ?? "")?.[1] ?? "";
  if (versions === undefined || version === "9.9.9") response.writeHead(404).end("{}");
  else if (file !== undefined) response.end(archive(name, version));
  else
    response.end(
      JSON.stringify({
        name,
        "dist-tags": { latest: versions.at(-1) },
        versions: Object.fromEntries(
          versions.map((version) => {
            const integrity = `sha512-${createHash("sha512").update(archive(name, version)).digest("base64")}`;
            const tarball = `http://${request.headers.host}/${name}/-/${name}-${version}.tgz`;
            return [version, { name, version, dist: { tarball, integrity } }];
          }),
        ),
      }),
    );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`http://127.0.0.1:${address?.port}/`);
});
