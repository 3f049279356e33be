import { buffer } from "node:stream/consumers";
import { deflateSync } from "node:zlib";
import type { PreparedRequest } from "./prepare.ts";

/**
 * Compresses the body with deflate, where that makes it smaller.
 *
 * @param isForced - compresses even where it grows
 * @returns the request with `Content-Encoding` and the new length, or as it was
 */
export async function compressRequest(
  request: PreparedRequest,
  isForced: boolean,
): Promise<PreparedRequest> {
  const { body } = request;
  if (body.kind === "none") return request;
  const plain = body.kind === "bytes" ? body.bytes : await buffer(body.open());
  const deflated = deflateSync(plain);
  if (plain.length === 0 || (deflated.length >= plain.length && !isForced)) return request;
  const changed = ["content-encoding", "content-length"];
  const headers = request.headers.filter(([name]) => !changed.includes(name.toLowerCase()));
  headers.splice(-1, 0, ["Content-Length", String(deflated.length)]);
  headers.splice(-1, 0, ["Content-Encoding", "deflate"]);
  return { ...request, headers, body: { kind: "bytes", bytes: deflated } };
}
