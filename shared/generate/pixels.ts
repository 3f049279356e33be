import { inflateSync } from "node:zlib";
import { chunksOf } from "./png.ts";

/** A picture, pixel by pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, a number for each pixel: red, green, blue and how opaque it is, 8 bits each. */
  readonly colours: Uint32Array;
}

/**
 * The pixels of a PNG as a browser writes it: 8 bits for each of three or four channels.
 * @throws if it is another kind of PNG, or none
 * @see https://www.w3.org/TR/png-3/#9Filters
 */
export function pixelsOf(png: Buffer): Pixels {
  const chunks = chunksOf(png);
  const header = chunks[0]?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, type, , , interlaced] = header.subarray(8);
  if (depth !== 8 || (type !== 2 && type !== 6) || interlaced !== 0)
    throw new Error("this PNG is of a kind that no browser writes");
  const channels = type === 6 ? 4 : 3;
  const packed = chunks.filter((chunk) => chunk.type === "IDAT").map(({ data }) => data);
  const bytes = unfiltered(inflateSync(Buffer.concat(packed)), width * channels, height, channels);
  const colours = Uint32Array.from({ length: width * height }, (_, index) =>
    channels === 4 ? bytes.readUInt32BE(4 * index) : bytes.readUIntBE(3 * index, 3) * 256 + 255,
  );
  return { width, height, colours };
}

/** The bytes of all rows, of which the file has the differences to a neighbour that each row names. */
function unfiltered(rows: Buffer, length: number, height: number, channels: number): Buffer {
  const bytes = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0);
      const above = bytes[at - length] ?? 0;
      const corner = x < channels ? 0 : (bytes[at - length - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0];
      bytes[at] = (rows[at + y + 1] ?? 0) + (guess ?? 0);
    }
  }
  return bytes;
}

/** The neighbour that is nearest to left + above − corner. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
