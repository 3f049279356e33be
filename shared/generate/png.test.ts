import { crc32, inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PIXEL } from "./fixture.ts";
import { textIn, withText } from "./png.ts";

test("any text comes back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(textIn(withText(PIXEL, "Page", text), "Page")).toBe(text);
    }),
  );
});

test("the chunk is laid out as the PNG specification says, right after the header", () => {
  const png = withText(PIXEL, "Page", "é");
  const start = 8 + 25;
  const length = png.readUInt32BE(start);
  const body = png.subarray(start + 4, start + 8 + length);
  expect(body.subarray(0, 13).toString("latin1")).toBe("iTXtPage\0\x01\0\0\0");
  expect(inflateSync(body.subarray(13)).toString()).toBe("é");
  expect(png.readUInt32BE(start + 8 + length)).toBe(crc32(body));
  expect(Buffer.concat([png.subarray(0, start), png.subarray(start + 12 + length)])).toEqual(PIXEL);
});

test("another text is not taken for it", () => {
  const png = withText(PIXEL, "Comment", "hello");
  expect(textIn(png, "Page")).toBeUndefined();
  expect(textIn(withText(png, "Page", "here"), "Page")).toBe("here");
});

const good = withText(PIXEL, "Page", "text");
const flipped = Buffer.from(good);
flipped[48] = (flipped[48] ?? 0) ^ 1;

test.each([
  ["a PNG without a text", PIXEL],
  ["a damaged PNG", flipped],
  ["half a PNG", good.subarray(0, 60)],
  ["a few bytes too many", Buffer.concat([good, Buffer.from("abc")])],
  ["an empty file", Buffer.alloc(0)],
  ["something else", Buffer.from("GIF89a")],
])("%s carries no text", (_, png) => {
  expect(textIn(png, "Page")).toBeUndefined();
});

test("no text goes into what is no PNG", () => {
  expect(() => withText(Buffer.from("GIF89a"), "Page", "text")).toThrow("this is no PNG");
});
