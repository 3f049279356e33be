import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { courseFolders } from "../course/course.ts";
import { LESSON_FOLDER } from "../course/files.ts";
import { browserTest, closeBrowser, openBrowser } from "../testkit/browser.ts";
import { stepsOf } from "./repository.ts";

const root = resolve(import.meta.dirname, "../..");
const drawings = courseFolders(root)
  .flatMap((course) => stepsOf(root, course))
  .flatMap((step) =>
    readdirSync(join(root, step))
      .filter((name) => name === LESSON_FOLDER)
      .flatMap((folder) => readdirSync(join(root, step, folder)).map((it) => [step, folder, it])),
  )
  .map((path) => path.join("/"))
  .filter((path) => path.endsWith(".svg"));

/** A phone's width, in px. */
const PHONE = 360;
/** Smaller text is hard to read on a phone, in px. */
const SMALLEST = 12;
/** WCAG 2.2, 1.4.3, for text of this size. */
const CONTRAST = 4.5;

afterAll(closeBrowser);

const read = (path: string) => readFileSync(join(root, path), "utf8");
const styleOf = (path: string) => /<style>[\s\S]*<\/style>/.exec(read(path))?.[0];

test("all drawings are of one style", () => {
  expect(drawings.length).toBeGreaterThan(0);
  for (const path of drawings) expect(styleOf(path), path).toBe(styleOf(drawings[0] ?? ""));
});

test.for(drawings)("%s asks for nothing else, which no page would load for it", (path) => {
  expect(read(path).replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
    /https?:|<script|<image|<use|@import|url\(/,
  );
});

/** A text, or what may be the ground of one, in the order in which they are painted. */
interface Shape {
  /** Of a text; undefined for a rectangle or circle. */
  readonly text: string | undefined;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: string;
  /** Of a text, in px as shown. */
  readonly size: number;
}

/** Runs in the browser: the shapes of the drawing that the page shows. */
const SHAPES = `(() => {
  const svg = document.querySelector("svg");
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("rect, circle, text")].map((shape) => {
    const { x, y, width, height } = shape.getBBox();
    const isText = shape.tagName === "text";
    // The line of a text is higher than its letters.
    const inset = isText ? height * 0.18 : 0;
    const { fill, fontSize } = getComputedStyle(shape);
    return {
      text: isText ? shape.textContent : undefined,
      left: x, top: y + inset, right: x + width, bottom: y + height - inset,
      fill, size: Number.parseFloat(fontSize) * scale,
    };
  });
})()`;

const covers = (a: Shape, b: Shape) =>
  a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
const meet = (a: Shape, b: Shape) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The relative luminance of a colour such as `rgb(255, 255, 255)`, as WCAG defines it. */
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrastOf = (a: Shape, b: Shape): number => {
  const [dark = 0, light = 0] = [luminance(a.fill), luminance(b.fill)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

/** What is wrong with the texts of a drawing, one line for each. */
const faultsIn = (shapes: readonly Shape[]): string[] =>
  shapes.flatMap((text, at) => {
    if (text.text === undefined) return [];
    const ground = shapes.slice(0, at).findLast((it) => it.text === undefined && meet(it, text));
    const isInside = ground !== undefined && covers(ground, text);
    const over = shapes.slice(at + 1).filter((it) => it.text !== undefined && meet(it, text));
    return [
      ...(text.size < SMALLEST ? [`is ${text.size.toFixed(1)} px high`] : []),
      ...(isInside ? [] : ["sticks out of its box"]),
      ...(isInside && contrastOf(text, ground) < CONTRAST ? ["is hardly seen on its ground"] : []),
      ...over.map((other) => `lies under "${other.text}"`),
    ].map((what) => `"${text.text}" ${what}`);
  });

browserTest("drawings can be read on a phone, in light and dark", async () => {
  const browser = await openBrowser();
  const faults: string[] = [];
  const grounds = new Set<string>();
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({
      colorScheme,
      viewport: { width: PHONE, height: 640 },
    });
    for (const path of drawings) {
      await page.setContent(`<body style="margin:0">${read(path)}`);
      await page.addStyleTag({ content: "svg { width: 100%; height: auto }" });
      const shapes = await page.evaluate<Shape[]>(SHAPES);
      faults.push(...faultsIn(shapes).map((fault) => `${path}, ${colorScheme}: ${fault}`));
      grounds.add(shapes[0]?.fill ?? "none");
    }
    await page.close();
  }
  expect(faults).toEqual([]);
  // Its own ground, light and dark: a page may have another one than its reader's system.
  expect([...grounds]).toEqual(["rgb(255, 255, 255)", "rgb(13, 17, 23)"]);
});
