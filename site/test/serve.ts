import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
};

/** Below which the pages are served: they must not know it. */
export const PREFIX = "/some/deep/folder/";

/** A plain web server for a folder of files, compressed as servers do it. */
export async function serve(folder: string): Promise<{ base: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = decodeURI(request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith(PREFIX)) return response.writeHead(404).end();
    let file = join(folder, path.slice(PREFIX.length));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) file = join(file, "index.html");
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const body = gzipSync(readFileSync(file));
    return response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}${PREFIX}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Bytes as a server would send them. */
export function compressed(file: string): { gzip: number; brotli: number } {
  const bytes = readFileSync(file);
  return { gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length };
}
