import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withFewColours } from "./few-colours.ts";
import { pixelsOf } from "./pixels.ts";
import { chunksOf, pngOf } from "./png.ts";

/** A PNG as a browser writes it, its rows by one of the five filters. */
function browserPng(rows: readonly (readonly number[])[], filter: number, channels = 4): Buffer {
  const header = Buffer.alloc(13);
  const bytes = rows.map((row) =>
    row.flatMap((colour) =>
      [24, 16, 8, 0].slice(0, channels).map((bits) => (colour >>> bits) & 255),
    ),
  );
  header.writeUInt32BE(rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, channels === 4 ? 6 : 2], 8);
  // As the specification defines the filters: what stands there is the difference to a guess.
  const lines = bytes.map((line, y) => [
    filter,
    ...line.map((value, x) => {
      const [a, b, c] = [line[x - channels], bytes[y - 1]?.[x], bytes[y - 1]?.[x - channels]].map(
        (each) => each ?? 0,
      ) as [number, number, number];
      const p = a + b - c;
      const near = [a, b, c].toSorted((one, two) => Math.abs(p - one) - Math.abs(p - two))[0] ?? 0;
      return (value - ([0, a, b, Math.floor((a + b) / 2), near][filter] ?? 0)) & 255;
    }),
  ]);
  return pngOf([
    ["IHDR", header],
    ["IDAT", deflateSync(Buffer.from(lines.flat()))],
    ["IEND", Buffer.alloc(0)],
  ]);
}

/** The pixels of a PNG with a palette, whose rows are not filtered. */
function shownBy(png: Buffer, width: number): number[] {
  const data = (type: string) => chunksOf(png).find((chunk) => chunk.type === type)?.data as Buffer;
  const rows = inflateSync(data("IDAT"));
  const places = [...rows].filter((_, index) => index % (width + 1) !== 0);
  return places.map(
    (place) => data("PLTE").readUIntBE(3 * place, 3) * 256 + (data("tRNS")[place] ?? 0),
  );
}

const colour = fc.integer({ min: 0, max: 0xffffffff });
const picture = fc.integer({ min: 1, max: 12 }).chain((width) =>
  fc.array(fc.array(colour, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 12,
  }),
);

test("what a browser writes is read, whatever filter it took", () => {
  fc.assert(
    fc.property(picture, fc.nat(4), fc.constantFrom(3, 4), (rows, filter, channels) => {
      const opaque = (it: number) => (channels === 4 ? it : (it | 255) >>> 0);
      expect([...pixelsOf(browserPng(rows, filter, channels)).colours]).toEqual(
        rows.flat().map(opaque),
      );
    }),
  );
});

test("few colours stay as they are", () => {
  fc.assert(
    fc.property(picture, (rows) => {
      const png = withFewColours(browserPng(rows, 4));
      expect(shownBy(png, rows[0]?.length ?? 0)).toEqual(rows.flat());
    }),
  );
});

test("of many colours, each becomes one that is close to it", () => {
  const rows = Array.from({ length: 64 }, (_, y) =>
    Array.from({ length: 64 }, (_, x) => (x * 4 * 2 ** 24 + y * 4 * 2 ** 16 + 255) >>> 0),
  );
  const shown = shownBy(withFewColours(browserPng(rows, 1)), 64);
  expect(new Set(shown).size).toBeLessThanOrEqual(256);
  const furthest = rows.flat().map((each, index) => {
    const other = shown[index] ?? 0;
    return Math.max(
      ...[24, 16, 8, 0].map((bits) => Math.abs(((each >>> bits) & 255) - ((other >>> bits) & 255))),
    );
  });
  expect(Math.max(...furthest)).toBeLessThan(20);
});

test.each([
  ["no PNG", Buffer.from("GIF89a"), "this is no PNG"],
  ["a PNG with a palette already", withFewColours(browserPng([[255]], 0)), "no browser writes"],
])("%s is refused", (_, png, message) => {
  expect(() => withFewColours(png)).toThrow(message);
});
