import { type Duplex, pipeline, Readable } from "node:stream";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

const noop = () => undefined;

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

// `deflate` means zlib's form, but some servers send the bare one: the first byte tells (RFC 1950).
const inflate = (first: number) => ((first & 15) === 8 ? createInflate() : createInflateRaw());

const decoders: Record<string, (firstByte: number) => Duplex> = {
  deflate: inflate,
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/** An empty body stays empty: a decoder would miss its end. */
async function* decode(source: Readable, decoder: (firstByte: number) => Duplex) {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = Readable.from(startingWith(first.value, chunks));
  yield* pipeline(whole, decoder(first.value[0] ?? 0), noop);
}

/**
 * Takes the codings off a body, the last one first (RFC 9110, section 8.4); an unknown one stays.
 *
 * @param header - `Content-Encoding`
 */
export function decoded(body: Readable, header: string | undefined): Readable {
  const codings = (header ?? "").split(",").map((each) => each.trim().toLowerCase());
  let result = body;
  for (const coding of codings.toReversed()) {
    const decoder = decoders[coding];
    if (decoder) result = Readable.from(decode(result, decoder));
  }
  return result;
}
