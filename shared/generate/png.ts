import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk around its data: 4 bytes of length, 4 of type, 4 of checksum. */
const FRAME = 12;

/**
 * Puts a text into a PNG picture, compressed, as an iTXt chunk after its header.
 * @param keyword what the text is: 1 to 79 Latin letters, digits and spaces
 * @throws if these bytes are no PNG
 * @see https://www.w3.org/TR/png-3/#11iTXt
 */
export function withText(png: Buffer, keyword: string, text: string): Buffer {
  const [header] = chunksOf(png);
  if (header === undefined) throw new Error("the PNG has no chunks");
  // keyword NUL, compressed (1) by method 0, no language NUL, no translated keyword NUL, text
  const head = Buffer.from(`${keyword}\0\x01\0\0\0`, "latin1");
  const chunk = framed("iTXt", Buffer.concat([head, deflateSync(text)]));
  return Buffer.concat([png.subarray(0, header.end), chunk, png.subarray(header.end)]);
}

/** A PNG of these chunks. */
export function pngOf(chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks.map(([type, data]) => framed(type, data))]);
}

function framed(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/**
 * The text that `withText` put into a PNG picture.
 * @returns undefined if it carries no such text, or is no whole PNG
 */
export function textIn(png: Buffer, keyword: string): string | undefined {
  const head = Buffer.from(`${keyword}\0\x01\0\0\0`, "latin1");
  try {
    const chunk = chunksOf(png).find(
      ({ type, data }) => type === "iTXt" && data.subarray(0, head.length).equals(head),
    );
    return chunk && inflateSync(chunk.data.subarray(head.length)).toString("utf8");
  } catch {
    return undefined;
  }
}

/** A part of a PNG. */
export interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

/**
 * The parts of a PNG, in their order.
 * @throws if these bytes are no whole PNG
 */
export function chunksOf(png: Buffer): Chunk[] {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error("this is no PNG");
  const chunks: Chunk[] = [];
  for (let start = SIGNATURE.length; start < png.length; ) {
    const end = start + FRAME + png.readUInt32BE(start);
    const body = png.subarray(start + 4, end - 4);
    if (end > png.length || crc32(body) !== png.readUInt32BE(end - 4))
      throw new Error("the PNG is damaged");
    chunks.push({ type: body.toString("latin1", 0, 4), data: body.subarray(4), end });
    start = end;
  }
  return chunks;
}
