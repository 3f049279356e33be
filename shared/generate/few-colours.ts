import { deflateSync } from "node:zlib";
import { type Pixels, pixelsOf } from "./pixels.ts";
import { pngOf } from "./png.ts";

/** As many as one byte for a pixel can tell apart. */
const MOST = 256;

/** Colours that become one: each with its four channels, and how many pixels have it. */
type Box = { channels: number[]; count: number }[];

/**
 * The same picture with 256 colours at most, a byte for each pixel: a screenshot gets a third as heavy,
 * and looks as before.
 * @throws if these bytes are no PNG of a browser
 */
export function withFewColours(png: Buffer): Buffer {
  const { width, height, colours } = pixelsOf(png);
  const palette = boxesOf(colours).map(meanOf);
  const places = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, at) => {
    let place = places.get(colour);
    if (place === undefined) {
      place = nearest(palette, channelsOf(colour));
      places.set(colour, place);
    }
    // Before each row stands a 0: its bytes are what they are, no differences.
    rows[at + Math.floor(at / width) + 1] = place;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for a pixel, which are a place in the palette.
  header.set([8, 3], 8);
  return pngOf([
    ["IHDR", header],
    ["PLTE", Buffer.from(palette.flatMap((channels) => channels.slice(0, 3)))],
    ["tRNS", Buffer.from(palette.map((channels) => channels[3] ?? 255))],
    ["IDAT", deflateSync(rows, { level: 9, memLevel: 9 })],
    ["IEND", Buffer.alloc(0)],
  ]);
}

function channelsOf(colour: number): number[] {
  return [24, 16, 8, 0].map((bits) => (colour >>> bits) & 255);
}

/** The place of the colour in a palette that differs the least. */
function nearest(palette: readonly number[][], channels: readonly number[]): number {
  const distances = palette.map((other) =>
    sum(other.map((value, channel) => (value - (channels[channel] ?? 0)) ** 2)),
  );
  return distances.indexOf(Math.min(...distances));
}

/**
 * Median cut: all colours in one box, and again and again the box that is widest, for its pixels, is
 * cut into two with as many pixels each.
 */
function boxesOf(colours: Pixels["colours"]): Box[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const all = [...counts].map(([colour, count]) => ({
    channels: channelsOf(colour),
    count,
  }));
  const measured = (box: Box) => ({ box, ...widestOf(box) });
  const boxes = [measured(all)];
  while (boxes.length < MOST) {
    boxes.sort((one, two) => two.weight - one.weight);
    const [first] = boxes;
    if (first === undefined || first.weight === 0) break;
    boxes.splice(0, 1, ...cut(first.box, first.channel).map(measured));
  }
  return boxes.map(({ box }) => box);
}

/** In which channel a box is widest, and how much there is to gain by cutting it: 0 for one colour. */
function widestOf(box: Box): { channel: number; weight: number } {
  const pixels = sum(box.map(({ count }) => count));
  const widths = [0, 1, 2, 3].map((channel) => {
    const values = box.map(({ channels }) => channels[channel] ?? 0);
    // Not by Math.max(...): there are more colours than a call may have arguments.
    const [low, high] = values.reduce(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [255, 0],
    );
    return high - low;
  });
  const width = Math.max(...widths);
  return { channel: widths.indexOf(width), weight: width * Math.sqrt(pixels) };
}

function cut(box: Box, channel: number): [Box, Box] {
  const sorted = box.toSorted(
    (one, two) => (one.channels[channel] ?? 0) - (two.channels[channel] ?? 0),
  );
  let rest = sum(box.map(({ count }) => count)) / 2;
  const middle = sorted.findIndex(({ count }) => {
    rest -= count;
    return rest <= 0;
  });
  // Neither half is empty.
  const at = Math.min(middle + 1, sorted.length - 1);
  return [sorted.slice(0, at), sorted.slice(at)];
}

function meanOf(box: Box): number[] {
  const pixels = sum(box.map(({ count }) => count));
  return [0, 1, 2, 3].map((channel) =>
    Math.round(sum(box.map(({ channels, count }) => (channels[channel] ?? 0) * count)) / pixels),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, two) => one + two, 0);
}
