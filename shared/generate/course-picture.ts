import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { type Course, EXAMPLE_FILE, readCourse, type Step } from "../course/course.ts";
import { fill } from "../running/fill.ts";
import { type App, startApp } from "../testkit/app.ts";
import { withFewColours } from "./few-colours.ts";
import { screenshot, withBrowser } from "./screenshot.ts";
import { silentWorld } from "./silent-world.ts";
import { type Window, windowsPage } from "./windows.ts";

/** The picture of a finished course: what its last step shows with the example data. */
export interface CoursePicture {
  /** The folder of the course, from the root. */
  readonly course: string;
  /** Where the picture stands, from the root. */
  readonly file: string;
  /** The files of this folder that draw this picture and no other. */
  readonly drawing: readonly string[];
  /** What is done in front of the camera. */
  readonly take: (scene: Scene) => Promise<Window[]>;
}

/** A running last step, and what a picture of it needs. */
export interface Scene {
  readonly app: App;
  readonly browser: Browser;
  /** Sends the example data of the course. */
  readonly fill: () => Promise<void>;
}

/** How wide a window is, in px of CSS: narrow, so that two of them can be read on a phone. */
const WIDTH = 320;

/** A page of a picture, as it looks on every machine. */
export const lookOf = (height: number): BrowserContextOptions => ({
  viewport: { width: WIDTH, height },
  deviceScaleFactor: 2,
  colorScheme: "light",
  locale: "en-GB",
  timezoneId: "UTC",
});

/** What of a step decides how its pages look. */
const SEEN = ["app.ts", "lib", "public", "views"];

/** The code that draws all of these pictures. */
const DRAWING = [
  "course-picture.ts",
  "few-colours.ts",
  "pixels.ts",
  "screenshot.ts",
  "windows.css",
  "windows.ts",
];

/**
 * What a picture is made from, as text: a line for each file, its digest and its name. A change of
 * one of them makes the picture stale; whether it looks different, only a browser knows.
 */
export function madeFrom(root: string, { course, drawing }: CoursePicture): string {
  const step = lastStep(readCourse({ root }, course));
  return [
    ...SEEN.flatMap((name) => filesIn(step.path, name)).map((name) => [
      name,
      join(step.path, name),
    ]),
    [EXAMPLE_FILE, join(root, course, EXAMPLE_FILE)],
    ...[...DRAWING, ...drawing]
      .sort()
      .map((name) => [`shared/generate/${name}`, join(import.meta.dirname, name)]),
  ]
    .filter(([, path = ""]) => existsSync(path))
    .map(([name, path = ""]) => `${digest(path)} ${name}\n`)
    .join("");
}

/**
 * Takes a picture.
 * @returns the PNG
 * @throws CourseError if no browser is installed
 */
export async function takeCoursePicture(root: string, picture: CoursePicture): Promise<Buffer> {
  const world = silentWorld(root);
  const course = readCourse(world, picture.course);
  const step = lastStep(course);
  return await withBrowser(async (browser) => {
    const app = await startApp(step.path, { course: join(root, course.folder), clock: true });
    try {
      const address = { host: "127.0.0.1", port: app.port };
      const windows = await picture.take({
        app,
        browser,
        fill: () => fill(world, course, step, address),
      });
      const css = readFileSync(join(import.meta.dirname, "windows.css"), "utf8");
      return withFewColours(await screenshot(browser, windowsPage(windows, WIDTH, css)));
    } finally {
      await app.stop();
    }
  });
}

function lastStep({ steps }: Course): Step {
  return steps.at(-1) as Step;
}

/** The files of a folder, or the file itself: names from `folder` on, in one order everywhere. */
function filesIn(folder: string, name: string): string[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesIn(folder, `${name}/${entry}`));
}

function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
